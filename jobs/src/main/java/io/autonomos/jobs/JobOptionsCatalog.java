package io.autonomos.jobs;

import io.autonomos.mappings.language.Suggestion;
import io.autonomos.operators.canonicalize.CanonicalizeOptions;
import io.autonomos.operators.sink.duckdb.DuckDbOptions;
import io.autonomos.operators.sink.kafka.KafkaSinkOptions;
import io.autonomos.operators.sink.postgres.PostgresOptions;
import io.autonomos.operators.source.SourceOptions;
import io.autonomos.schemas.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;

/** Every setting of the job, found in the {@code *Options} classes. */
public final class JobOptionsCatalog {

    private static final List<Class<?>> CLASSES =
            List.of(
                    JobOptions.class,
                    SourceOptions.class,
                    CanonicalizeOptions.class,
                    KafkaSinkOptions.class,
                    PostgresOptions.class,
                    DuckDbOptions.class);

    private JobOptionsCatalog() {}

    /** The options by key. */
    public static Map<String, ConfigOption<?>> options() {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> each : CLASSES) {
            for (Field field : each.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && ConfigOption.class.isAssignableFrom(field.getType())) {
                    try {
                        ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                        options.put(option.key(), option);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }
        return options;
    }

    /**
     * Refuses keys that look like the job's own but are not; all others are Flink's.
     *
     * @throws IllegalArgumentException that names the key and the nearest one
     */
    static void check(Collection<String> keys) {
        Set<String> known = options().keySet();
        Set<String> groups = new TreeSet<>();
        known.forEach(key -> groups.add(group(key)));
        for (String key : keys) {
            boolean ours = groups.contains(group(key)) || key.indexOf('.') < 0;
            boolean property = key.startsWith(SourceOptions.KAFKA_PROPERTIES.key() + ".");
            if (ours && !property && !known.contains(key)) {
                throw new IllegalArgumentException(
                        "%s: %s is no setting. %s"
                                .formatted(
                                        ErrorCode.CONFIG_INVALID.code(),
                                        key,
                                        Suggestion.of(key, known)));
            }
        }
    }

    private static String group(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot + 1);
    }
}
