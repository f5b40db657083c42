package io.autonomos.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.FileStream;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.Resources.Resource;
import io.autonomos.schemas.StreamKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo's sample data through the shipped mappings, against {@code samples-expected.json}, which
 * was counted when the samples were made, not by this code.
 */
class SamplesTest {

    private static final ClassLoader LOADER = SamplesTest.class.getClassLoader();
    private static final int MAX_RECORD_SIZE = 1 << 20;

    private final Translator translator = new Translator(ScanLimits.DEFAULT);

    @ParameterizedTest(name = "{0}")
    @MethodSource("expected")
    void everyRecordIsCanonicalOrARightDeadLetter(String path, JsonNode expected)
            throws IOException {
        Resource file =
                samples().stream().filter(f -> f.name().equals(path)).findFirst().orElseThrow();

        Map<String, Integer> counts = translate(file);

        assertThat(counts)
                .containsEntry("in", expected.path("in").asInt())
                .containsEntry("canonical", expected.path("canonical").asInt())
                .containsEntry("events", expected.path("events").asInt())
                .containsEntry("entity " + expected.path("entity").asText(), counts.get("events"));
        assertThat(counts.get("in") - counts.get("canonical"))
                .isEqualTo(expected.path("dead_lettered").asInt());
    }

    @Test
    void deadLettersHaveTheCodesTheyWereMadeFor() throws IOException {
        Map<String, Map<String, Integer>> actual = new TreeMap<>();
        for (Resource file : samples()) {
            String tenant = file.name().split("/")[0];
            translate(file)
                    .forEach(
                            (name, count) -> {
                                if (name.startsWith("AOS-")) {
                                    actual.computeIfAbsent(tenant, t -> new TreeMap<>())
                                            .merge(name, count, Integer::sum);
                                }
                            });
        }

        assertThat(new ObjectMapper().valueToTree(actual).toString())
                .isEqualTo(deadLettersByTenant());
    }

    private static String deadLettersByTenant() throws IOException {
        Map<String, Map<String, Integer>> codes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> tenant : json().path("tenants").properties()) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Map.Entry<String, JsonNode> code :
                    tenant.getValue().path("dead_lettered").properties()) {
                counts.put(code.getKey(), code.getValue().asInt());
            }
            codes.put(tenant.getKey(), counts);
        }
        return new ObjectMapper().writeValueAsString(codes);
    }

    @Test
    void threeTenantsHaveNineConnectionsWithTwoOrgsInOneAndOneIdInSeveral() {
        Map<String, TreeSet<String>> connections = new TreeMap<>();
        Map<String, TreeSet<String>> salesforce = new TreeMap<>();
        for (Resource file : samples()) {
            String[] parts = file.name().split("/");
            connections.computeIfAbsent(parts[0], t -> new TreeSet<>()).add(parts[1]);
            if (parts[2].equals("salesforce")) {
                salesforce.computeIfAbsent(parts[0], t -> new TreeSet<>()).add(parts[1]);
            }
        }

        assertThat(connections).hasSize(3);
        assertThat(connections.values().stream().mapToInt(TreeSet::size).sum()).isEqualTo(9);
        assertThat(salesforce.get("acme")).hasSize(2);
        assertThat(connections.values().stream().filter(ids -> ids.contains("support"))).hasSize(3);
    }

    private Map<String, Integer> translate(Resource file) throws IOException {
        Map<String, Integer> counts = new LinkedHashMap<>();
        String[] parts = file.name().split("/");
        FileFormat format = FileFormat.ofName(file.name());
        try (RecordReader reader =
                RecordReader.open(
                        new ByteArrayInputStream(file.bytes()),
                        file.name(),
                        format,
                        MAX_RECORD_SIZE,
                        Place.START)) {
            FileStream stream =
                    parts.length == 4
                            ? new FileStream(parts[2], parts[3].replace(".jsonl", ""))
                            : FileStream.of(parts[2]).withColumns(reader.columns());
            StreamKey key = new StreamKey(parts[0], parts[1], stream.stream());
            StreamTarget target =
                    new StreamTarget(
                            key,
                            stream.source(),
                            MappingCatalog.shipped().resolve(stream.source(), stream.stream()));
            for (FileRecord each = reader.next(); each != null; each = reader.next()) {
                count(translator.translate(raw(key, stream, each), target), counts);
            }
        }
        return counts;
    }

    private static void count(Translation translation, Map<String, Integer> counts) {
        counts.merge("in", 1, Integer::sum);
        if (translation.fault() != null) {
            counts.merge(translation.fault().code(), 1, Integer::sum);
            return;
        }
        counts.merge("canonical", 1, Integer::sum);
        counts.merge("events", translation.events().size(), Integer::sum);
        translation.events().forEach(e -> counts.merge("entity " + e.entity(), 1, Integer::sum));
    }

    private static RawRecord raw(StreamKey key, FileStream stream, FileRecord record) {
        return new RawRecord(
                key,
                stream.source(),
                null,
                null,
                0,
                "samples",
                0,
                record.line(),
                null,
                record.json(),
                record.original(),
                record.fault());
    }

    static Stream<Arguments> expected() throws IOException {
        List<Arguments> streams = new ArrayList<>();
        for (JsonNode stream : json().path("streams")) {
            streams.add(Arguments.of(stream.path("path").asText(), stream));
        }
        return streams.stream();
    }

    private static JsonNode json() throws IOException {
        try (InputStream in = LOADER.getResourceAsStream("samples-expected.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<Resource> samples() {
        List<Resource> files = new ArrayList<>(Resources.list(LOADER, "samples", ".jsonl"));
        files.addAll(Resources.list(LOADER, "samples", ".csv"));
        return files;
    }
}
