package io.autonomos.jobs;

import io.autonomos.mappings.language.Suggestion;
import io.autonomos.operators.FlagOptions;
import io.autonomos.operators.canonicalize.CanonicalizeOptions;
import io.autonomos.operators.canonicalize.HoldOptions;
import io.autonomos.operators.drift.DriftOptions;
import io.autonomos.operators.materialize.MaterializeOptions;
import io.autonomos.operators.repair.RepairOptions;
import io.autonomos.operators.repair.llm.LlmOptions;
import io.autonomos.operators.review.ReviewOptions;
import io.autonomos.operators.sink.duckdb.DuckDbOptions;
import io.autonomos.operators.sink.kafka.KafkaSinkOptions;
import io.autonomos.operators.sink.postgres.PostgresOptions;
import io.autonomos.operators.sink.webhook.WebhookOptions;
import io.autonomos.operators.source.FeedOptions;
import io.autonomos.operators.source.SourceOptions;
import io.autonomos.schemas.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Every setting of the job, found in the {@code *Options} classes. */
public final class JobOptionsCatalog {

    /** How Flink says which words a setting takes. */
    private static final Pattern WORDS = Pattern.compile("Expected one of: \\[*([^\\]]+)\\]");

    private static final List<Class<?>> CLASSES =
            List.of(
                    JobOptions.class,
                    SourceOptions.class,
                    CanonicalizeOptions.class,
                    DriftOptions.class,
                    RepairOptions.class,
                    LlmOptions.class,
                    ReviewOptions.class,
                    WebhookOptions.class,
                    HoldOptions.class,
                    FlagOptions.class,
                    MaterializeOptions.class,
                    KafkaSinkOptions.class,
                    PostgresOptions.class,
                    DuckDbOptions.class);

    private static final Pattern FEED = Pattern.compile("^feeds\\.[^.]+");
    private static final Pattern FEED_PROPERTY = Pattern.compile("feeds\\.[^.]+\\.properties\\..+");

    private JobOptionsCatalog() {}

    /** The options by key; those of a feed by the key with {@code <name>} for its name. */
    public static Map<String, ConfigOption<?>> options() {
        Map<String, ConfigOption<?>> options = new TreeMap<>();
        for (Class<?> each : CLASSES) {
            declaredIn(each).forEach(option -> options.put(option.key(), option));
        }
        String feed = FeedOptions.PREFIX + FeedOptions.NAME + ".";
        declaredIn(FeedOptions.class).forEach(option -> options.put(feed + option.key(), option));
        return options;
    }

    private static List<ConfigOption<?>> declaredIn(Class<?> type) {
        List<ConfigOption<?>> options = new ArrayList<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && ConfigOption.class.isAssignableFrom(field.getType())) {
                try {
                    options.add((ConfigOption<?>) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return options;
    }

    /** The configuration without the job's own settings. */
    static Configuration others(Configuration config) {
        Configuration others = config.clone();
        options().forEach((key, option) -> others.removeConfig(option));
        others.keySet().stream()
                .filter(key -> key.startsWith(FeedOptions.PREFIX))
                .toList()
                .forEach(others::removeKey);
        return others;
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
            boolean property =
                    key.startsWith(SourceOptions.KAFKA_PROPERTIES.key() + ".")
                            || FEED_PROPERTY.matcher(key).matches();
            String declared = FEED.matcher(key).replaceFirst(FeedOptions.PREFIX + FeedOptions.NAME);
            if (ours && !property && !known.contains(declared)) {
                throw new IllegalArgumentException(
                        "%s: %s is no setting. %s"
                                .formatted(
                                        ErrorCode.CONFIG_INVALID.code(),
                                        key,
                                        Suggestion.of(declared, known)));
            }
        }
    }

    /**
     * Refuses values that are not of their setting's type.
     *
     * @throws IllegalArgumentException that names the key, the value and what is expected
     */
    static void checkValues(Configuration config) {
        for (ConfigOption<?> option : options().values()) {
            try {
                config.getOptional(option);
            } catch (IllegalArgumentException e) {
                Throwable root = e;
                while (root.getCause() != null) {
                    root = root.getCause();
                }
                String why = String.valueOf(root.getMessage());
                Matcher words = WORDS.matcher(why);
                throw JobConfig.invalid(
                        words.find()
                                ? "%s must be of %s, but was %s"
                                        .formatted(
                                                option.key(),
                                                words.group(1).toLowerCase(Locale.ROOT),
                                                config.toMap().get(option.key()))
                                : "%s cannot be read. %s"
                                        .formatted(option.key(), why.replaceAll("\\.$", "")));
            }
        }
    }

    private static String group(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot + 1);
    }
}
