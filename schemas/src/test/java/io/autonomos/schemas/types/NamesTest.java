package io.autonomos.schemas.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void equalNamesBecomeOneObject() {
        Names names = new Names();
        String first = names.same("Opportunity");

        assertThat(names.same(String.valueOf("Opportunity".toCharArray()))).isSameAs(first);
        assertThat(names.same(null)).isNull();
    }

    @Test
    void namesWithoutEndTakeNoMemoryWithoutEnd() {
        Names names = new Names();
        for (int i = 0; i < 10 * Names.MAX; i++) {
            assertThat(names.same("name-" + i)).isEqualTo("name-" + i);
        }
        assertThat(names.size()).isLessThanOrEqualTo(Names.MAX);

        int before = names.size();
        names.same("x".repeat(Names.MAX_LENGTH + 1));
        assertThat(names.size()).isEqualTo(before);
    }
}
