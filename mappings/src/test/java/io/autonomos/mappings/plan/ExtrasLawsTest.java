package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.scan.Json;
import io.autonomos.mappings.scan.RandomJson;
import io.autonomos.mappings.scan.RandomJson.Num;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.scan.SourcePath.Step;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.model.EntityModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data and extras together lose nothing of a record and hold nothing twice. */
class ExtrasLawsTest {

    private static final Place PLACE = new Place("t.yaml", 1, 1);
    private static final List<String> FIELDS = List.of("first_name", "last_name", "email", "phone");
    private static final ScanLimits FEW_PATHS = new ScanLimits(1 << 20, 64, 1_000, 3);

    @Property(tries = 3_000, seed = "21")
    void everyValueIsInItsFieldOrAtItsPlaceInExtras(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        Map<String, Object> record = json.object(4);
        Map<String, List<SourcePath>> mapped = randomMapping(record, random);
        Expected expected = new Expected(record, mapped);

        boolean duplicates = random.nextBoolean();
        byte[] written = duplicates ? json.styledWithDuplicates(record) : json.styled(record);
        TestingTranslator translator =
                new TestingTranslator(
                        plan(mapped), random.nextBoolean() ? ScanLimits.DEFAULT : FEW_PATHS);
        for (int again = 0; again < 2; again++) {
            CanonicalEvent event = translator.recordId("id").event(written);
            Map<?, ?> envelope = (Map<?, ?>) Json.read(event.json());
            String as = RandomJson.show(mapped + " of " + new String(written, UTF_8));
            assertThat(envelope.get("data")).as(as).isEqualTo(expected.data);
            assertThat(envelope.get("extras")).as(as).isEqualTo(expected.extras);
            assertThat(new String(event.json(), UTF_8)).doesNotContain("\n").doesNotContain("\r");
            assertThat(extras(event)).isEqualTo(expected.extras);
        }
    }

    private static Object extras(CanonicalEvent event) {
        int from = event.extrasStart();
        byte[] extras = new byte[event.extrasEnd() - from];
        System.arraycopy(event.json(), from, extras, 0, extras.length);
        return Json.read(extras);
    }

