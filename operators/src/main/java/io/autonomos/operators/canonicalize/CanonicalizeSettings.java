package io.autonomos.operators.canonicalize;

import io.autonomos.operators.FlagOptions;
import io.autonomos.operators.OptionCheck;
import io.autonomos.schemas.messages.Controls;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ReadableConfig;

/** The settings of the translating stage, checked once when the job is built. */
public record CanonicalizeSettings(
        int maxRecordBytes,
        int maxEventBytes,
        int maxDepth,
        int maxFields,
        int maxPaths,
        Duration forgetAfter,
        HoldSettings hold,
        Controls controls)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public CanonicalizeSettings {
        OptionCheck.between(CanonicalizeOptions.MAX_DEPTH, maxDepth, 1, 1_000);
        OptionCheck.between(CanonicalizeOptions.MAX_FIELDS, maxFields, 1, 10_000_000);
        OptionCheck.between(CanonicalizeOptions.MAX_PATHS, maxPaths, 1, 1_000_000);
        OptionCheck.require(
                CanonicalizeOptions.FORGET_AFTER,
                forgetAfter,
                !forgetAfter.isZero() && !forgetAfter.isNegative(),
                "positive");
    }

    /**
     * Reads and checks the settings.
     *
     * @param maxRecordBytes the limit that the source keeps as well
     * @param maxEventBytes the longest event that the sinks take
     */
    public static CanonicalizeSettings from(
            ReadableConfig config, int maxRecordBytes, int maxEventBytes) {
        return new CanonicalizeSettings(
                maxRecordBytes,
                maxEventBytes,
                config.get(CanonicalizeOptions.MAX_DEPTH),
                config.get(CanonicalizeOptions.MAX_FIELDS),
                config.get(CanonicalizeOptions.MAX_PATHS),
                config.get(CanonicalizeOptions.FORGET_AFTER),
                HoldSettings.from(config),
                FlagOptions.controls(config));
    }
}
