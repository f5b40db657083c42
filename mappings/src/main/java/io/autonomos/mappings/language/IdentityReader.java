package io.autonomos.mappings.language;

import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads which records a mapping sees: their ids, their elements, and which of them are gone. */
final class IdentityReader {

    private final YamlReader yaml;

    IdentityReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    /** Paths of which the first present counts, or {@code {join: [part, [path, path], ...]}}. */
    List<List<SourcePath>> recordId(Entry entry) {
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof MappingNode)) {
            List<SourcePath> paths = yaml.paths(entry);
            return paths.isEmpty() ? List.of() : List.of(paths);
        }
        List<List<SourcePath>> parts = new ArrayList<>();
        Entry join = yaml.entries(entry.value(), MappingReader.keys("join")).get("join");
        List<Node> nodes = join == null ? List.of() : yaml.oneOrMore(join.value());
        nodes.forEach(part -> parts.add(yaml.paths(new Entry(join.key(), part))));
        if (parts.size() < 2) {
            wrong(
                    entry.value(),
                    "record-id joins at least two parts.",
                    "Write record-id: {join: [Path, [Path, OtherPath]]}, or a path alone.");
        }
        return parts;
    }

    /** Whether a key states {@code {expr: ...}} in place of paths. */
    static boolean isExpression(Entry entry) {
        return entry != null
                && entry.value() instanceof MappingNode node
                && node.getValue().stream()
                        .anyMatch(
                                each ->
                                        each.getKeyNode() instanceof ScalarNode key
                                                && key.getValue().equals("expr"));
    }

    Code expression(Entry entry) {
        return isExpression(entry)
                ? yaml.code(yaml.entries(entry.value(), MappingReader.keys("expr")).get("expr"))
                : null;
    }

    Map<SourcePath, Set<String>> deleteWhen(Entry entry) {
        Map<SourcePath, Set<String>> rules = new LinkedHashMap<>();
        if (entry == null) {
            return rules;
        }
        yaml.entries(entry.value())
                .forEach(
                        (key, each) -> {
                            SourcePath path = yaml.path(key, each.key());
                            Set<String> values = new LinkedHashSet<>();
                            for (String value : yaml.texts(each)) {
                                values.add(value.toLowerCase(Locale.ROOT));
                            }
                            if (values.isEmpty()) {
                                wrong(
                                        each.value(),
                                        "the values that mean a delete are expected.",
                                        "Write " + key + ": true, or a list of values.");
                            }
                            if (path != null) {
                                rules.put(path, values);
                            }
                        });
        return rules;
    }

    List<SourcePath> each(Entry entry) {
        List<SourcePath> arrays = new ArrayList<>();
        String text = yaml.text(entry, null);
        if (text == null) {
            return arrays;
        }
        String names = text.endsWith("?") ? text.substring(0, text.length() - 1) : text;
        if (!names.endsWith("[]")) {
            yaml.problem(
                    ErrorCode.MAPPING_PATH,
                    yaml.place(entry.value()),
                    "each must end with [].",
                    "Write each: Name[] or Outer[].Inner[].");
            return arrays;
        }
        for (String part : names.substring(0, names.length() - 2).split("\\[\\]\\.", -1)) {
            SourcePath path = yaml.path(part, entry.value());
            if (path != null) {
                arrays.add(path);
            }
        }
        return arrays;
    }

    boolean isOrOuter(Entry entry) {
        return entry != null && yaml.text(entry, "").endsWith("?");
    }

    private void wrong(Node node, String message, String hint) {
        yaml.problem(ErrorCode.MAPPING_VALUE, yaml.place(node), message, hint);
    }
}
