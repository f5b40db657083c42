package io.autonomos.operators.canonicalize;

import static io.autonomos.operators.canonicalize.SampleBudget.Need.LEARNING;
import static io.autonomos.operators.canonicalize.SampleBudget.Need.NOTICE;
import static io.autonomos.operators.canonicalize.SampleBudget.Need.ROUTINE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleBudgetTest {

    private static final long NOW = 1_767_225_600_000L;
    private static final int SAVED = 1_800;
    private static final int KEPT = 1_200;

    private final SampleBudget budget = new SampleBudget(10);

    @Test
    void aKnownStreamGetsNoMoreThanASecondsWorthAtOnce() {
        assertThat(taken(NOW, ROUTINE)).isEqualTo(10);
        assertThat(taken(NOW + 500, ROUTINE)).isEqualTo(5);
        assertThat(taken(NOW + 60_000, ROUTINE)).isEqualTo(10);
    }

    @Test
    void newStreamsGetWhatWasSavedButNotWhatIsKept() {
        assertThat(taken(NOW, LEARNING)).isEqualTo(10 + SAVED - KEPT);
        assertThat(taken(NOW, NOTICE)).isEqualTo(KEPT);
    }

    @Test
    void whatAChangeNeedsToBeSeenGetsAll() {
        assertThat(taken(NOW, NOTICE)).isEqualTo(10 + SAVED);
    }

    @Test
    void knownStreamsLeaveAThirdOfEachSecond() {
        taken(NOW, NOTICE);
        for (int second = 1; second <= 30; second++) {
            assertThat(taken(NOW + 1_000L * second, ROUTINE)).isBetween(6, 7);
        }
        assertThat(taken(NOW + 30_000, LEARNING)).isZero();
        assertThat(taken(NOW + 30_000, NOTICE)).isBetween(99, 101);
    }

    @Test
    void nothingIsTakenWhereNothingMayBe() {
        SampleBudget none = new SampleBudget(0);
        assertThat(none.take(NOW, NOTICE)).isFalse();
        assertThat(none.take(NOW + 1_000_000, NOTICE)).isFalse();
    }

    private int taken(long at, SampleBudget.Need need) {
        int taken = 0;
        while (budget.take(at, need)) {
            taken++;
        }
        return taken;
    }
}
