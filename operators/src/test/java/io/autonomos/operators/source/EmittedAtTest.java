package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmittedAtTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1767323045678, 1767323045678",
        "2026-01-02T03:04:05Z, 1767323045000",
        "2026-01-02T03:04:05.6Z, 1767323045600",
        "2026-01-02T03:04:05.678901234Z, 1767323045678",
        "2026-01-02T04:34:05.678+01:30, 1767323045678",
        "2026-01-01T22:04:05.678-0500, 1767323045678",
        "2026-01-02 05:04:05.678+02, 1767323045678",
        "2024-02-29T00:00:00Z, 1709164800000",
        "1969-12-31T23:59:59Z, -1000"
    })
    void readsEpochMillisecondsAndIso8601(String text, long millis) {
        assertThat(parse(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "-5",
                "1e3",
                "1767323045.678",
                "1234567890123456",
                "2026-01-02",
                "2026-01-02T03:04:05",
                "2026-13-02T03:04:05Z",
                "2026-00-02T03:04:05Z",
                "2025-02-29T03:04:05Z",
                "2026-01-00T03:04:05Z",
                "2026-01-02T24:00:00Z",
                "2026-01-02T03:60:05Z",
                "2026-01-02T03:04:60Z",
                "2026-01-02T03:04:05.Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05+19:00",
                "2026-01-02T03:04:05+01:",
                "2026-01-02T03:04:05ZZ",
                "2026-01-02X03:04:05Z",
                "20a6-01-02T03:04:05Z",
                "yesterday"
            })
    void refusesEverythingElse(String text) {
        assertThat(parse(text)).isEqualTo(EmittedAt.INVALID);
    }

    @Property
    void agreesWithTheStandardLibrary(
            @ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMinutes * 60);
        OffsetDateTime time = Instant.ofEpochMilli(millis).atOffset(offset).withNano(7_000_000);
        if (time.getYear() > 0 && time.getYear() < 10_000 && time.getSecond() > 0) {
            assertThat(parse(time.toString())).isEqualTo(time.toInstant().toEpochMilli());
        }
    }

    @Property
    void neverThrows(@ForAll byte[] text) {
        EmittedAt.parse(text);
    }

    private static long parse(String text) {
        return EmittedAt.parse(text.getBytes(UTF_8));
    }
}
