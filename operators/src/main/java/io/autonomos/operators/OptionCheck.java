package io.autonomos.operators;

import io.autonomos.schemas.ErrorCode;
import org.apache.flink.configuration.ConfigOption;

/** The checks of settings that all stages share; a failure names the key and what it must be. */
public final class OptionCheck {

    private OptionCheck() {}

    /**
     * Refuses a value.
     *
     * @param holds whether it is as it must be
     * @param expected what it must be, such as {@code at least 1 ms}
     * @throws IllegalArgumentException with the code of an invalid configuration
     */
    public static void require(
            ConfigOption<?> option, Object value, boolean holds, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s: %s must be %s, but was %s."
                            .formatted(
                                    ErrorCode.CONFIG_INVALID.code(),
                                    option.key(),
                                    expected,
                                    value));
        }
    }

    /** Refuses a number outside two bounds that both belong to it. */
    public static void between(ConfigOption<?> option, long value, long least, long most) {
        require(option, value, value >= least && value <= most, least + " to " + most);
    }
}
