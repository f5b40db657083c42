package io.autonomos.mappings.match.fit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.match.ValueProfile;
import io.autonomos.schemas.SharedData;
import io.autonomos.schemas.messages.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Renames of every kind on real records, where the same records are seen before and after. */
class RecordRenamesTest {

    private static final int ROUNDS = 20;

    private int renames;
    private int applied;
    private int right;
    private int wrong;

    @Test
    void valuesOfTheSameRecordsFindMostRenamesEvenUnderNamesThatTellNothing() throws IOException {
        JsonMapper mapper = new JsonMapper();
        try (Stream<Path> files = Files.walk(SharedData.require("records"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                List<Map<String, String>> records = new ArrayList<>();
                for (String line : Files.readAllLines(file)) {
                    if (!line.isBlank()) {
                        Map<String, String> record = new LinkedHashMap<>();
                        flatten("", mapper.readTree(line), record);
                        records.add(record);
                    }
                }
                for (int round = 0; round < ROUNDS && records.size() > 2; round++) {
                    measure(
                            records,
                            new SplittableRandom(
                                    31L * file.getFileName().toString().hashCode() + round));
                }
            }
        }
        assertThat(renames).isGreaterThan(100);
        assertThat((double) right / renames).isGreaterThanOrEqualTo(0.85);
        assertThat((double) (applied - wrong) / applied).isGreaterThanOrEqualTo(0.99);
    }

    private void measure(List<Map<String, String>> records, SplittableRandom random) {
        Set<String> paths = new HashSet<>();
        records.forEach(record -> paths.addAll(record.keySet()));
        Renamer renamer = new Renamer(random);
        Map<String, String> partners = new TreeMap<>();
        Set<String> taken = new HashSet<>(paths);
        for (String path : paths.stream().sorted().toList()) {
            int dice = random.nextInt(10);
            String name =
                    dice < 5
                            ? path
                            : dice < 6
                                    ? renamer.noise()
                                    : renamer.rename(path, "item", Renamer.Style.SNAKE);
            partners.put(path, dice == 9 ? null : taken.add(name) ? name : path);
        }
        Map<String, String> sources = new HashMap<>();
        partners.forEach((before, after) -> sources.put(after, before));
        List<SchemaField> before = new ArrayList<>();
        List<SchemaField> after = new ArrayList<>();
        partners.forEach(
                (path, name) -> {
                    before.add(field(path, path, records));
                    if (name != null) {
                        after.add(field(name, path, records));
                    }
                });
        SameRecordValues values = (b, a) -> compare(records, b, sources.get(a));
        SchemaChange change = new SchemaChange("items", before, after, values);
        for (FieldDecision each : SchemaMatcher.shipped().decide(change)) {
            String truth = partners.get(each.before());
            boolean hasValues = records.stream().anyMatch(r -> r.get(each.before()) != null);
            boolean isRight = truth != null && truth.equals(each.after());
            renames += truth != null && hasValues ? 1 : 0;
            if (each.tier() == Tier.APPLY) {
                applied++;
                right += isRight && hasValues ? 1 : 0;
                wrong += isRight ? 0 : 1;
            }
        }
    }

    private static SameRecordValues.Agreement compare(
            List<Map<String, String>> records, String a, String b) {
        int seen = 0;
        Set<String> equal = new HashSet<>();
        int count = 0;
        for (Map<String, String> record : records) {
            String one = record.get(a);
            String two = record.get(b);
            if (one != null && two != null) {
                seen++;
                if (one.equals(two)) {
                    count++;
                    equal.add(one);
                }
            }
        }
        return new SameRecordValues.Agreement(seen, count, equal.size());
    }

    private static SchemaField field(String name, String path, List<Map<String, String>> records) {
        List<String> values = new ArrayList<>();
        for (Map<String, String> record : records) {
            if (record.get(path) != null) {
                values.add(record.get(path));
            }
        }
        String type = values.stream().allMatch(v -> v.matches("-?\\d+")) ? "integer" : "string";
        return new SchemaField(name, type, ValueProfile.of(values));
    }

    private static void flatten(String path, JsonNode node, Map<String, String> record) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> e : node.properties()) {
                String inner = path.isEmpty() ? e.getKey() : path + "." + e.getKey();
                flatten(inner, e.getValue(), record);
            }
        } else {
            record.put(
                    path, node.isNull() ? null : node.isArray() ? node.toString() : node.asText());
        }
    }
}
