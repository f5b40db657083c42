package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeldFilesTest {

    private static final String ACME = "acme";
    private static final String GLOBEX = "globex";

    private final HeldFiles held = new HeldFiles(100, 60_000);

    @Test
    void thePauseDoublesUpToItsLimit() {
        assertThat(held.failed(ACME, 0)).isEqualTo(100);
        assertThat(held.failed(ACME, 100)).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            held.failed(ACME, 300);
        }

        assertThat(held.failed(ACME, 400)).isEqualTo(HeldFiles.MAX_DELAY);
        assertThat(held.failed(GLOBEX, 400)).as("another tenant").isEqualTo(100);
    }

    @Test
    void aPausingTenantIsNotTried() {
        held.failed(ACME, 0);
        assertThat(held.pausing()).containsExactly(ACME);

        held.resume(ACME);
        assertThat(held.pausing()).isEmpty();
    }

    @Test
    void patienceEndsAndSuccessRenewsIt() {
        held.failed(ACME, 0);
        assertThat(held.failed(ACME, 59_999)).isPositive();
        assertThat(held.failed(ACME, 60_000)).isNegative();

        held.succeeded(ACME);
        assertThat(held.isFirstFailure(ACME)).isTrue();
        assertThat(held.failed(ACME, 70_000)).isEqualTo(100);
    }
}
