package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.registry.ImportedMapping;
import io.autonomos.operators.source.Address;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private static final int MOST_ROWS = 1_000_000;
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
    public Integer call() throws IOException {
        Map<String, ImportedMapping> streams = read();
        Registry registry = new Registry(brokers);
        int wrong = 0;
        for (ImportedMapping each : streams.values()) {
            wrong += publish(registry, each) ? 0 : 1;
        }
        spec.commandLine().getOut().flush();
        return wrong == 0 ? 0 : 2;
    }

    private Map<String, ImportedMapping> read() throws IOException {
        Map<String, ImportedMapping> streams = new LinkedHashMap<>();
        int row = 1;
        for (byte[] record : SampleRecords.read(file, MOST_ROWS)) {
            row++;
            Map<String, String> cells = cells(record);
            String confidence = cells.get("confidence");
            if (confidence != null && confidence(row, confidence) < minConfidence) {
                continue;
            }
            String source = cell(cells, "source", row);
            String connection = cells.getOrDefault("connection", source);
            Address address =
                    Address.of(
                            cells.getOrDefault("tenant", "default"),
                            connection,
                            source,
                            cell(cells, "stream", row));
            if (!address.isValid()) {
                throw new CommandException(
                        address.code(),
                        "%s, row %d: %s %s."
                                .formatted(file, row, address.field(), address.problem()));
            }
            streams.computeIfAbsent(
                            address.key().path(), k -> new ImportedMapping(address.key(), source))
                    .add(
                            cell(cells, "canonicalfield", row),
                            cell(cells, "sourcefield", row),
                            cells.get("cast"),
                            confidence,
                            cells.get("entity"));
        }
        return streams;
    }

    private double confidence(int row, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CommandException(
                    "%s, row %d: the confidence is not a number.".formatted(file, row));
        }
    }

    /** The cells that hold something, by column; the columns' names without case and separators. */
    private static Map<String, String> cells(byte[] record) throws IOException {
        Map<String, String> cells = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> cell : JSON.readTree(record).properties()) {
            String name = cell.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
            if (!cell.getValue().asText().isBlank()) {
                cells.put(name, cell.getValue().asText().strip());
            }
        }
        return cells;
    }

    private String cell(Map<String, String> cells, String column, int row) {
        String cell = cells.get(column);
        if (cell == null) {
            throw new CommandException(
                    "%s, row %d: there is no value in the column %s.".formatted(file, row, column));
        }
        return cell;
    }

    private boolean publish(Registry registry, ImportedMapping mapping) {
        String content = mapping.text();
        String path = mapping.key().path();
        try {
            MappingCatalog.compile(path, content.getBytes(StandardCharsets.UTF_8));
        } catch (MappingException e) {
            say(path, "refused", 0, e.getMessage().lines().toList());
            return false;
        }
        RegistryMessage latest = registry.book().latest(mapping.key());
        if (latest != null && latest.version().content().equals(content)) {
            say(path, "unchanged", latest.versionNumber(), List.of());
            return true;
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
        return true;
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
