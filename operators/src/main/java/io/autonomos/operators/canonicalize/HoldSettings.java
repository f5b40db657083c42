package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.ErrorCode;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
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
        require(HoldOptions.CONFIRM_RECORDS, confirmRecords >= 1, "at least 1", confirmRecords);
        require(HoldOptions.DEBOUNCE, debounce.toMillis() >= 1, "at least 1 ms", debounce);
        require(
                HoldOptions.SAMPLES_PER_SECOND,
                samplesPerSecond >= 0,
                "0 or more",
                samplesPerSecond);
        require(HoldOptions.MAX_RECORDS, maxRecords >= 0, "0 or more", maxRecords);
        require(HoldOptions.MAX_BYTES, maxBytes >= 0, "0 or more", maxBytes);
        require(HoldOptions.MAX_AGE, maxAge.toMillis() >= 1, "at least 1 ms", maxAge);
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

    private static void require(ConfigOption<?> option, boolean met, String what, Object value) {
        if (!met) {
            throw new IllegalArgumentException(
                    "%s: %s must be %s, but was %s."
                            .formatted(ErrorCode.CONFIG_INVALID.code(), option.key(), what, value));
        }
    }
}
