package io.autonomos.jobs.cli.common;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long to wait: seconds, such as 10 or 0.5, or a number with its unit, such as 2min. */
public final class Patience implements ITypeConverter<Duration> {

    private static final int MILLIS = 1_000;

    @Override
    public Duration convert(String text) {
        if (text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
            return Duration.ofMillis(Math.round(Double.parseDouble(text) * MILLIS));
        }
        try {
            return TimeUtils.parseDuration(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "expected seconds, or a number with a unit such as 30s or 2min, but was "
                            + text);
        }
    }
}
