package io.autonomos.operators.canonicalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleBudgetTest {

    private static final long NOW = 1_767_225_600_000L;

    private final SampleBudget budget = new SampleBudget(10);

    @Test
    void aKnownStreamGetsNoMoreThanASecondsWorthAtOnce() {
        assertThat(taken(NOW, false)).isEqualTo(10);
        assertThat(taken(NOW + 500, false)).isEqualTo(5);
        assertThat(taken(NOW + 60_000, false)).isEqualTo(10);
    }

    @Test
    void newStreamsGetWhatWasSaved() {
        assertThat(taken(NOW, true)).isEqualTo(10 + 600);
    }

    @Test
    void knownStreamsLeaveWhatWasSavedToNewOnes() {
        taken(NOW, true);
        assertThat(taken(NOW + 30_000, false)).isEqualTo(10);
        assertThat(taken(NOW + 30_000, true)).isEqualTo(290);
    }

    @Test
    void nothingIsTakenWhereNothingMayBe() {
        SampleBudget none = new SampleBudget(0);
        assertThat(none.take(NOW, true)).isFalse();
        assertThat(none.take(NOW + 1_000_000, true)).isFalse();
    }

    private int taken(long at, boolean mayUseSaved) {
        int taken = 0;
        while (budget.take(at, mayUseSaved)) {
            taken++;
        }
        return taken;
    }
}
