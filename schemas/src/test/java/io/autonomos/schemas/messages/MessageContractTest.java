package io.autonomos.schemas.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.schemas.messages.TestingMessages.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schema and code say the same of every message: what is written is allowed, and what is read is
 * what the schema allows. Messages are bent in every place and both are asked.
 */
class MessageContractTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /** What a value is replaced by; each fits some places and not others. */
    private static final String[] BENDS = {
        "\"bent\"", "\"\"", "-1", "0", "2", "0.5", "true", "[]", "{}", "[null]", "[7]", "[\"bent\"]"
    };

    static Stream<Sample> samples() {
        return TestingMessages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsWrittenIsAllowedAndReadBack(Sample sample) throws Exception {
        byte[] json = sample.write();

        assertThat(schema(sample).problems(JSON.readTree(json))).isEmpty();
        assertThat(sample.read(json)).isEqualTo(sample.message());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyPropertyOfTheSchemaIsWritten(Sample sample) throws IOException {
        Set<String> declared = new TreeSet<>();
        declared(JSON.readTree(MessageSchemas.schema(sample.schema())), "", declared);

        Set<String> written = new TreeSet<>();
        places(JSON.readTree(sample.write()), "", written);

        written.removeIf(place -> !declared.contains(place));
        assertThat(written).isEqualTo(declared);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMissingPropertyIsRefusedByBothOrByNone(Sample sample) throws IOException {
        JsonNode whole = JSON.readTree(sample.write());
        for (JsonPointer place : pointers(whole)) {
            JsonNode bent = whole.deepCopy();
            if (bent.at(place.head()) instanceof ObjectNode parent) {
                parent.remove(place.last().getMatchingProperty());

                assertSameVerdict(sample, bent, "without " + place);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anUnknownPropertyIsRefusedByBothOrByNone(Sample sample) throws IOException {
        JsonNode whole = JSON.readTree(sample.write());
        List<JsonPointer> places = pointers(whole);
        places.add(JsonPointer.empty());
        for (JsonPointer place : places) {
            for (String value : new String[] {"\"x\"", "true", "1"}) {
                JsonNode bent = whole.deepCopy();
                if (bent.at(place) instanceof ObjectNode object) {
                    object.set("surprise", JSON.readTree(value));

                    assertSameVerdict(sample, bent, "surprise " + value + " in " + place);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aBentValueIsRefusedByBothOrByNone(Sample sample) throws IOException {
        JsonNode whole = JSON.readTree(sample.write());
        for (JsonPointer place : pointers(whole)) {
            for (String bend : BENDS) {
                JsonNode bent = whole.deepCopy();
                replace(bent, place, JSON.readTree(bend));

                assertSameVerdict(sample, bent, bend + " at " + place);
            }
        }
    }

    /** What no schema can say is refused by the code alone: it can neither add nor compare. */
    private static void assertSameVerdict(Sample sample, JsonNode bent, String how)
            throws IOException {
        String refusal = null;
        try {
            sample.read(JSON.writeValueAsBytes(bent));
        } catch (MessageException e) {
            refusal = e.getMessage();
            assertThat(refusal).startsWith("AOS-403: ").doesNotContain("bent");
        }
        if (refusal != null
                && (refusal.contains("what the counts beside it give")
                        || refusal.contains("review must not be above apply"))) {
            return;
        }
        assertThat(refusal == null)
                .as(
                        "%s with %s: schema says %s, code says %s",
                        sample, how, schema(sample).problems(bent), refusal)
                .isEqualTo(schema(sample).allows(bent));
    }

    private static TestingSchema schema(Sample sample) {
        return new TestingSchema(MessageSchemas.schema(sample.schema()));
    }

    private static void replace(JsonNode root, JsonPointer place, JsonNode value) {
        if (root.at(place.head()) instanceof ObjectNode parent) {
            parent.set(place.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) root.at(place.head())).set(place.last().getMatchingIndex(), value);
        }
    }

    private static List<JsonPointer> pointers(JsonNode root) {
        List<JsonPointer> pointers = new ArrayList<>();
        pointers(root, JsonPointer.empty(), pointers);
        return pointers;
    }

    private static void pointers(JsonNode node, JsonPointer at, List<JsonPointer> into) {
        if (!at.matches()) {
            into.add(at);
        }
        node.properties().forEach(e -> pointers(e.getValue(), at.appendProperty(e.getKey()), into));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers(node.get(i), at.appendIndex(i), into);
        }
    }

    /** The places that a schema names, as {@code changes[].field}. */
    private static void declared(JsonNode schema, String at, Set<String> into) {
        schema.path("properties")
                .properties()
                .forEach(
                        e -> {
                            into.add(at + "." + e.getKey());
                            declared(e.getValue(), at + "." + e.getKey(), into);
                        });
        if (schema.has("items")) {
            declared(schema.get("items"), at + "[]", into);
        }
    }

    private static void places(JsonNode node, String at, Set<String> into) {
        node.properties()
                .forEach(
                        e -> {
                            into.add(at + "." + e.getKey());
                            places(e.getValue(), at + "." + e.getKey(), into);
                        });
        if (node.isArray()) {
            node.forEach(each -> places(each, at + "[]", into));
        }
    }
}
