package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.mappings.scan.StrictJackson;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What each kind of value becomes in each type of field: the cases of {@code specs/*.yaml}, which
 * say in their first lines how to read them.
 */
class CastSpecTest {

    private record Case(
            String file,
            String field,
            String rule,
            boolean rejects,
            String in,
            String out,
            String note) {

        @Override
        public String toString() {
            return "%s %s %s: %s => %s".formatted(file, field, rule, in, out);
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Resources.Resource file :
                Resources.list(CastSpecTest.class.getClassLoader(), "specs", ".yaml")) {
            Object groups =
                    new Load(LoadSettings.builder().setLabel(file.name()).build())
                            .loadFromString(new String(file.bytes(), StandardCharsets.UTF_8));
            for (Object each : (List<?>) groups) {
                Map<?, ?> group = (Map<?, ?>) each;
                for (Object line : (List<?>) group.get("cases")) {
                    cases.add(read(file.name(), group, (String) line));
                }
            }
        }
        assertThat(cases.size()).isGreaterThan(500);
        return cases.stream();
    }

    private static Case read(String file, Map<?, ?> group, String line) {
        int arrow = line.lastIndexOf(" => ");
        String result = line.substring(arrow + 4);
        int semicolon = result.lastIndexOf("; ");
        boolean noted = semicolon > 0 && result.substring(semicolon + 2).matches("[a-z-]+");
        String rule = (String) group.get("rule");
        return new Case(
                file,
                (String) group.get("field"),
                rule == null ? "x" : rule,
                Boolean.TRUE.equals(group.get("reject")),
                line.substring(0, arrow),
                noted ? result.substring(0, semicolon) : result,
                noted ? result.substring(semicolon + 2) : null);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void becomesWhatTheSpecSays(Case each) {
        String[] name = each.field.split("\\.");
        EntitySchema entity = EntityModel.shipped().entity(name[0]);
        EntityField field = entity.field(name[1]);
        TestingTranslator translator = TestingTranslator.of(mapping(entity, field, each.rule));
        byte[] json =
                "{\"given\":\"0\",\"x\":%s}".formatted(each.in).getBytes(StandardCharsets.UTF_8);
        boolean error = each.out.startsWith("AOS-");
        boolean missing = each.out.equals("AOS-310");

        if (missing || (error && (field.required() || each.rejects))) {
            assertThat(translator.fault(json).code()).isEqualTo(each.out);
            assertThat(translator.fault(json).field()).isEqualTo(field.name());
            return;
        }
        CanonicalEvent event = translator.event(json);
        String token = EventValues.token(event, field);
        assertThat(token).isEqualTo(error || each.out.equals("absent") ? null : each.out);
        String note = error ? "null" : each.note;
        assertThat(notes(event, field, error ? each.out : "")).isEqualTo(note == null ? "" : note);
        boolean kept = error || "truncated".equals(note) || "rounded".equals(note);
        String extras =
                new String(
                        event.json(),
                        event.extrasStart(),
                        extrasLength(event),
                        StandardCharsets.UTF_8);
        assertThat(extras).isEqualTo(kept ? "{\"x\":" + each.in + "}" : "{}");
    }

    /** The kinds of the field's notes; a note of an error names its code. */
    private static String notes(CanonicalEvent event, EntityField field, String code) {
        byte[] json = event.json();
        String text = new String(json, StandardCharsets.UTF_8);
        int from = text.indexOf("\"changes\":[") + "\"changes\":".length();
        String changes = text.substring(from, text.indexOf(",\"event_time\"", from));
        List<String> kinds = new ArrayList<>();
        for (JsonNode change : StrictJackson.tree(changes.getBytes(StandardCharsets.UTF_8))) {
            if (change.path("field").asText().equals(field.name())) {
                assertThat(change.path("reason").asText()).startsWith(code).isNotEmpty();
                kinds.add(change.path("kind").asText());
            }
        }
        return String.join(",", kinds);
    }

    private static int extrasLength(CanonicalEvent event) {
        return event.extrasEnd() - event.extrasStart();
    }

    private static String mapping(EntitySchema entity, EntityField tested, String rule) {
        StringBuilder mapping = new StringBuilder();
        mapping.append("mapping: m\nsource: testing\nstream: things\nentity: ")
                .append(entity.name())
                .append("\nrecord-id: given\nfields:\n");
        for (EntityField field : entity.fields()) {
            if (field.equals(tested)) {
                mapping.append("  ").append(field.name()).append(": ").append(rule).append('\n');
            } else if (field.required()) {
                mapping.append("  ").append(field.name()).append(": given\n");
            }
        }
        return mapping.toString();
    }
}
