package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.TestCase;
import io.autonomos.mappings.language.TestCase.Output;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tests inside each shipped mapping must reach: every path, every field with null and with
 * a value that does not fit, every required field missing, every way of deleting.
 */
class ShippedTestsCoverageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void everyPathGivesItsFieldAValueInSomeTest(String id, Mapping mapping) {
        List<String> missing = new ArrayList<>();
        for (FieldRule rule : mapping.fields()) {
            for (SourcePath path : rule.from()) {
                if (upserts(mapping).noneMatch(each -> each.gives(rule, path))) {
                    missing.add(rule.name() + " <- " + path);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void everyOptionalFieldIsNullInSomeTest(String id, Mapping mapping) {
        Set<String> required = required(mapping);

        assertThat(mapping.fields())
                .filteredOn(rule -> !required.contains(rule.name()))
                .allMatch(rule -> upserts(mapping).anyMatch(each -> each.hasNullFor(rule)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void everyFieldHasAValueThatDoesNotFitInSomeTest(String id, Mapping mapping) {
        assertThat(mapping.fields()).allMatch(rule -> isRefused(mapping, rule.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void everyRequiredFieldIsMissingInSomeTest(String id, Mapping mapping) {
        Set<String> required = required(mapping);

        assertThat(mapping.fields())
                .filteredOn(rule -> required.contains(rule.name()) && rule.defaultValue() == null)
                .allMatch(rule -> fails(mapping, "AOS-310", rule.name()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void everyWayOfDeletingIsTested(String id, Mapping mapping) {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<SourcePath, Set<String>> way : mapping.deleteWhen().entrySet()) {
            for (String value : way.getValue()) {
                if (events(mapping).noneMatch(each -> each.isDeletedBy(way.getKey(), value))) {
                    missing.add(way.getKey() + ": " + value);
                }
            }
        }
        boolean byId =
                mapping.tests().stream()
                        .filter(test -> RawRecord.DELETE.equals(test.op()) && test.id() != null)
                        .anyMatch(
                                test ->
                                        mapping.each().isEmpty()
                                                ? test.outputs() != null
                                                        && test.outputs().get(0).delete()
                                                : test.error() != null);

        assertThat(missing).isEmpty();
        assertThat(byId).as("a delete by its address alone").isTrue();
    }

    static Stream<Arguments> mappings() {
        return MappingCatalog.shipped().mappings().stream().map(m -> Arguments.of(m.id(), m));
    }

    private static Set<String> required(Mapping mapping) {
        EntitySchema entity = EntityModel.shipped().entity(mapping.entity());
        return entity.fields().stream()
                .filter(field -> field.required())
                .map(field -> field.name())
                .collect(Collectors.toSet());
    }

    private static boolean isRefused(Mapping mapping, String field) {
        boolean noted =
                events(mapping)
                        .filter(each -> each.output.changes() != null)
                        .flatMap(each -> each.output.changes().stream())
                        .anyMatch(change -> change.startsWith(field + " null AOS-3"));
        return noted
                || mapping.tests().stream()
                        .map(TestCase::error)
                        .anyMatch(
                                error ->
                                        error != null
                                                && field.equals(error.field())
                                                && error.code().startsWith("AOS-3")
                                                && !error.code().equals("AOS-310"));
    }

    private static boolean fails(Mapping mapping, String code, String field) {
        return mapping.tests().stream()
                .map(TestCase::error)
                .anyMatch(e -> e != null && e.code().equals(code) && field.equals(e.field()));
    }

    private static Stream<Event> upserts(Mapping mapping) {
        return events(mapping).filter(each -> !each.output.delete());
    }

    private static Stream<Event> events(Mapping mapping) {
        return mapping.tests().stream()
                .filter(test -> test.outputs() != null && test.input().startsWith("{"))
                .flatMap(
                        test -> {
                            JsonNode input = json(test.input());
                            return test.outputs().stream().map(out -> new Event(input, out));
                        });
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One expected event of a test, beside the test's input. */
    private record Event(JsonNode input, Output output) {

        /** Whether the path is the one whose value the field has. */
        boolean gives(FieldRule rule, SourcePath path) {
            for (SourcePath each : rule.from()) {
                boolean present = at(each).anyMatch(Event::isValue);
                if (present) {
                    return each.equals(path) && has(rule.name());
                }
            }
            return false;
        }

        /** Whether a source of the field is null, and the field absent or its default. */
        boolean hasNullFor(FieldRule rule) {
            boolean isNull =
                    rule.from().isEmpty()
                            || rule.from().stream().anyMatch(p -> at(p).anyMatch(JsonNode::isNull));
            boolean absent =
                    rule.defaultValue() == null
                            ? !has(rule.name())
                            : changes().contains(rule.name() + " default");
            return isNull && absent;
        }

        boolean isDeletedBy(SourcePath path, String value) {
            return output.delete()
                    && at(path).filter(Event::isValue)
                            .map(node -> node.asText().toLowerCase(Locale.ROOT))
                            .anyMatch(text -> value.equals("*") || text.equals(value));
        }

        private boolean has(String field) {
            return output.data() != null && output.data().has(field);
        }

        private List<String> changes() {
            return output.changes() == null ? List.of() : output.changes();
        }

        private static boolean isValue(JsonNode node) {
            return !node.isNull() && !(node.isTextual() && node.asText().isEmpty());
        }

        /** What stands at a path; where it leads through an array, of each element. */
        private Stream<JsonNode> at(SourcePath path) {
            Stream<JsonNode> nodes = Stream.of(input);
            for (SourcePath.Step step : path.steps()) {
                nodes =
                        step.name() == null
                                ? nodes.map(node -> node.path(step.index()))
                                : nodes.flatMap(Event::elements).map(n -> n.path(step.name()));
            }
            return nodes.filter(node -> !node.isMissingNode());
        }

        private static Stream<JsonNode> elements(JsonNode node) {
            return node.isArray()
                    ? StreamSupport.stream(node.spliterator(), false)
                    : Stream.of(node);
        }
    }
}
