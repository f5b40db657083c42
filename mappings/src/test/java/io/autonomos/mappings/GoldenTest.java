package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shipped mappings against records in the vendors' shapes: {@code
 * golden/<source>/<stream>.jsonl} holds a record a line ({@code in}) with what must become of it
 * ({@code out}: one event, a list of events, or an error).
 */
class GoldenTest {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private final Translator translator = new Translator(ScanLimits.DEFAULT);

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("cases")
    void becomesWhatTheGoldenFileSays(
            String source, String stream, String name, JsonNode in, JsonNode out) {
        Translation translation = translate(source, stream, in);

        if (out.has("error")) {
            assertThat(translation.fault()).isNotNull();
            assertThat(translation.fault().code()).isEqualTo(out.at("/error/code").asText());
            assertThat(translation.fault().field()).isEqualTo(out.at("/error/field").textValue());
            return;
        }
        assertThat(translation.fault()).isNull();
        List<JsonNode> expected = new ArrayList<>();
        (out.isArray() ? out : JSON.createArrayNode().add(out)).forEach(expected::add);
        assertThat(translation.events()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            check(translation.events().get(i), expected.get(i));
        }
    }

    private static void check(CanonicalEvent event, JsonNode expected) {
        JsonNode actual = read(event.json());
        assertThat(event.op()).isEqualTo(expected.path("op").asText());
        assertThat(event.recordId()).isEqualTo(expected.path("record_id").asText());
        assertThat(fields(event.entity(), actual.path("data")))
                .containsExactlyInAnyOrderElementsOf(fields(event.entity(), expected.path("data")));
        assertThat(actual.path("extras")).isEqualTo(expected.path("extras"));
        assertThat(changes(actual)).isEqualTo(changes(expected));
        if (expected.has("event_time")) {
            assertThat(actual.path("event_time").asText())
                    .satisfies(
                            time ->
                                    assertThat(Instant.parse(time))
                                            .isEqualTo(expected.path("event_time").asText()));
        }
    }

    /** The values by name, in a form in which equal values are equal texts. */
    private static List<String> fields(String entity, JsonNode data) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            EntityField field = EntityModel.shipped().entity(entity).field(each.getKey());
            assertThat(field).as(each.getKey()).isNotNull();
            JsonNode value = each.getValue();
            String text =
                    switch (field.type()) {
                        case DECIMAL -> value.isNumber() ? plain(value) : value.toString();
                        case TIMESTAMP -> Instant.parse(value.textValue()).toString();
                        default -> value.toString();
                    };
            fields.add(each.getKey() + "=" + text);
        }
        return fields;
    }

    private static String plain(JsonNode number) {
        return number.decimalValue().signum() == 0
                ? "0"
                : number.decimalValue().stripTrailingZeros().toPlainString();
    }

    /** What was changed, without the words: field, kind, and the code where a value was refused. */
    private static List<String> changes(JsonNode event) {
        List<String> changes = new ArrayList<>();
        for (JsonNode change : event.path("changes")) {
            String reason = change.path("reason").asText("");
            changes.add(
                    change.path("field").asText()
                            + " "
                            + change.path("kind").asText()
                            + (reason.startsWith("AOS-") ? " " + reason.substring(0, 7) : ""));
        }
        return changes;
    }

    @Test
    void everyShippedMappingHasGoldenCasesForEachFieldItMaps() {
        Map<String, Set<String>> seen = new TreeMap<>();
        cases().map(Arguments::get)
                .forEach(
                        args -> {
                            Plan plan = plan((String) args[0], (String) args[1]);
                            Set<String> fields =
                                    seen.computeIfAbsent(
                                            plan.mapping(), id -> new LinkedHashSet<>());
                            for (JsonNode data : ((JsonNode) args[4]).findValues("data")) {
                                data.fieldNames().forEachRemaining(fields::add);
                            }
                        });

        for (Plan plan : MappingCatalog.shipped().plans()) {
            if (!plan.mapping().startsWith(MappingCatalog.FILES)) {
                assertThat(seen).containsKey(plan.mapping());
                assertThat(seen.get(plan.mapping())).as(plan.mapping()).containsAll(plan.mapped());
            }
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Resources.Resource file :
                Resources.list(GoldenTest.class.getClassLoader(), "golden", ".jsonl")) {
            String[] name = file.name().replace(".jsonl", "").split("/");
            String source = name[name.length - 2];
            String stream = name[name.length - 1];
            for (String line : new String(file.bytes(), StandardCharsets.UTF_8).split("\n")) {
                JsonNode each = read(line.getBytes(StandardCharsets.UTF_8));
                cases.add(
                        Arguments.of(
                                source,
                                stream,
                                each.path("name").asText(),
                                each.path("in"),
                                each.path("out")));
            }
        }
        return cases.stream();
    }

    private Translation translate(String source, String stream, JsonNode in) {
        StreamKey key = new StreamKey("acme", "prod", stream);
        RawRecord record =
                new RawRecord(
                        key,
                        source,
                        null,
                        null,
                        0,
                        "golden",
                        0,
                        1,
                        null,
                        in.toString().getBytes(StandardCharsets.UTF_8),
                        null,
                        null);
        return translator.translate(record, new StreamTarget(key, source, plan(source, stream)));
    }

    private static Plan plan(String source, String stream) {
        Plan plan = MappingCatalog.shipped().resolve(source, stream);
        assertThat(plan).as(source + " " + stream).isNotNull();
        return plan;
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
