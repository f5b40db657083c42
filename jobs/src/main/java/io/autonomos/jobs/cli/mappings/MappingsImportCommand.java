package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.registry.ImportedMapping;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes the mappings of a registry that is a CSV file. */
@Command(
        name = "import",
        description = {
            "Publish the mappings of a registry in CSV: one row per correspondence, with the columns"
                    + " tenant, connection, source, stream, canonical field, source field, cast,"
                    + " confidence and, if it is known, entity.",
            "Only streams whose mapping changed get a new version. Where one ships for the stream,"
                    + " the rows override it field by field."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all are published or unchanged", "1:failed", "2:some have problems"})
final class MappingsImportCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Parameters(paramLabel = "FILE", description = "The registry, a .csv file.")
    private Path file;

    @Option(
            names = "--min-confidence",
            defaultValue = "0",
            description = "Leave out rows below it (default: ${DEFAULT-VALUE}).")
    private double minConfidence;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who publishes it (default: the system's user).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--dry-run", description = "Publish nothing; only say what would be.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print one JSON object per stream.")
    private boolean json;

    @Override
    public Integer call() {
        if (minConfidence < 0 || minConfidence > 1) {
            throw new CommandException("--min-confidence is a number from 0 to 1.");
        }
        RegistryFile read = RegistryFile.read(file, minConfidence);
        if (!read.ignored().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("note: not used: columns " + String.join(", ", read.ignored()));
        }
        if (!read.problems().isEmpty()) {
            print(read.problems(), spec.commandLine().getErr());
            throw new CommandException(
                    "%d problem%s, nothing is published."
                            .formatted(
                                    read.problems().size(),
                                    read.problems().size() == 1 ? "" : "s"));
        }
        Registry registry = null;
        int wrong = 0;
        for (RegistryFile.Stream each : read.streams().values()) {
            if (!each.problems().isEmpty()) {
                wrong++;
                refused(each);
            } else if (!each.mapping().isEmpty()) {
                registry = registry == null ? new Registry(brokers) : registry;
                publish(registry, each.mapping());
            }
        }
        spec.commandLine().getOut().flush();
        return wrong == 0 ? 0 : 2;
    }

    private void print(List<Problem> problems, PrintWriter out) {
        byte[] content = MappingFiles.bytes(file);
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        problems.stream().limit(MOST_SHOWN).forEach(p -> MappingFiles.print(out, p, lines));
        if (problems.size() > MOST_SHOWN) {
            out.println("... and %d more".formatted(problems.size() - MOST_SHOWN));
        }
        out.flush();
    }

    private void refused(RegistryFile.Stream stream) {
        String path = stream.mapping().key().path();
        if (json) {
            say(path, "refused", 0, stream.problems().stream().map(Problem::toString).toList());
        } else {
            say(path, "refused", 0, List.of());
            print(stream.problems(), spec.commandLine().getOut());
        }
    }

    private void publish(Registry registry, ImportedMapping mapping) {
        String content = mapping.text();
        String path = mapping.key().path();
        RegistryMessage latest = registry.book().latest(mapping.key());
        if (latest != null && latest.version().content().equals(content)) {
            say(path, "unchanged", latest.versionNumber(), List.of());
            return;
        }
        int number =
                Registry.numberAfter(
                        registry.book(),
                        mapping.key(),
                        Registry.shipped(mapping.key(), mapping.source()));
        if (!dryRun) {
            registry.client()
                    .publish(
                            MappingVersion.of(
                                    mapping.key(),
                                    mapping.source(),
                                    number,
                                    content,
                                    MappingVersion.IMPORT,
                                    by.isBlank() ? "unknown" : by,
                                    "imported from " + file.getFileName(),
                                    Instant.now()));
        }
        say(path, dryRun ? "would be published" : "published", number, List.of());
    }

    private void say(String path, String outcome, int version, List<String> problems) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectNode object = JSON.createObjectNode();
            object.put("stream", path);
            object.put("outcome", outcome);
            object.put("version", version);
            object.putPOJO("problems", problems);
            out.println(object);
            return;
        }
        out.println(
                "%s: %s%s".formatted(path, outcome, version == 0 ? "" : " as version " + version));
        problems.forEach(problem -> out.println("  " + problem));
    }
}
