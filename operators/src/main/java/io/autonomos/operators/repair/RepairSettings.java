package io.autonomos.operators.repair;

import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.Thresholds;
import java.time.Duration;

/**
 * What a tenant allows repairs to do.
 *
 * @param thresholds from which confidence on a repair is applied unasked, or a person is asked
 * @param expiry how long a person may take
 * @param mostRecords on how many records a repair is proved
 */
public record RepairSettings(Thresholds thresholds, Duration expiry, int mostRecords) {

    /** Used unless a tenant says otherwise. */
    public static RepairSettings shipped() {
        return new RepairSettings(MatchModel.shipped().thresholds(), Duration.ofDays(7), 200);
    }
}
