package io.autonomos.mappings.language;

import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.schemas.ErrorCode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a mapping file: its form, not yet its fit to the canonical model. */
public final class MappingReader {

    /** The JSON Schema of mapping files, a resource beside this class's module root. */
    public static final String SCHEMA = "/mapping-file.schema.json";

    static final Set<String> KEYS =
            keys(
                    "mapping, version, extends, source, stream, entity, record-id, clock, each,"
                            + " filter, delete-when, format, fields, ignore, tables, tests, note");

    private static final Map<String, String> KEY_HINTS =
            Map.of(
                    "mapping", "Write mapping: and a name that no other mapping has.",
                    "source", "Write source: and the kind of system, such as salesforce.",
                    "stream", "Write stream: and the object or table, such as Account.",
                    "entity", "Write entity: and what the records become, such as account.",
                    "fields", "Write fields: and below it canonical_field: SourceField.");

    private final YamlReader yaml;
    private final Supplier<Map<String, Mapping>> bases;
    private Mapping base;

    private MappingReader(String file, Supplier<Map<String, Mapping>> bases) {
        yaml = new YamlReader(file);
        this.bases = bases;
    }

    /** The keys that a file and its fields may have. */
    public static Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>(KEYS);
        keys.addAll(FieldReader.KEYS);
        return keys;
    }

    /**
     * Reads one file that extends no other.
     *
     * @throws MappingException with every problem found
     */
    public static Mapping read(String file, byte[] content) {
        return read(file, content, Map::of);
    }

    /**
     * Reads one file.
     *
     * @param bases the mappings that a file may extend, by id; asked for only where it does
     * @throws MappingException with every problem found
     */
    public static Mapping read(String file, byte[] content, Supplier<Map<String, Mapping>> bases) {
        MappingReader reader = new MappingReader(file, bases);
        Mapping mapping = reader.read(FileText.of(file, content));
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
        Map<String, Entry> top = yaml.entries(root, KEYS);
        base = base(top.get("extends"));
        for (String key : List.of("mapping", "source", "stream", "entity", "fields")) {
            boolean inherited = top.containsKey("extends") && !key.equals("mapping");
            if (!top.containsKey(key) && !inherited) {
                yaml.problem(
                        ErrorCode.MAPPING_KEY,
                        yaml.place(root),
                        "the key " + key + " is missing.",
                        KEY_HINTS.get(key));
            }
        }
        Map<String, Map<String, String>> tables = tables(top.get("tables"));
        Entry delete = top.get("delete-when");
        Entry id = top.get("record-id");
        Entry clock = top.get("clock");
        IdentityReader identity = new IdentityReader(yaml);
        boolean deletesByExpression = delete != null && delete.value() instanceof ScalarNode;
        return new Mapping(
                name(top.get("mapping")),
                version(top.get("version")),
                own(top.get("source"), this::names, Mapping::sources),
                own(top.get("stream"), this::names, Mapping::streams),
                own(top.get("entity"), this::name, Mapping::entity),
                own(
                        id,
                        e -> IdentityReader.isExpression(e) ? List.of() : identity.recordId(e),
                        Mapping::recordId),
                own(
                        clock,
                        e -> IdentityReader.isExpression(e) ? List.of() : yaml.paths(e),
                        Mapping::clock),
                own(id, identity::expression, Mapping::idBy),
                own(clock, identity::expression, Mapping::clockBy),
                own(top.get("each"), identity::each, Mapping::each),
                own(top.get("each"), identity::isOrOuter, Mapping::eachOrOuter),
                own(top.get("filter"), yaml::code, Mapping::filter),
                deletesByExpression
                        ? Map.of()
                        : own(delete, identity::deleteWhen, Mapping::deleteWhen),
                deletesByExpression
                        ? yaml.code(delete)
                        : delete == null && base != null ? base.deleteIf() : null,
                own(top.get("format"), yaml::texts, Mapping::formats),
                fields(top.get("fields"), tables),
                own(top.get("ignore"), yaml::paths, Mapping::ignore),
                tables,
                new TestReader(yaml).read(top.get("tests")),
                yaml.text(top.get("note"), null),
                yaml.place(root),
                places(top));
    }

    private Map<String, Place> places(Map<String, Entry> top) {
        Map<String, Place> places = new LinkedHashMap<>();
        top.forEach(
                (key, entry) ->
                        places.put(
                                key,
                                yaml.place(key.equals("entity") ? entry.value() : entry.key())));
        return places;
    }

    private Mapping base(Entry entry) {
        String id = yaml.text(entry, null);
        if (id == null) {
            return null;
        }
        Map<String, Mapping> known = bases.get();
        Mapping found = known.get(id);
        if (found == null) {
            yaml.problem(
                    ErrorCode.MAPPING_BASE,
                    yaml.place(entry.value()),
                    "there is no mapping " + id + " to extend.",
                    Suggestion.near(id, known.keySet()).orElse(ErrorCode.MAPPING_BASE.remedy()));
        }
        return found;
    }

    /** What the file states, else what the mapping states that it extends. */
    private <T> T own(Entry entry, Function<Entry, T> read, Function<Mapping, T> inherited) {
        return entry == null && base != null ? inherited.apply(base) : read.apply(entry);
    }

    private Map<String, Map<String, String>> tables(Entry entry) {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        if (base != null) {
            tables.putAll(base.tables());
        }
        if (entry != null) {
            yaml.entries(entry.value()).forEach((name, each) -> tables.put(name, yaml.map(each)));
        }
        return tables;
    }

    private String name(Entry entry) {
        String name = yaml.text(entry, "");
        if (entry != null && name.isBlank()) {
            wrong(entry.value(), "a name is expected.", null);
        }
        return name;
    }

    private List<String> names(Entry entry) {
        List<String> names = yaml.texts(entry);
        if (entry != null && (names.isEmpty() || names.stream().anyMatch(String::isBlank))) {
            wrong(entry.value(), "a name or a list of names is expected.", null);
        }
        return names;
    }

    private int version(Entry entry) {
        if (entry == null) {
            return 1;
        }
        String text = yaml.scalar(entry.value());
        if (text == null || !text.matches("[1-9][0-9]{0,8}")) {
            wrong(
                    entry.value(),
                    "version must be a whole number from 1.",
                    "Write version: 1, or leave it out; the registry counts by itself.");
            return 1;
        }
        return Integer.parseInt(text);
    }

    /** The fields by name: those of the base, each replaced, left out by null, or added to. */
    private List<FieldRule> fields(Entry entry, Map<String, Map<String, String>> tables) {
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        if (base != null) {
            base.fields().forEach(rule -> rules.put(rule.name(), rule));
        }
        if (entry != null) {
            FieldReader reader = new FieldReader(yaml, tables);
            yaml.entries(entry.value())
                    .forEach(
                            (name, each) -> {
                                if (base != null && YamlReader.isNull(each.value())) {
                                    rules.remove(name);
                                } else {
                                    rules.put(name, reader.read(name, each));
                                }
                            });
        }
        return List.copyOf(rules.values());
    }

    private void wrong(Node node, String message, String hint) {
        yaml.problem(ErrorCode.MAPPING_VALUE, yaml.place(node), message, hint);
    }

    static Set<String> keys(String list) {
        return new LinkedHashSet<>(List.of(list.split(",\\s*")));
    }
}
