package io.autonomos.mappings.infer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.scan.SourcePath.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sample records by path. Bounded in depth and in paths. */
final class Sample {

    private static final int DEEPEST = 5;
    private static final int MOST_FIELDS = 2_000;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Map<SourcePath, SampleField> fields = new LinkedHashMap<>();
    private final List<byte[]> records;

    Sample(List<byte[]> records) {
        this.records = records;
        for (byte[] record : records) {
            JsonNode tree = read(record);
            if (tree != null && tree.isObject()) {
                visit(tree, List.of());
            }
        }
    }

    private static JsonNode read(byte[] record) {
        try {
            return JSON.readTree(record);
        } catch (IOException | NumberFormatException e) {
            return null; // a sample may hold records that no mapping can read
        }
    }

    private void visit(JsonNode object, List<Step> above) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            List<Step> steps = new ArrayList<>(above);
            steps.add(new Step(member.getKey(), 0));
            JsonNode value = member.getValue();
            if (value.isObject() && !value.isEmpty() && steps.size() < DEEPEST) {
                visit(value, steps);
            } else {
                SourcePath path = new SourcePath(steps);
                if (fields.containsKey(path) || fields.size() < MOST_FIELDS) {
                    fields.computeIfAbsent(path, SampleField::new).add(value);
                }
            }
        }
    }

    Collection<SampleField> fields() {
        return fields.values();
    }

    List<byte[]> records() {
        return records;
    }
}
