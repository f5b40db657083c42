package io.autonomos.mappings.match.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.ValueProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads drift cases, one JSON object a line. */
public final class DriftCases {

    private static final JsonMapper MAPPER = new JsonMapper();

    private DriftCases() {}

    /** The cases of a file. */
    public static List<DriftCase> read(Path file) throws IOException {
        List<DriftCase> cases = new ArrayList<>();
        int line = 0;
        for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            try {
                cases.add(parse(MAPPER.readTree(text)));
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException(
                        "%s:%d is no drift case: %s"
                                .formatted(file, line, firstLine(e.getMessage())),
                        e);
            }
        }
        return cases;
    }

    private static String firstLine(String message) {
        return message == null ? "not readable" : message.lines().findFirst().orElse("");
    }

    /** The case that a JSON object describes. */
    public static DriftCase parse(JsonNode node) {
        if (!node.path("before").isArray() || !node.path("after").isArray()) {
            throw new IllegalArgumentException(
                    "a case needs `before` and `after`, each a list of fields with `name`");
        }
        String object = node.path("object").asText("");
        SchemaChange change =
                new SchemaChange(object, fields(node.get("before")), fields(node.get("after")));
        List<Truth> truth = new ArrayList<>();
        for (JsonNode each : node.path("truth")) {
            truth.add(
                    new Truth(
                            names(each.path("before")),
                            names(each.path("after")),
                            each.path("kind").asText(""),
                            each.path("difficulty").asText("")));
        }
        return new DriftCase(
                node.path("case_id").asText(""),
                node.path("case_type").asText("unknown"),
                node.path("source").asText(""),
                change,
                List.copyOf(truth));
    }

    private static List<SchemaField> fields(JsonNode list) {
        List<SchemaField> fields = new ArrayList<>();
        for (JsonNode node : list) {
            if (!node.path("name").isTextual()) {
                throw new IllegalArgumentException("each field needs a `name` that is text");
            }
            fields.add(
                    new SchemaField(
                            node.get("name").asText(),
                            node.path("type").asText("unknown"),
                            ValueProfile.of(samples(node))));
        }
        return fields;
    }

    private static List<String> samples(JsonNode field) {
        List<String> samples = new ArrayList<>();
        for (String key : List.of("sample", "samples", "values")) {
            JsonNode node = field.path(key);
            if (node.isArray()) {
                node.forEach(value -> addText(samples, value));
            } else {
                addText(samples, node);
            }
        }
        return samples;
    }

    private static void addText(List<String> samples, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            samples.add(value.isValueNode() ? value.asText() : value.toString());
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> names.add(each.asText()));
        } else if (node.isTextual()) {
            names.add(node.asText());
        }
        return names;
    }
}
