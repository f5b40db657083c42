package io.autonomos.operators.canonicalize;

import io.autonomos.operators.OptionCheck;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/** How records are held back whose mapping is broken; checked once when the job is built. */
public record HoldSettings(
        DriftPolicy policy,
        int confirmRecords,
        Duration debounce,
        int samplesPerSecond,
        long maxRecords,
        long maxBytes,
        Duration maxAge)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public HoldSettings {
        OptionCheck.require(
                HoldOptions.CONFIRM_RECORDS, confirmRecords, confirmRecords >= 1, "at least 1");
        OptionCheck.require(
                HoldOptions.DEBOUNCE, debounce, debounce.toMillis() >= 1, "at least 1 ms");
        OptionCheck.require(
                HoldOptions.SAMPLES_PER_SECOND,
                samplesPerSecond,
                samplesPerSecond >= 0,
                "0 or more");
        OptionCheck.require(HoldOptions.MAX_RECORDS, maxRecords, maxRecords >= 0, "0 or more");
        OptionCheck.require(HoldOptions.MAX_BYTES, maxBytes, maxBytes >= 0, "0 or more");
        OptionCheck.require(HoldOptions.MAX_AGE, maxAge, maxAge.toMillis() >= 1, "at least 1 ms");
    }

    /** Reads and checks the settings. */
    public static HoldSettings from(ReadableConfig config) {
        return new HoldSettings(
                config.get(HoldOptions.POLICY),
                config.get(HoldOptions.CONFIRM_RECORDS),
                config.get(HoldOptions.DEBOUNCE),
                config.get(HoldOptions.SAMPLES_PER_SECOND),
                config.get(HoldOptions.MAX_RECORDS),
                config.get(HoldOptions.MAX_BYTES).getBytes(),
                config.get(HoldOptions.MAX_AGE));
    }
}
