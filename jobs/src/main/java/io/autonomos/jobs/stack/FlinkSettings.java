package io.autonomos.jobs.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The stack's Flink settings: {@code deploy/flink/config.yaml} with addresses and paths filled in.
 */
final class FlinkSettings {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z.]+)}");

    private static final List<String> PORTABLE =
            List.of(
                    "pipeline.",
                    "execution.checkpointing.interval",
                    "execution.checkpointing.min-pause",
                    "execution.checkpointing.timeout",
                    "execution.checkpointing.externalized");

    private FlinkSettings() {}

    /** Writes the configuration directory below the work directory and reads it. */
    static Configuration write(WorkDir workDir, StackPorts ports, int slots) {
        Path directory = directory(workDir);
        Map<String, String> values =
                Map.of(
                        "jobmanager.port", Integer.toString(ports.jobManager()),
                        "dashboard.port", Integer.toString(ports.dashboard()),
                        "slots", Integer.toString(slots),
                        "checkpoints", quoted(fileUri(checkpoints(workDir))),
                        "savepoints", quoted(fileUri(workDir.directory("flink", "savepoints"))),
                        "tmp", quoted(workDir.directory("flink", "tmp").toString()),
                        "uploads", quoted(workDir.directory("flink", "uploads").toString()));
        try {
            Files.writeString(directory.resolve("config.yaml"), fill(read("config.yaml"), values));
            Files.writeString(directory.resolve("log4j2.xml"), read("log4j2.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write Flink's settings to " + directory, e);
        }
        return GlobalConfiguration.loadConfiguration(directory.toString());
    }

    /** Those settings that the job relies on and that fit every cluster. */
    static Configuration portable() {
        Configuration settings = new Configuration();
        try {
            read("config.yaml")
                    .lines()
                    .filter(line -> PORTABLE.stream().anyMatch(line::startsWith))
                    .map(line -> line.split(": ", 2))
                    .forEach(pair -> settings.setString(pair[0], pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read Flink's settings.", e);
        }
        return settings;
    }

    /** Where the checkpoints of all jobs lie. */
    static Path checkpoints(WorkDir workDir) {
        return workDir.directory("flink", "checkpoints");
    }

    /** What the processes take as {@code --configDir}. */
    static Path directory(WorkDir workDir) {
        return workDir.directory("flink", "conf");
    }

    /** Flink wants spaces as they are, where {@code toUri} writes them as %20. */
    static String fileUri(Path path) {
        return "file://" + path;
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(
                        match ->
                                Matcher.quoteReplacement(
                                        Objects.requireNonNull(
                                                values.getOrDefault(
                                                        match.group(1), match.group()))));
    }

    private static String read(String name) throws IOException {
        try (InputStream in = FlinkSettings.class.getResourceAsStream("flink/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
