package io.autonomos.operators.drift;

import io.autonomos.operators.OptionCheck;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the detecting stage, checked once when the job is built.
 *
 * @param collectTime how long records that drifted are collected before they are looked at
 * @param collectRecords so many of them end that time
 * @param window samples that are compared with the baseline at a time
 * @param mostRecords records that drifted which are kept for a stream
 * @param mostBytes how large they may be together
 */
public record DetectSettings(
        Duration collectTime, int collectRecords, int window, int mostRecords, long mostBytes)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public DetectSettings {
        long millis = collectTime.toMillis();
        OptionCheck.require(
                DriftOptions.COLLECT_TIME,
                collectTime,
                millis > 0 && millis <= 60_000,
                "1 ms to 1 min");
        OptionCheck.between(DriftOptions.COLLECT_RECORDS, collectRecords, 1, 10_000);
        OptionCheck.between(DriftOptions.WINDOW, window, 5, 1_000);
        OptionCheck.between(DriftOptions.MOST_RECORDS, mostRecords, 10, 10_000);
        OptionCheck.between(DriftOptions.MOST_BYTES, mostBytes, 1 << 16, 1 << 28);
    }

    /** Reads and checks the settings. */
    public static DetectSettings from(ReadableConfig config) {
        return new DetectSettings(
                config.get(DriftOptions.COLLECT_TIME),
                config.get(DriftOptions.COLLECT_RECORDS),
                config.get(DriftOptions.WINDOW),
                config.get(DriftOptions.MOST_RECORDS),
                config.get(DriftOptions.MOST_BYTES).getBytes());
    }
}
