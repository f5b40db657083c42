package io.autonomos.mappings.language;

import io.autonomos.mappings.language.Mapping.Entries;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a mapping file: its form, not yet its fit to the canonical model. */
public final class MappingReader {

    private static final Set<String> TOP =
            keys(
                    "mapping, version, source, stream, entity, record-id, clock, each,"
                            + " delete-when, fields, ignore");
    private static final Set<String> FIELD =
            keys(
                    "from, cast, format, values, keep-unmapped, scale, split, entries, default,"
                            + " on-error");

    private final YamlReader yaml;

    private MappingReader(String file) {
        yaml = new YamlReader(file);
    }

    /**
     * Reads one file.
     *
     * @throws MappingException with every problem found
     */
    public static Mapping read(String file, byte[] content) {
        MappingReader reader = new MappingReader(file);
        Mapping mapping = reader.read(new String(content, StandardCharsets.UTF_8));
        if (!reader.yaml.problems().isEmpty()) {
            throw new MappingException(reader.yaml.problems());
        }
        return mapping;
    }

    private Mapping read(String text) {
        MappingNode root = yaml.root(text);
        if (root == null) {
            return null;
        }
        Map<String, Entry> top = yaml.entries(root, TOP);
        for (String key : List.of("mapping", "source", "stream", "entity", "fields")) {
            if (!top.containsKey(key)) {
                yaml.problem(
                        ErrorCode.MAPPING_KEY,
                        yaml.place(root),
                        "the key " + key + " is missing.",
                        null);
            }
        }
        return new Mapping(
                one(top, "mapping", ""),
                version(top.get("version")),
                texts(top.get("source")),
                texts(top.get("stream")),
                one(top, "entity", ""),
                recordId(top.get("record-id")),
                paths(top.get("clock")),
                each(top.get("each")),
                deleteWhen(top.get("delete-when")),
                fields(top.get("fields")),
                paths(top.get("ignore")),
                yaml.place(root));
    }

