package io.autonomos.mappings.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ValueKindTest {

    private static final List<String> VALUES =
            List.of(
                    "true",
                    "No",
                    "-17",
                    "+123456789012345678",
                    "3,14",
                    "1.5e-7",
                    "2026-01-02",
                    "31.12.2025",
                    "1/2/26",
                    "2026-01-02 7:15",
                    "2026-01-02T07:15:00Z",
                    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                    "ann@example.com",
                    "https://example.com",
                    "WWW.example.com",
                    "s3://bucket/key",
                    "[1]",
                    "{}",
                    "+49 (30) 123-456.7",
                    "0123456789abcdef",
                    "aGVsbG8gd29ybGQ9MQ",
                    "cus_9a1",
                    "i-0abc",
                    "CLOSED_WON",
                    "closed-won",
                    "Berlin",
                    "\u00c9cole",
                    "two words");

    @Property
    void theFirstKindThatFitsIsTakenWhateverIsOutAtAGlance(@ForAll("values") String value) {
        ValueKind first =
                Arrays.stream(ValueKind.values())
                        .filter(kind -> kind.fits(value))
                        .findFirst()
                        .orElse(ValueKind.TEXT);

        assertThat(ValueKind.of(value)).isEqualTo(first);
    }

    /** Values of every kind, whole, cut, and with something before or after them. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> more =
                Arbitraries.strings().withChars(" +-.@_:/[(\t\n9aZ\u00e9\u0665").ofMaxLength(3);
        return Combinators.combine(
                        more, Arbitraries.of(VALUES), Arbitraries.integers().between(0, 40), more)
                .as(
                        (before, value, length, after) ->
                                before
                                        + value.substring(0, Math.min(length, value.length()))
                                        + after);
    }
}
