package io.autonomos.jobs.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.model.FieldType;
import org.junit.jupiter.api.Test;

class CanonicalTest {

    @Test
    void aNumberHasOneTextWhateverItsZeros() {
        for (String same : new String[] {"12.5", "12.500000000000000000", "1.25E1"}) {
            assertThat(Canonical.value(FieldType.DECIMAL, same)).isEqualTo("12.5");
        }
        assertThat(Canonical.value(FieldType.DECIMAL, "0E-18")).isEqualTo("0");
        assertThat(Canonical.value(FieldType.DECIMAL, "1E+3")).isEqualTo("1000");
        assertThat(Canonical.value(FieldType.DECIMAL, "12.50000000000000001")).isNotEqualTo("12.5");
    }

    @Test
    void objectsHaveTheirNamesInOrderAndSetsTheirElements() {
        assertThat(Canonical.json("{\"b\": 1.50, \"a\": [\"x\", null]}"))
                .isEqualTo("{\"a\":[\"x\",null],\"b\":1.5}");
        assertThat(Canonical.set("[{\"b\":1,\"a\":2}, {\"a\":1}]"))
                .isEqualTo(Canonical.set("[ {\"a\":1}, {\"a\":2,\"b\":1} ]"));
        assertThat(Canonical.value(FieldType.TEXT_LIST, "[\"b\",\"a\"]"))
                .isNotEqualTo(Canonical.value(FieldType.TEXT_LIST, "[\"a\",\"b\"]"));
    }

    @Test
    void nullIsNoText() {
        assertThat(Canonical.value(FieldType.TEXT, null)).isNull();
        assertThat(Canonical.value(FieldType.TEXT, "null")).isEqualTo("null");
    }
}
