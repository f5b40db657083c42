package io.autonomos.operators;

import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Declares the keys under {@code flags.*}: one of each {@link Flag}. A flag that is set here holds
 * for all tenants, whatever the control topic says.
 */
public final class FlagOptions {

    public static final ConfigOption<Boolean> DRIFT_DETECTION = option(Flag.DRIFT_DETECTION);
    public static final ConfigOption<Boolean> AUTO_REPAIR = option(Flag.AUTO_REPAIR);
    public static final ConfigOption<Boolean> HUMAN_REVIEW = option(Flag.HUMAN_REVIEW);
    public static final ConfigOption<Boolean> LLM = option(Flag.LLM);
    public static final ConfigOption<Boolean> AAM_AS_SOURCE = option(Flag.AAM_AS_SOURCE);
    public static final ConfigOption<Boolean> SAFE_MODE = option(Flag.SAFE_MODE);

    private static final Map<Flag, ConfigOption<Boolean>> ALL =
            Map.of(
                    Flag.DRIFT_DETECTION, DRIFT_DETECTION,
                    Flag.AUTO_REPAIR, AUTO_REPAIR,
                    Flag.HUMAN_REVIEW, HUMAN_REVIEW,
                    Flag.LLM, LLM,
                    Flag.AAM_AS_SOURCE, AAM_AS_SOURCE,
                    Flag.SAFE_MODE, SAFE_MODE);

    private FlagOptions() {}

    /** What the configuration fixes. */
    public static Controls controls(ReadableConfig config) {
        Map<Flag, Boolean> fixed = new EnumMap<>(Flag.class);
        for (Flag flag : List.of(Flag.values())) {
            config.getOptional(ALL.get(flag)).ifPresent(value -> fixed.put(flag, value));
        }
        return new Controls(fixed);
    }

    private static ConfigOption<Boolean> option(Flag flag) {
        return ConfigOptions.key("flags." + flag.key())
                .booleanType()
                .noDefaultValue()
                .withDescription(
                        "%s Not set: the control topic decides, else %s."
                                .formatted(flag.description(), flag.byDefault() ? "on" : "off"));
    }
}
