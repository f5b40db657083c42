package io.autonomos.mappings.lint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.TestCase;
import io.autonomos.mappings.language.TestCase.Output;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs the tests of a mapping file through the stage that runs in the job. */
public final class MappingTests {

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);

    private final EntitySchema entity;
    private final StreamTarget target;
    private final Translator translator = new Translator(ScanLimits.DEFAULT);

    private MappingTests(Mapping mapping, Plan plan) {
        this.entity = plan.entity();
        StreamKey key = new StreamKey("tenant", "connection", mapping.streams().get(0));
        this.target = new StreamTarget(key, mapping.sources().get(0), plan);
    }

    /** Runs all tests of the mapping, in their order. */
    public static List<TestResult> run(Mapping mapping, Plan plan) {
        MappingTests tests = new MappingTests(mapping, plan);
        return mapping.tests().stream().map(tests::run).toList();
    }

    private TestResult run(TestCase test) {
        RawRecord record =
                new RawRecord(
                        target.key(),
                        target.source(),
                        test.op(),
                        test.id(),
                        0,
                        "test",
                        0,
                        1,
                        null,
                        test.input().getBytes(StandardCharsets.UTF_8),
                        null,
                        null);
        List<String> differences = differences(test, translator.translate(record, target));
        if (differences.isEmpty()) {
            return new TestResult(test, null);
        }
        return new TestResult(
                test,
                new Problem(
                        ErrorCode.MAPPING_TEST,
                        test.place(),
                        "the test \"%s\" fails: %s"
                                .formatted(test.name(), String.join("; ", differences)),
                        ErrorCode.MAPPING_TEST.remedy()));
    }

    private List<String> differences(TestCase test, Translation translation) {
        Fault fault = translation.fault();
        if (test.error() != null) {
            return error(test.error(), fault);
        }
        if (fault != null) {
            return List.of("it ends with " + fault.code() + ": " + fault.message());
        }
        List<CanonicalEvent> events = translation.events();
        if (test.filtered()) {
            return events.isEmpty()
                    ? List.of()
                    : List.of("it is not filtered, but gives " + events.size() + " events");
        }
        List<Output> outputs = test.outputs();
        if (events.size() != outputs.size()) {
            return List.of("it gives %d events, not %d".formatted(events.size(), outputs.size()));
        }
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            String where = outputs.size() == 1 ? "" : "event " + (i + 1) + ": ";
            for (String each : differences(outputs.get(i), events.get(i))) {
                differences.add(where + each);
            }
        }
        return differences;
    }

    private static List<String> error(TestCase.Failure expected, Fault fault) {
        if (fault == null) {
            return List.of("it does not end with " + expected.code());
        }
        boolean field = expected.field() == null || expected.field().equals(fault.field());
        return fault.code().equals(expected.code()) && field
                ? List.of()
                : List.of(
                        "it ends with %s%s: %s"
                                .formatted(
                                        fault.code(),
                                        fault.field() == null ? "" : " of " + fault.field(),
                                        fault.message()));
    }

    private List<String> differences(Output expected, CanonicalEvent event) {
        List<String> differences = new ArrayList<>();
        JsonNode actual = read(event.json());
        compare("op", expected.delete() ? "delete" : "upsert", event.op(), differences);
        if (expected.data() != null) {
            fields(expected.data(), actual.path("data"), differences);
        }
        if (expected.extras() != null
                && !read(expected.extras().toString().getBytes(StandardCharsets.UTF_8))
                        .equals(actual.path("extras"))) {
            differences.add("extras are " + actual.path("extras"));
        }
        if (expected.changes() != null) {
            compare("changes", expected.changes(), changes(actual), differences);
        }
        if (expected.recordId() != null) {
            compare("record-id", expected.recordId(), event.recordId(), differences);
        }
        if (expected.eventTime() != null) {
            compare(
                    "event-time",
                    instant(expected.eventTime()),
                    instant(actual.path("event_time").asText()),
                    differences);
        }
        return differences;
    }

    private static void compare(
            String what, Object expected, Object actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add("%s is %s, not %s".formatted(what, actual, expected));
        }
    }

    private void fields(JsonNode expected, JsonNode actual, List<String> differences) {
        Map<String, String> wanted = texts(expected);
        Map<String, String> found = texts(actual);
        TreeSet<String> names = new TreeSet<>(wanted.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            String want = wanted.get(name);
            String have = found.get(name);
            if (want == null) {
                differences.add(name + " is " + have + ", and should not be there");
            } else if (!want.equals(have)) {
                differences.add(
                        "%s is %s, not %s".formatted(name, have == null ? "absent" : have, want));
            }
        }
    }

    /** The values by name, in a form in which equal values are equal texts. */
    private Map<String, String> texts(JsonNode data) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            texts.put(each.getKey(), text(entity.field(each.getKey()), each.getValue()));
        }
        return texts;
    }

    private static String text(EntityField field, JsonNode value) {
        if (field != null && value.isNumber()) {
            return value.decimalValue().signum() == 0
                    ? "0"
                    : value.decimalValue().stripTrailingZeros().toPlainString();
        }
        if (field != null && value.isTextual()) {
            return switch (field.type()) {
                case TIMESTAMP -> instant(value.textValue());
                default -> value.toString();
            };
        }
        return value.toString();
    }

    private static String instant(String text) {
        try {
            return Instant.parse(text).toString();
        } catch (DateTimeException e) {
            return text;
        }
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

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
