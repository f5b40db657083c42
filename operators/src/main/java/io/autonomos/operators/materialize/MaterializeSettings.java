package io.autonomos.operators.materialize;

import io.autonomos.operators.OptionCheck;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The settings of the stage that makes views, checked once when the job is built.
 *
 * @param controls settings of tenants that hold before the control topic says anything
 * @param merges what people decided before the topic of merges says anything
 */
public record MaterializeSettings(
        boolean enabled,
        Duration rememberDeleted,
        Duration flushInterval,
        int openRecords,
        RowLimits limits,
        Duration forgetAfter,
        List<ControlMessage> controls,
        List<MergeDecision> merges)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public MaterializeSettings {
        requirePositive(MaterializeOptions.REMEMBER_DELETED, rememberDeleted);
        requirePositive(MaterializeOptions.FLUSH_INTERVAL, flushInterval);
        requirePositive(MaterializeOptions.FORGET_AFTER, forgetAfter);
        OptionCheck.between(MaterializeOptions.OPEN_RECORDS, openRecords, 1, 10_000_000);
        OptionCheck.between(MaterializeOptions.MAX_LINKS, limits.maxLinks(), 1, 10_000);
        controls = new ArrayList<>(controls);
        merges = new ArrayList<>(merges);
    }

    /** The settings of a job that learns its tenants' rules while it runs. */
    public MaterializeSettings(
            boolean enabled,
            Duration rememberDeleted,
            Duration flushInterval,
            int openRecords,
            RowLimits limits,
            Duration forgetAfter) {
        this(
                enabled,
                rememberDeleted,
                flushInterval,
                openRecords,
                limits,
                forgetAfter,
                List.of(),
                List.of());
    }

    /** The same where these settings and decisions hold from the start. */
    public MaterializeSettings with(
            Collection<ControlMessage> inForce, Collection<MergeDecision> decided) {
        return new MaterializeSettings(
                enabled,
                rememberDeleted,
                flushInterval,
                openRecords,
                limits,
                forgetAfter,
                List.copyOf(inForce),
                List.copyOf(decided));
    }

    /**
     * How large a unified row may become.
     *
     * @param maxLinks most source records that it lists
     * @param maxBytes the longest row that the sinks take
     */
    public record RowLimits(int maxLinks, int maxBytes) implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads and checks the settings.
     *
     * @param maxRowBytes the longest row that the sinks take
     */
    public static MaterializeSettings from(ReadableConfig config, int maxRowBytes) {
        return new MaterializeSettings(
                config.get(MaterializeOptions.ENABLED),
                config.get(MaterializeOptions.REMEMBER_DELETED),
                config.get(MaterializeOptions.FLUSH_INTERVAL),
                config.get(MaterializeOptions.OPEN_RECORDS),
                new RowLimits(config.get(MaterializeOptions.MAX_LINKS), maxRowBytes),
                config.get(MaterializeOptions.FORGET_AFTER));
    }

    private static void requirePositive(ConfigOption<Duration> option, Duration value) {
        OptionCheck.require(option, value, value.toMillis() >= 1, "at least 1 ms");
    }
}