    /** Paths of which the first present counts, or {@code {join: [part, [path, path], ...]}}. */
    private List<List<SourcePath>> recordId(Entry entry) {
        if (entry == null) {
            return List.of();
        }
        if (!(entry.value() instanceof MappingNode)) {
            return List.of(paths(entry));
        }
        List<List<SourcePath>> parts = new ArrayList<>();
        Entry join = yaml.entries(entry.value(), keys("join")).get("join");
        List<Node> nodes = join == null ? List.of() : yaml.oneOrMore(join.value());
        nodes.forEach(part -> parts.add(paths(new Entry(join.key(), part))));
        if (parts.size() < 2) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(entry.value()),
                    "record-id joins at least two parts.",
                    "Write record-id: {join: [Path, [Path, OtherPath]]}, or a path alone.");
        }
        return parts;
    }

    private int version(Entry entry) {
        String text = entry == null ? "1" : yaml.scalar(entry.value());
        if (text == null || !text.matches("[1-9][0-9]{0,8}")) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(entry.value()),
                    "version must be a whole number from 1.",
                    null);
            return 1;
        }
        return Integer.parseInt(text);
    }

    private List<FieldRule> fields(Entry entry) {
        List<FieldRule> rules = new ArrayList<>();
        if (entry != null) {
            yaml.entries(entry.value()).forEach((name, each) -> rules.add(field(name, each)));
        }
        return rules;
    }

    private FieldRule field(String name, Entry entry) {
        Node value = entry.value();
        Place place = yaml.place(entry.key());
        if (!(value instanceof MappingNode)) {
            List<SourcePath> from = paths(entry);
            return new FieldRule(
                    name, place, from, null, List.of(), null, false, null, null, null, null, false);
        }
        Map<String, Entry> keys = yaml.entries(value, FIELD);
        if (!keys.containsKey("from") && !keys.containsKey("default")) {
            yaml.problem(
                    ErrorCode.MAPPING_KEY,
                    place,
                    "the field " + name + " has neither from nor default.",
                    "Write " + name + ": {from: SourceField}.");
        }
        return new FieldRule(
                name,
                place,
                paths(keys.get("from")),
                one(keys, "cast", null),
                texts(keys.get("format")),
                values(keys.get("values")),
                flag(keys.get("keep-unmapped")),
                scale(keys.get("scale")),
                separator(keys),
                pair(keys.get("entries")),
                one(keys, "default", null),
                onError(keys.get("on-error")));
    }

    private String separator(Map<String, Entry> keys) {
        String separator = one(keys, "split", null);
        if (separator != null && separator.isEmpty()) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(keys.get("split").value()),
                    "split must not be empty.",
                    "Write the text between two elements, such as \",\".");
            return null;
        }
        return separator;
    }

    private Map<String, String> values(Entry entry) {
        if (entry == null) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        yaml.entries(entry.value())
                .forEach((key, each) -> values.put(key, yaml.scalar(each.value())));
        return values;
    }

    private Entries pair(Entry entry) {
        if (entry == null) {
            return null;
        }
        Map<String, Entry> keys = yaml.entries(entry.value(), keys("key, value"));
        return new Entries(one(keys, "key", "key"), one(keys, "value", "value"));
    }

    private BigDecimal scale(Entry entry) {
        if (entry == null) {
            return null;
        }
        String text = yaml.scalar(entry.value());
        if (text != null && text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            BigDecimal scale = new BigDecimal(text);
            if (scale.signum() != 0) {
                return scale;
            }
        }
        yaml.problem(
                ErrorCode.MAPPING_VALUE,
                yaml.place(entry.value()),
                "scale must be a number other than 0, such as 100 or 0.01.",
                null);
        return null;
    }

    private boolean flag(Entry entry) {
        String text = entry == null ? "false" : yaml.scalar(entry.value());
        if (!"true".equals(text) && !"false".equals(text)) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(entry.value()),
                    "true or false is expected.",
                    null);
        }
        return "true".equals(text);
    }

    private boolean onError(Entry entry) {
        String text = entry == null ? null : yaml.scalar(entry.value());
        if (text != null && !text.equals("reject") && !text.equals("null")) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(entry.value()),
                    "on-error is null or reject, not " + text + ".",
                    null);
        }
        return "reject".equals(text);
    }

    private Map<SourcePath, Set<String>> deleteWhen(Entry entry) {
        Map<SourcePath, Set<String>> rules = new LinkedHashMap<>();
        if (entry != null) {
            yaml.entries(entry.value())
                    .forEach(
                            (key, each) -> {
                                SourcePath path = path(key, each.key());
                                Set<String> values = new LinkedHashSet<>();
                                for (String value : texts(each)) {
                                    values.add(value.toLowerCase(Locale.ROOT));
                                }
                                if (path != null) {
                                    rules.put(path, values);
                                }
                            });
        }
        return rules;
    }

    private List<SourcePath> each(Entry entry) {
        List<SourcePath> arrays = new ArrayList<>();
        String text = entry == null ? null : yaml.scalar(entry.value());
        if (text == null) {
            return arrays;
        }
        if (!text.endsWith("[]")) {
            yaml.problem(
                    ErrorCode.MAPPING_PATH,
                    yaml.place(entry.value()),
                    "each must end with [].",
                    "Write each: Name[] or Outer[].Inner[].");
            return arrays;
        }
        for (String part : text.substring(0, text.length() - 2).split("\\[\\]\\.", -1)) {
            SourcePath path = path(part, entry.value());
            if (path != null) {
                arrays.add(path);
            }
        }
        return arrays;
    }

    private List<SourcePath> paths(Entry entry) {
        List<SourcePath> paths = new ArrayList<>();
        if (entry != null) {
            for (Node node : yaml.oneOrMore(entry.value())) {
                String text = yaml.scalar(node);
                SourcePath path = text == null ? null : path(text, node);
                if (path != null) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    private SourcePath path(String text, Node node) {
        try {
            return SourcePath.parse(text);
        } catch (IllegalArgumentException e) {
            yaml.problem(
                    ErrorCode.MAPPING_PATH,
                    yaml.place(node),
                    "the path " + text + " cannot be read: " + e.getMessage() + ".",
                    "Names with other characters stand in quotes: '\"@odata.etag\"'.");
            return null;
        }
    }

    private List<String> texts(Entry entry) {
        List<String> texts = new ArrayList<>();
        if (entry != null) {
            for (Node node : yaml.oneOrMore(entry.value())) {
                String text = yaml.scalar(node);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    private String one(Map<String, Entry> entries, String key, String absent) {
        Entry entry = entries.get(key);
        String text = entry == null ? null : yaml.scalar(entry.value());
        return text == null ? absent : text;
    }

    private static Set<String> keys(String list) {
        return new LinkedHashSet<>(List.of(list.split(",\\s*")));
    }
}
