package io.autonomos.operators.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RowIdTest {

    @Test
    void anIdIsReadable() {
        assertThat(RowId.of("email", "ada@example.com")).isEqualTo("email:ada@example.com");
        assertThat(RowId.of("record", "crm", "Account", "001")).isEqualTo("record:crm/Account/001");
    }

    @Test
    void whatCouldBeTakenForASeparatorIsEncoded() {
        assertThat(RowId.of("record", "a/b", "c%", "d#\n")).isEqualTo("record:a%2Fb/c%25/d%23%0A");
    }

    @Test
    void aLongIdIsShortenedButStaysItself() {
        String one = RowId.of("record", "crm", "Account", "x".repeat(500) + "1");
        String other = RowId.of("record", "crm", "Account", "x".repeat(500) + "2");

        assertThat(one).hasSizeLessThanOrEqualTo(256).startsWith("record:crm/Account/xxx");
        assertThat(one).isNotEqualTo(other);
        assertThat(one).isEqualTo(RowId.of("record", "crm", "Account", "x".repeat(500) + "1"));
    }

    @Property
    void differentPartsHaveDifferentIds(
            @ForAll("parts") List<String> one, @ForAll("parts") List<String> other) {
        String first = RowId.of("record", one.toArray(String[]::new));
        String second = RowId.of("record", other.toArray(String[]::new));

        assertThat(first.equals(second)).isEqualTo(one.equals(other));
        assertThat(first.chars().allMatch(c -> c >= ' ' && c != 0x7F)).isTrue();
    }

    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.strings()
                .withChars('/', '%', '#', 'a', '2', 'F', '\uD800', '\uDC00', '\u0000')
                .ofMaxLength(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }
}
