package io.autonomos.mappings.edit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Mapping.OnError;
import io.autonomos.mappings.scan.SourcePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a mapping as the text of a file that extends no other. Comments and tests stay behind;
 * read again, the text gives the same rules.
 */
public final class MappingWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder out = new StringBuilder();

    private MappingWriter() {}

    /** The text of a mapping. */
    public static String write(Mapping mapping) {
        MappingWriter writer = new MappingWriter();
        writer.mapping(mapping);
        return writer.out.toString();
    }

    private void mapping(Mapping mapping) {
        line("mapping", quoted(mapping.id()));
        line("version", Integer.toString(mapping.version()));
        line("source", texts(mapping.sources()));
        line("stream", texts(mapping.streams()));
        line("entity", quoted(mapping.entity()));
        optional("note", mapping.note());
        if (mapping.recordId().size() == 1) {
            line("record-id", paths(mapping.recordId().get(0)));
        } else if (!mapping.recordId().isEmpty()) {
            line(
                    "record-id",
                    mapping.recordId().stream()
                            .map(MappingWriter::paths)
                            .collect(Collectors.joining(", ", "{join: [", "]}")));
        }
        expression("record-id", mapping.idBy());
        expression("clock", mapping.clockBy());
        if (!mapping.clock().isEmpty()) {
            line("clock", paths(mapping.clock()));
        }
        if (!mapping.each().isEmpty()) {
            line(
                    "each",
                    mapping.each().stream()
                            .map(SourcePath::toString)
                            .collect(
                                    Collectors.collectingAndThen(
                                            Collectors.joining("[]."),
                                            text ->
                                                    quoted(
                                                            text
                                                                    + (mapping.eachOrOuter()
                                                                            ? "[]?"
                                                                            : "[]")))));
        }
        code("filter", mapping.filter());
        deletes(mapping);
        if (!mapping.formats().isEmpty()) {
            line("format", texts(mapping.formats()));
        }
        if (!mapping.ignore().isEmpty()) {
            line("ignore", paths(mapping.ignore()));
        }
        if (!mapping.tables().isEmpty()) {
            out.append("tables:\n");
            mapping.tables().forEach((name, table) -> line("  " + quoted(name), map(table)));
        }
        out.append("fields:\n");
        mapping.fields().forEach(rule -> line("  " + rule.name(), rule(rule)));
    }

    private void deletes(Mapping mapping) {
        code("delete-when", mapping.deleteIf());
        if (!mapping.deleteWhen().isEmpty()) {
            out.append("delete-when:\n");
            mapping.deleteWhen()
                    .forEach((path, values) -> line("  " + quoted(path.toString()), texts(values)));
        }
    }

    private void code(String key, Code code) {
        optional(key, code == null ? null : code.text());
    }

    private void expression(String key, Code code) {
        if (code != null) {
            line(key, "{expr: " + quoted(code.text()) + "}");
        }
    }

    private void optional(String key, String text) {
        if (text != null) {
            line(key, quoted(text));
        }
    }

    private void line(String key, String value) {
        out.append(key).append(": ").append(value).append('\n');
    }

    /** One field's rule as it stands behind the field's name. */
    static String rule(FieldRule rule) {
        List<String> keys = new ArrayList<>();
        if (!rule.from().isEmpty()) {
            keys.add("from: " + paths(rule.from()));
        }
        add(keys, "expr", rule.expression() == null ? null : rule.expression().text());
        add(keys, "const", rule.constant());
        add(keys, "when", rule.when() == null ? null : rule.when().text());
        if (!rule.normalize().isEmpty()) {
            keys.add("normalize: " + texts(rule.normalize().stream().map(n -> n.key()).toList()));
        }
        add(keys, "region", rule.region());
        add(keys, "cast", rule.cast());
        if (!rule.formats().isEmpty()) {
            keys.add("format: " + texts(rule.formats()));
        }
        if (rule.values() != null) {
            keys.add("values: " + map(rule.values()));
        }
        if (rule.keepUnmapped()) {
            keys.add("keep-unmapped: true");
        }
        if (rule.scale() != null) {
            keys.add("scale: " + rule.scale().toPlainString());
        }
        add(keys, "split", rule.split());
        if (rule.entries() != null) {
            keys.add(
                    "entries: {key: %s, value: %s}"
                            .formatted(
                                    quoted(rule.entries().key()), quoted(rule.entries().value())));
        }
        add(keys, "default", rule.defaultValue());
        if (rule.onError() != OnError.UNSTATED) {
            add(keys, "on-error", rule.onError() == OnError.REJECT ? "reject" : "null");
        }
        add(keys, "note", rule.note());
        boolean pathsAlone = keys.size() == 1 && !rule.from().isEmpty();
        return pathsAlone ? paths(rule.from()) : "{" + String.join(", ", keys) + "}";
    }

    private static void add(List<String> keys, String key, String text) {
        if (text != null) {
            keys.add(key + ": " + quoted(text));
        }
    }

    private static String paths(List<SourcePath> paths) {
        return texts(paths.stream().map(SourcePath::toString).toList());
    }

    private static String texts(Collection<String> texts) {
        return texts.stream()
                .map(MappingWriter::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String map(Map<String, String> map) {
        List<String> entries = new ArrayList<>();
        map.forEach(
                (key, value) ->
                        entries.add(quoted(key) + ": " + (value == null ? "null" : quoted(value))));
        return "{" + String.join(", ", entries) + "}";
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
