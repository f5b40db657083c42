package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.registry.ImportedMapping;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A registry of mappings in CSV: what it holds, and what is wrong with its rows. */
final class RegistryFile {

    private static final int MOST_ROWS = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> REQUIRED =
            List.of("source", "stream", "canonical field", "source field");
    private static final List<String> COLUMNS =
            List.of(
                    "tenant",
                    "connection",
                    "source",
                    "stream",
                    "canonical field",
                    "source field",
                    "cast",
                    "confidence",
                    "entity");

    private final Path file;
    private final double minConfidence;
    private final Map<String, Stream> streams = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> ignored = new LinkedHashSet<>();

    /** The mapping of one stream with what is wrong in its rows. */
    record Stream(ImportedMapping mapping, List<Problem> problems) {}

    /** One row; its cells that hold something, by the column's plain name. */
    private record Row(long line, String text, Map<String, String> cells) {}

    private RegistryFile(Path file, double minConfidence) {
        this.file = file;
        this.minConfidence = minConfidence;
    }

    /** Reads a file; rows of less confidence are left out. */
    static RegistryFile read(Path file, double minConfidence) {
        RegistryFile registry = new RegistryFile(file, minConfidence);
        List<FileRecord> records = SampleRecords.all(file, MOST_ROWS);
        if (records.isEmpty()) {
            registry.problems.add(
                    registry.problem(
                            1,
                            null,
                            "there is no row.",
                            "Write a line with the columns " + String.join(", ", COLUMNS) + "."));
        }
        if (records.isEmpty() || registry.hasColumns(records)) {
            records.forEach(registry::read);
        }
        registry.streams.values().forEach(registry::compile);
        return registry;
    }

    /** The streams by their address. */
    Map<String, Stream> streams() {
        return streams;
    }

    /** What is wrong with rows of which it cannot be told whose they are. */
    List<Problem> problems() {
        return problems;
    }

    /** The columns that mean nothing here. */
    Set<String> ignored() {
        return ignored;
    }

    /** Whether the header, as the first readable row has it, names what each row needs. */
    private boolean hasColumns(List<FileRecord> records) {
        FileRecord first =
                records.stream().filter(each -> each.fault() == null).findFirst().orElse(null);
        Set<String> found = new LinkedHashSet<>();
        Set<String> twice = new LinkedHashSet<>();
        for (String name : first == null ? List.<String>of() : names(first.json())) {
            String column = column(name);
            if (column == null) {
                ignored.add(name);
            } else if (!found.add(column)) {
                twice.add(column);
            }
        }
        List<String> missing =
                REQUIRED.stream().filter(each -> first != null && !found.contains(each)).toList();
        if (!missing.isEmpty()) {
            problems.add(
                    problem(
                            1,
                            null,
                            "the header lacks " + String.join(", ", missing) + ".",
                            ignored.isEmpty()
                                    ? "Add it there and to each row."
                                    : "Instead it has " + String.join(", ", ignored) + "."));
        }
        twice.forEach(
                column ->
                        problems.add(
                                problem(
                                        1,
                                        null,
                                        "the column " + column + " stands twice.",
                                        "Keep one of them.")));
        return problems.isEmpty();
    }

    private static List<String> names(byte[] json) {
        List<String> names = new ArrayList<>();
        try {
            JSON.readTree(json).fieldNames().forEachRemaining(names::add);
        } catch (IOException e) {
            return List.of();
        }
        return names;
    }

    private void read(FileRecord each) {
        String text = new String(each.originalBytes(), StandardCharsets.UTF_8);
        if (each.fault() != null) {
            ErrorCode code = ErrorCode.CSV_ROW;
            for (ErrorCode known : ErrorCode.values()) {
                code = known.code().equals(each.fault().code()) ? known : code;
            }
            long line = code == ErrorCode.CSV_HEADER ? 1 : each.line();
            Place place = new Place(file.toString(), (int) line, 1);
            Problem problem = new Problem(code, place, code.summary(), code.remedy());
            if (!problems.contains(problem)) {
                problems.add(problem);
            }
            return;
        }
        Row row = row(each.line(), text, each.json());
        String missing = missing(row);
        if (missing != null) {
            problems.add(
                    problem(
                            row.line,
                            null,
                            "there is no value in the column " + missing + ".",
                            "Each row needs " + String.join(", ", REQUIRED) + "."));
            return;
        }
        String source = row.cells.get("source");
        Address address =
                Address.of(
                        row.cells.getOrDefault("tenant", "default"),
                        row.cells.getOrDefault("connection", source),
                        source,
                        row.cells.get("stream"));
        if (!address.isValid()) {
            problems.add(
                    problem(
                            row.line,
                            null,
                            "%s %s.".formatted(address.field(), address.problem()),
                            address.code().remedy()));
            return;
        }
        Stream stream =
                streams.computeIfAbsent(
                        address.key().path(),
                        k ->
                                new Stream(
                                        new ImportedMapping(address.key(), source),
                                        new ArrayList<>()));
        Problem wrong = add(row, stream.mapping);
        if (wrong != null) {
            stream.problems.add(wrong);
        }
    }

