package io.autonomos.jobs;

import io.autonomos.operators.source.SourceOptions;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the job's configuration: a YAML file ({@code --config}), nested or with dotted keys, and
 * {@code -Dkey=value} over it. Keys that are not the job's own are Flink's.
 */
public final class JobConfig {

    private JobConfig() {}

    /**
     * The configuration of the program arguments.
     *
     * @throws IllegalArgumentException if an argument or a key of the job is unknown
     */
    public static Configuration fromArguments(String... arguments) {
        Configuration config = new Configuration();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--config") && i + 1 < arguments.length) {
                file(Path.of(arguments[++i])).forEach(config::setString);
            } else if (!argument.startsWith("-D") || argument.indexOf('=') < 0) {
                throw invalid(
                        "the argument %s is not known; write --config FILE or -Dkey=value"
                                .formatted(argument));
            }
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("-D") && equals > 0) {
                config.setString(argument.substring(2, equals), argument.substring(equals + 1));
            }
        }
        JobOptionsCatalog.check(config.keySet());
        JobOptionsCatalog.checkValues(config);
        return config;
    }

    /**
     * The program arguments that say these settings.
     *
     * @param config the configuration file, or null
     * @param defaults settings that win over the file
     * @param settings settings that win over both
     */
    public static List<String> arguments(
            Path config, Map<String, String> defaults, Map<String, String> settings) {
        List<String> arguments = new ArrayList<>();
        if (config != null) {
            arguments.add("--config");
            arguments.add(config.toString());
        }
        Map<String, String> all = new LinkedHashMap<>(defaults);
        all.putAll(settings);
        all.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
        return arguments;
    }

    /**
     * The settings of a stack for which a configuration file says nothing: all where there is no
     * file, none where the file names brokers, since it is of another cluster then.
     */
    public static Map<String, String> unsaid(Path config, Map<String, String> stack) {
        if (config == null) {
            return stack;
        }
        Set<String> said = file(config).keySet();
        if (said.contains(SourceOptions.BOOTSTRAP_SERVERS.key())) {
            return Map.of();
        }
        Map<String, String> unsaid = new LinkedHashMap<>(stack);
        unsaid.keySet().removeAll(said);
        return unsaid;
    }

    private static Map<String, String> file(Path file) {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
            Object root = new Load(settings).loadFromString(Files.readString(file));
            Map<String, String> flat = new TreeMap<>();
            if (root != null) {
                flatten("", root, flat);
            }
            return flat;
        } catch (IOException e) {
            throw invalid("the configuration file %s cannot be read".formatted(file));
        } catch (YamlEngineException e) {
            throw invalid("the configuration file is not YAML: " + e.getMessage());
        }
    }

    private static void flatten(String prefix, Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach(
                    (key, value) ->
                            flatten(prefix.isEmpty() ? "" + key : prefix + "." + key, value, into));
        } else if (node instanceof List<?> list) {
            into.put(prefix, list.stream().map(String::valueOf).collect(Collectors.joining(";")));
        } else if (prefix.isEmpty()) {
            throw invalid("the configuration file must hold keys and values");
        } else if (node != null) {
            into.put(prefix, node.toString());
        }
    }

    static IllegalArgumentException invalid(String what) {
        return new IllegalArgumentException(ErrorCode.CONFIG_INVALID.code() + ": " + what + ".");
    }
}
