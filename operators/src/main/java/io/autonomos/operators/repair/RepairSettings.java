package io.autonomos.operators.repair;

import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.operators.OptionCheck;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * What repairs may do.
 *
 * @param thresholds from which confidence on a repair is applied unasked, or a person is asked
 * @param expiry how long a person may take
 * @param mostRecords on how many records a repair is proved
 * @param threads how many repairs are worked out at a time
 * @param timeout how long one may take
 */
public record RepairSettings(
        Thresholds thresholds, Duration expiry, int mostRecords, int threads, Duration timeout)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public RepairSettings {
        OptionCheck.require(RepairOptions.EXPIRY, expiry, expiry.toSeconds() > 0, "at least 1 s");
        OptionCheck.require(RepairOptions.MOST_RECORDS, mostRecords, mostRecords > 0, "positive");
        OptionCheck.require(
                RepairOptions.THREADS, threads, threads > 0 && threads <= 64, "1 to 64");
        OptionCheck.require(RepairOptions.TIMEOUT, timeout, timeout.toMillis() > 0, "positive");
    }

    /** Used where nobody says otherwise. */
    public static RepairSettings shipped() {
        return new RepairSettings(
                MatchModel.shipped().thresholds(),
                RepairOptions.EXPIRY.defaultValue(),
                RepairOptions.MOST_RECORDS.defaultValue(),
                RepairOptions.THREADS.defaultValue(),
                RepairOptions.TIMEOUT.defaultValue());
    }

    /** Reads and checks the settings. */
    public static RepairSettings from(ReadableConfig config) {
        double apply = config.get(RepairOptions.APPLY_THRESHOLD);
        double review = config.get(RepairOptions.REVIEW_THRESHOLD);
        OptionCheck.require(
                RepairOptions.APPLY_THRESHOLD, apply, apply >= 0 && apply <= 1, "0 to 1");
        OptionCheck.require(
                RepairOptions.REVIEW_THRESHOLD,
                review,
                review >= 0 && review <= apply,
                "0 to " + RepairOptions.APPLY_THRESHOLD.key());
        return new RepairSettings(
                new Thresholds(apply, review),
                config.get(RepairOptions.EXPIRY),
                config.get(RepairOptions.MOST_RECORDS),
                config.get(RepairOptions.THREADS),
                config.get(RepairOptions.TIMEOUT));
    }
}
