package io.autonomos.mappings.match.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.ValueProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table whose columns are looked for in a large schema.
 *
 * @param name the task's name
 * @param source the columns of the table
 * @param target the columns of the schema
 * @param truth for each source column that has any, its columns in the target
 */
public record MatchTask(
        String name,
        List<SchemaField> source,
        List<SchemaField> target,
        Map<String, Set<String>> truth) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Whether a JSON file holds a matching task. */
    public static boolean isTask(Path file) throws IOException {
        return MAPPER.readTree(file.toFile()).has("source_columns");
    }

    /** Reads a task, and its target from the file beside it that it names. */
    public static MatchTask read(Path file) throws IOException {
        JsonNode node = MAPPER.readTree(file.toFile());
        Path target = file.resolveSibling(Path.of(node.path("target").asText()).getFileName());
        Map<String, Set<String>> truth = new TreeMap<>();
        for (JsonNode pair : node.path("truth")) {
            truth.computeIfAbsent(pair.path(0).asText(), key -> new TreeSet<>())
                    .add(pair.path(1).asText());
        }
        return new MatchTask(
                node.path("name").asText(file.getFileName().toString()),
                columns(node.path("source_columns")),
                columns(MAPPER.readTree(target.toFile()).path("columns")),
                truth);
    }

    private static List<SchemaField> columns(JsonNode list) {
        Map<String, SchemaField> columns = new TreeMap<>();
        for (JsonNode node : list) {
            List<String> values = new ArrayList<>();
            node.path("values").forEach(value -> values.add(value.asText()));
            String name = node.path("name").asText();
            columns.putIfAbsent(
                    name,
                    new SchemaField(
                            name, node.path("type").asText("unknown"), ValueProfile.of(values)));
        }
        Collection<SchemaField> sorted = columns.values();
        return List.copyOf(sorted);
    }
}
