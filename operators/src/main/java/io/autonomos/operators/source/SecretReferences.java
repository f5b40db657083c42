package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.config.Secret;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/**
 * Lets Kafka's clients read {@code ${env:NAME}} and {@code ${file:/path}} where they run, so that a
 * job carries references only.
 */
public final class SecretReferences implements ConfigProvider {

    private static final String PROVIDERS = "config.providers";
    private static final String KIND = "kind";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):[^}]+}");
    private static final Pattern SENSITIVE =
            Pattern.compile("password|secret|jaas|token$|keystore\\.key$");

    private String kind;

    /**
     * The properties with what clients need to resolve references; refuses literal secrets.
     *
     * @param setting the key that holds them, for messages
     */
    static Map<String, String> resolvable(String setting, Map<String, String> properties) {
        Map<String, String> resolvable = new TreeMap<>(properties);
        boolean refers = false;
        for (Map.Entry<String, String> each : properties.entrySet()) {
            boolean reference = REFERENCE.matcher(each.getValue()).find();
            String key = each.getKey().toLowerCase(Locale.ROOT);
            if (!reference && SENSITIVE.matcher(key).find() && !key.startsWith(PROVIDERS)) {
                throw new IllegalArgumentException(
                        "%s: %s.%s must be a reference, ${env:NAME} or ${file:/path}, not the secret itself."
                                .formatted(
                                        ErrorCode.CONFIG_INVALID.code(), setting, each.getKey()));
            }
            refers |= reference;
        }
        if (refers && !properties.containsKey(PROVIDERS)) {
            resolvable.put(PROVIDERS, "env,file");
            for (String each : new String[] {"env", "file"}) {
                String provider = PROVIDERS + "." + each;
                resolvable.put(provider + ".class", SecretReferences.class.getName());
                resolvable.put(provider + ".param." + KIND, each);
            }
        }
        return resolvable;
    }

    @Override
    public void configure(Map<String, ?> settings) {
        kind = String.valueOf(settings.get(KIND));
    }

    @Override
    public ConfigData get(String path) {
        return new ConfigData(Map.of());
    }

    @Override
    public ConfigData get(String path, Set<String> names) {
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            String reference = "${" + kind + ":" + name + "}";
            values.put(name, Secret.of(SourceOptions.KAFKA_PROPERTIES.key(), reference).reveal());
        }
        return new ConfigData(values);
    }

    @Override
    public void close() {}
}