    /** Adds a row to its stream's mapping; what is wrong with it, or null. */
    private Problem add(Row row, ImportedMapping mapping) {
        String confidence = row.cells.get("confidence");
        if (confidence != null) {
            if (!confidence.matches("0*(0|1|0?\\.[0-9]+|1\\.0*)")) {
                return problem(
                        row.line,
                        at(row, confidence),
                        "the confidence is not a number from 0 to 1.",
                        "Write it as 0.97.");
            }
            if (Double.parseDouble(confidence) < minConfidence) {
                return null;
            }
        }
        String cast = row.cells.get("cast");
        if (cast != null && !ImportedMapping.casts().contains(cast.toLowerCase(Locale.ROOT))) {
            return problem(
                    row.line,
                    at(row, cast),
                    "there is no cast " + cast + ".",
                    Suggestion.of(cast, ImportedMapping.casts()));
        }
        String source = row.cells.get("source");
        String against =
                source.equals(mapping.source())
                        ? mapping.add(
                                row.line,
                                row.cells.get("canonical field"),
                                row.cells.get("source field"),
                                cast,
                                confidence,
                                row.cells.get("entity"))
                        : "the source is %s here and %s above.".formatted(source, mapping.source());
        return against == null ? null : problem(row.line, null, against, "Keep one of them.");
    }

    private void compile(Stream stream) {
        ImportedMapping mapping = stream.mapping;
        if (!stream.problems.isEmpty() || mapping.isEmpty()) {
            return;
        }
        String path = mapping.key().path();
        try {
            MappingCatalog.compile(path, mapping.text().getBytes(StandardCharsets.UTF_8));
        } catch (MappingException e) {
            for (Problem each : e.problems()) {
                int line = (int) mapping.registryLine(each.place().line());
                Place place = new Place(file.toString(), line, 1);
                boolean unguessed =
                        each.code() == ErrorCode.MAPPING_ENTITY && !mapping.namesEntity();
                stream.problems.add(
                        unguessed
                                ? problem(
                                        line,
                                        null,
                                        "no entity has all fields of the stream's rows.",
                                        "Name it in the column entity, or mend the fields' names.")
                                : new Problem(each.code(), place, each.message(), each.hint()));
            }
        }
    }

    private Row row(long line, String text, byte[] json) {
        Map<String, String> cells = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> cell : JSON.readTree(json).properties()) {
                String name = column(cell.getKey());
                String value = cell.getValue().asText().strip();
                if (name != null && !value.isEmpty()) {
                    cells.put(name, value);
                }
            }
        } catch (IOException e) {
            return new Row(line, text, Map.of());
        }
        return new Row(line, text, cells);
    }

    /** The column that a header's name means, without case and separators, or null. */
    private static String column(String header) {
        String plain = plain(header);
        return COLUMNS.stream().filter(each -> plain(each).equals(plain)).findFirst().orElse(null);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private static String missing(Row row) {
        return REQUIRED.stream()
                .filter(column -> !row.cells.containsKey(column))
                .findFirst()
                .orElse(null);
    }

    private static Integer at(Row row, String cell) {
        int index = row.text.lastIndexOf(cell);
        return index < 0 ? null : index + 1;
    }

    private Problem problem(long line, Integer column, String message, String hint) {
        Place place = new Place(file.toString(), (int) line, column == null ? 1 : column);
        return new Problem(ErrorCode.MAPPING_ROW, place, message, hint);
    }
}
