package io.autonomos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.SchemaDiff;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.Tier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How well renamed fields are found where records come again under their ids: real records whose
 * fields get other names, some of which tell nothing. Argument: a folder of {@code .jsonl} files,
 * one record a line.
 */
public final class SeenRenames {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROUNDS = 60;
    private static final int FEWEST_RECORDS = 5;
    private static final int TELLING = 5;

    private final Map<String, int[]> counts = new TreeMap<>();

    private SeenRenames() {}

    public static void main(String[] arguments) throws IOException {
        SeenRenames renames = new SeenRenames();
        try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).sorted().toList()) {
                List<ObjectNode> records = read(file);
                for (int round = 0; records.size() >= FEWEST_RECORDS && round < ROUNDS; round++) {
                    int seed = 31 * round + file.getFileName().toString().hashCode();
                    renames.rename(records, new SplittableRandom(seed));
                }
            }
        }
        renames.print(System.out);
    }

    private static List<ObjectNode> read(Path file) throws IOException {
        List<ObjectNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            JsonNode record = line.isBlank() ? null : JSON.readTree(line);
            if (record instanceof ObjectNode object) {
                records.add(object);
            }
        }
        return records;
    }

    private void rename(List<ObjectNode> records, SplittableRandom random) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        records.forEach(record -> record.fieldNames().forEachRemaining(names::add));
        Map<String, String> renamed = new HashMap<>();
        double share = 0.1 + 0.4 * random.nextDouble();
        for (String name : names) {
            String other = other(name, random.nextInt(6));
            boolean free = !names.contains(other) && !renamed.containsValue(other);
            if (random.nextDouble() < share && free) {
                renamed.put(name, other);
            }
        }
        StreamSchema before = new StreamSchema();
        StreamSchema after = new StreamSchema();
        for (int i = 0; i < records.size(); i++) {
            ObjectNode now = JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> each : records.get(i).properties()) {
                now.set(renamed.getOrDefault(each.getKey(), each.getKey()), each.getValue());
            }
            before.add("r" + i, RecordFields.of(JSON.writeValueAsBytes(records.get(i))));
            after.add("r" + i, RecordFields.of(JSON.writeValueAsBytes(now)));
        }
        SchemaMatcher matcher = SchemaMatcher.shipped();
        count(new SchemaDiff("things", before, after, 3, Findings.CHANCE, matcher), renamed);
    }

    /** A name that tells nothing, an abbreviation, a prefix, a suffix, capitals, words turned. */
    private static String other(String name, int style) {
        return switch (style) {
            case 0 -> "cf_" + Integer.toHexString(name.hashCode());
            case 1 -> name.replaceAll("(?<=[a-zA-Z])[aeiou]", "");
            case 2 -> "new_" + name;
            case 3 -> name + "__c";
            case 4 -> name.toUpperCase(Locale.ROOT);
            default -> {
                int cut = name.indexOf('_');
                yield cut < 0
                        ? name + "_value"
                        : name.substring(cut + 1) + "_" + name.substring(0, cut);
            }
        };
    }

    private void count(SchemaDiff diff, Map<String, String> renamed) {
        for (FieldProfile gone : diff.gone()) {
            List<SourcePath.Step> steps = new ArrayList<>(gone.path().steps());
            steps.set(0, new SourcePath.Step(renamed.get(steps.get(0).name()), 0));
            String wanted = new SourcePath(steps).toString();
            FieldDecision decision = diff.decision(gone.path().toString());
            boolean applied = decision != null && decision.tier() == Tier.APPLY;
            boolean right = applied && wanted.equals(diff.pathAfter(decision.after()));
            double distinct = gone.distinct().count();
            String kind =
                    distinct == 0
                            ? "3 no values"
                            : distinct < TELLING ? "2 fewer than 5 values" : "1 5 and more values";
            int[] sums = counts.computeIfAbsent(kind, k -> new int[3]);
            sums[0]++;
            sums[1] += applied ? 1 : 0;
            sums[2] += right ? 1 : 0;
        }
    }

    private void print(PrintStream out) {
        counts.forEach(
                (kind, sums) ->
                        out.printf(
                                Locale.ROOT,
                                "%-22s %5d renamed, %5d applied, precision %.4f, coverage %.3f%n",
                                kind.substring(2),
                                sums[0],
                                sums[1],
                                sums[1] == 0 ? 1.0 : (double) sums[2] / sums[1],
                                (double) sums[2] / sums[0]));
    }
}