    /** For each of some fields one to three paths of the record, or of no record. */
    private static Map<String, List<SourcePath>> randomMapping(
            Map<String, Object> record, Random random) {
        List<SourcePath> paths = new ArrayList<>();
        collect(record, List.of(), paths);
        paths.add(SourcePath.parse("nowhere.at.all"));
        paths.add(SourcePath.parse("a.b"));
        Map<String, List<SourcePath>> mapped = new LinkedHashMap<>();
        for (String field : FIELDS) {
            Set<SourcePath> some = new LinkedHashSet<>();
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                some.add(paths.get(random.nextInt(paths.size())));
            }
            mapped.put(field, List.copyOf(some));
        }
        return mapped;
    }

    /** The paths to all members, those of objects in arrays left out. */
    private static void collect(Map<?, ?> object, List<Step> above, List<SourcePath> into) {
        object.forEach(
                (name, value) -> {
                    List<Step> steps = new ArrayList<>(above);
                    steps.add(new Step((String) name, 0));
                    into.add(new SourcePath(steps));
                    if (value instanceof Map<?, ?> inner) {
                        collect(inner, steps, into);
                    }
                });
    }

    private static Plan plan(Map<String, List<SourcePath>> mapped) {
        List<FieldRule> rules = new ArrayList<>();
        rules.add(rule("contact_id", List.of(SourcePath.parse("no_id"))));
        mapped.forEach((field, paths) -> rules.add(rule(field, paths)));
        Mapping mapping =
                new Mapping(
                        "m",
                        1,
                        List.of("testing"),
                        List.of("things"),
                        "contact",
                        List.of(),
                        List.of(),
                        null,
                        null,
                        List.of(),
                        false,
                        null,
                        Map.of(),
                        null,
                        List.of(),
                        rules,
                        List.of(),
                        Map.of(),
                        List.of(),
                        null,
                        PLACE,
                        Map.of());
        return PlanCompiler.compile(mapping, EntityModel.shipped());
    }

    private static FieldRule rule(String field, List<SourcePath> paths) {
        return FieldRule.of(field, PLACE, paths, null);
    }

    /** What the rules say: the first path with a value fills the field, the rest is extras. */
    private static final class Expected {

        private final Map<String, Object> data = new LinkedHashMap<>();
        private final Map<String, Object> extras;
        private final Set<List<Step>> used = new LinkedHashSet<>();
        private final Set<List<Step>> mapped = new LinkedHashSet<>();

        Expected(Map<String, Object> record, Map<String, List<SourcePath>> fields) {
            data.put("contact_id", "id");
            fields.forEach((field, paths) -> fill(record, field, paths));
            extras = rest(record, List.of());
        }

        private void fill(Map<String, Object> record, String field, List<SourcePath> paths) {
            Object chosen = null;
            for (SourcePath path : paths) {
                mapped.add(path.steps());
                Object value = at(record, path.steps());
                if (isHollow(record, paths, path, value)) {
                    continue;
                }
                if (chosen == null && value != null && !value.equals("")) {
                    chosen = value;
                    if (!isText(value)) {
                        paths.forEach(each -> mapped.add(each.steps()));
                        return;
                    }
                    data.put(field, value instanceof Num number ? number.text() : value);
                    used.add(path.steps());
                } else if (chosen != null && isSameToken(chosen, value)) {
                    used.add(path.steps());
                }
            }
        }

        /** An object is no value where a path tried before finds no value inside it. */
        private static boolean isHollow(
                Map<String, Object> record, List<SourcePath> paths, SourcePath path, Object value) {
            return value instanceof Map
                    && paths.subList(0, paths.indexOf(path)).stream()
                            .filter(path::contains)
                            .map(SourcePath::steps)
                            .anyMatch(
                                    steps ->
                                            at(record, steps.subList(0, steps.size() - 1))
                                                            instanceof Map<?, ?> parent
                                                    && parent.containsKey(
                                                            steps.get(steps.size() - 1).name()));
        }

        private static boolean isSameToken(Object chosen, Object value) {
            return Objects.equals(chosen, value);
        }

        private static boolean isText(Object value) {
            return value instanceof Num
                    || (value instanceof String text
                            && text.indexOf(0) < 0
                            && text.codePoints().noneMatch(p -> p >= 0xD800 && p <= 0xDFFF));
        }

        private static Object at(Object value, List<Step> steps) {
            Object at = value;
            for (Step step : steps) {
                at = at instanceof Map<?, ?> map ? map.get(step.name()) : null;
            }
            return at;
        }

        private Map<String, Object> rest(Map<?, ?> object, List<Step> above) {
            Map<String, Object> rest = new LinkedHashMap<>();
            object.forEach(
                    (name, value) -> {
                        List<Step> path = new ArrayList<>(above);
                        path.add(new Step((String) name, 0));
                        boolean absent = value == null || value.equals("");
                        if (used.contains(path) || (absent && mapped.contains(path))) {
                            return;
                        }
                        boolean inside =
                                mapped.stream()
                                        .anyMatch(
                                                each ->
                                                        each.size() > path.size()
                                                                && each.subList(0, path.size())
                                                                        .equals(path));
                        if (inside && value instanceof Map<?, ?> inner && !inner.isEmpty()) {
                            Map<String, Object> innerRest = rest(inner, path);
                            if (!innerRest.isEmpty()) {
                                rest.put((String) name, innerRest);
                            }
                        } else {
                            rest.put((String) name, value);
                        }
                    });
            return rest;
        }
    }

    @Test
    void aMappedObjectIsNotAlsoSpreadOverExtras() {
        String json =
                TestingTranslator.of(
                                """
                                mapping: m
                                source: s
                                stream: t
                                entity: aws_resources
                                fields:
                                  resource_id: id
                                  resource_type: tags.type
                                  region: {from: region, default: global}
                                  tags: tags
                                """)
                        .envelope("{\"id\":1,\"tags\":{\"type\":\"x\",\"team\":\"a\"},\"z\":{}}")
                        .toString();

        assertThat(json)
                .contains("\"tags\":{\"type\":\"x\",\"team\":\"a\"}}")
                .contains("\"extras\":{\"z\":{}}");
    }

    @Test
    void valuesThatTheEnvelopeStatesOtherwiseStayInExtrasWhereTheyDiffer() {
        TestingTranslator translator =
                TestingTranslator.ofContacts(
                        """
                        record-id: key
                        clock: [modstamp, changed]
                        delete-when: {gone: true, state: [dead, buried]}
                        fields:
                          contact_id: id
                          updated_at: changed
                        """);
        String changed = "\"changed\":\"2026-01-02T00:00:00Z\"";

        assertThat(
                        extras(
                                translator,
                                "{\"id\":1,\"key\":2,\"modstamp\":1700000000,\"gone\":false}"))
                .isEqualTo("{}");
        assertThat(extras(translator, "{\"id\":1,\"key\":2,\"modstamp\":\"soon\"," + changed + "}"))
                .isEqualTo("{\"modstamp\":\"soon\"}");
        assertThat(extras(translator, "{\"id\":1,\"key\":2,\"modstamp\":1,\"state\":\"alive\"}"))
                .isEqualTo("{\"state\":\"alive\"}");
        assertThat(extras(translator, "{\"id\":1,\"key\":2,\"modstamp\":1,\"state\":\"dead\"}"))
                .isEqualTo("{\"state\":\"dead\"}");
        translator.recordId("9");
        assertThat(extras(translator, "{\"id\":1,\"key\":2,\"modstamp\":1}"))
                .isEqualTo("{\"key\":2}");
        assertThat(extras(translator, "{\"id\":1,\"key\":9,\"modstamp\":1}")).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    extract(record.x, '^[a-z]+')       | "eu-1a"     | {"x":"eu-1a"}
                    record.x + ", " + record.y         | "eu"        | {}
                    [record.x, 'other'].join('/')      | "eu"        | {}
                    upper(record.x)                    | "eu"        | {"x":"eu"}
                    first([record.y, record.x])        | "eu"        | {"x":"eu"}
                    string(number(record.x))           | "$1,200.50" | {"x":"$1,200.50"}
                    string(record.x * 1.19)            | 100         | {"x":100}
                    record.x ? 'yes' : 'no'            | true        | {}
                    record.x == 3 ? 'won' : 'open'     | 3           | {"x":3}
                    """)
    void whatAnExpressionOnlyReadsStaysInExtras(String expression, String x, String extras) {
        TestingTranslator translator =
                TestingTranslator.ofContacts(
                        "fields: {contact_id: id, name: {expr: \""
                                + expression.replace("\"", "'")
                                + "\"}}");

        String y = expression.contains("record.y") ? "\"y\":\"y\"," : "";
        assertThat(extras(translator, "{\"id\":1," + y + "\"x\":" + x + "}")).isEqualTo(extras);
    }

    @Test
    void theOtherOfTwoDifferentIdsStaysInExtras() {
        TestingTranslator translator =
                TestingTranslator.ofContacts("fields: {contact_id: [id, vid]}");

        assertThat(extras(translator, "{\"id\":\"1\",\"vid\":\"2\"}")).isEqualTo("{\"vid\":\"2\"}");
        assertThat(extras(translator, "{\"id\":\"1\",\"vid\":\"1\"}")).isEqualTo("{}");
    }

    @Test
    void whatIsIgnoredIsInNeither() {
        TestingTranslator translator =
                TestingTranslator.ofContacts(
                        "fields: {contact_id: id, name: a.name}\nignore: [a.junk, junk, b]");

        assertThat(
                        extras(
                                translator,
                                "{\"id\":1,\"a\":{\"name\":\"n\",\"junk\":1},\"junk\":[1],"
                                        + "\"b\":{\"c\":1},\"d\":{\"junk\":1}}"))
                .isEqualTo("{\"d\":{\"junk\":1}}");
    }

    private static String extras(TestingTranslator translator, String json) {
        return translator.envelope(json).path("extras").toString();
    }
}
