package io.autonomos.mappings;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.PlanCompiler;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The mappings known for each source and stream. Each is compiled when it is first asked for.
 *
 * <p>Names match without regard to case, {@code _}, {@code -} and spaces; a stream may also be
 * called by its entity, singular or plural, where the source has one mapping for it. The source
 * {@value #FILES} holds one mapping per entity for files whose headers use canonical names.
 */
public final class MappingCatalog {

    /** The source of files with canonical headers. */
    public static final String FILES = "files";

    private static final String FOLDER = "mappings";

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> sourceNames = new LinkedHashMap<>();
    private final Map<String, Entry> byAddress = new LinkedHashMap<>();
    private final Map<String, Set<String>> streams = new TreeMap<>();

    private MappingCatalog() {}

    /**
     * A mapping with its file's text, or null where it has none, and the plan once there is one.
     */
    private static final class Entry {

        private final Mapping mapping;
        private final String content;
        private final EntityModel model;
        private Plan plan;

        Entry(Mapping mapping, String content, EntityModel model) {
            this.mapping = mapping;
            this.content = content;
            this.model = model;
        }

        synchronized Plan plan() {
            if (plan == null) {
                plan = PlanCompiler.compile(mapping, model);
            }
            return plan;
        }
    }

    /** The mappings that ship with this version. */
    public static MappingCatalog shipped() {
        return Shipped.CATALOG;
    }

    /** Read on first use: most classes of this module do not need it. */
    private static final class Shipped {
        private static final MappingCatalog CATALOG =
                load(MappingCatalog.class.getClassLoader(), EntityModel.shipped());
    }

    private static MappingCatalog load(ClassLoader loader, EntityModel model) {
        MappingCatalog catalog = new MappingCatalog();
        for (Resources.Resource file : Resources.list(loader, FOLDER, ".yaml")) {
            Mapping mapping = MappingReader.read(file.name(), file.bytes());
            String content = new String(file.bytes(), StandardCharsets.UTF_8);
            catalog.add(new Entry(mapping, content, model));
        }
        List<Entry> ofFiles = List.copyOf(catalog.entries.values());
        for (EntitySchema entity : model.entities()) {
            catalog.add(new Entry(identity(entity), null, model));
        }
        catalog.addEntityNames(ofFiles);
        return catalog;
    }

    /**
     * Compiles a mapping file against the shipped model; the one way that commands, registry and
     * job share.
     *
     * @param file what problems call it
     * @throws MappingException with every problem found
     */
    public static CompiledMapping compile(String file, byte[] yaml) {
        Mapping mapping = MappingReader.read(file, yaml, () -> shipped().byId());
        return new CompiledMapping(mapping, PlanCompiler.compile(mapping, EntityModel.shipped()));
    }

    /** Whether two names of sources or streams mean the same. */
    public static boolean isSameName(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private void add(Entry entry) {
        Mapping mapping = entry.mapping;
        entries.put(mapping.id(), entry);
        streams.computeIfAbsent(mapping.sources().get(0), s -> new TreeSet<>())
                .add(mapping.streams().get(0));
        for (String source : mapping.sources()) {
            sourceNames.putIfAbsent(normal(source), mapping.sources().get(0));
            for (String stream : mapping.streams()) {
                Entry other = byAddress.putIfAbsent(address(source, stream), entry);
                if (other != null && other != entry) {
                    throw new MappingException(
                            List.of(
                                    new Problem(
                                            ErrorCode.MAPPING_DUPLICATE,
                                            mapping.place(),
                                            "%s and %s both claim stream %s of source %s."
                                                    .formatted(
                                                            other.mapping.id(),
                                                            mapping.id(),
                                                            stream,
                                                            source),
                                            ErrorCode.MAPPING_DUPLICATE.remedy())));
                }
            }
        }
    }

    private void addEntityNames(List<Entry> known) {
        for (Entry entry : known) {
            Mapping mapping = entry.mapping;
            long claims =
                    known.stream()
                            .map(each -> each.mapping)
                            .filter(m -> m.entity().equals(mapping.entity()))
                            .filter(m -> m.sources().get(0).equals(mapping.sources().get(0)))
                            .count();
            if (claims == 1) {
                for (String source : mapping.sources()) {
                    for (String name : names(mapping.entity())) {
                        byAddress.putIfAbsent(address(source, name), entry);
                    }
                }
            }
        }
    }

    private static Mapping identity(EntitySchema entity) {
        Place place = new Place("files-" + entity.name(), 1, 1);
        List<FieldRule> fields = new ArrayList<>();
        for (EntityField field : entity.fields()) {
            fields.add(
                    FieldRule.of(
                            field.name(),
                            place,
                            List.of(SourcePath.ofName(field.name())),
                            field.type() == FieldType.TEXT_LIST ? ";" : null));
        }
        return new Mapping(
                "files-" + entity.name(),
                1,
                List.of(FILES, "file", "csv"),
                List.copyOf(names(entity.name())),
                entity.name(),
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
                fields,
                List.of(),
                Map.of(),
                List.of(),
                null,
                place,
                Map.of());
    }

    /** An entity's plural and singular. */
    public static Set<String> names(String entity) {
        Set<String> names = new LinkedHashSet<>();
        names.add(plural(entity));
        names.add(entity);
        return names;
    }

    private static String plural(String entity) {
        if (entity.endsWith("s") || entity.equals("health") || entity.equals("usage")) {
            return entity;
        }
        return entity.endsWith("y")
                ? entity.substring(0, entity.length() - 1) + "ies"
                : entity + "s";
    }

    /** The plan of a source's stream, or null where none is known. */
    public Plan resolve(String source, String stream) {
        Entry entry = byAddress.get(address(source, stream));
        return entry == null ? null : entry.plan();
    }

    /** The file of a shipped mapping, or null where it has none. */
    public String content(String mappingId) {
        Entry entry = entries.get(mappingId);
        return entry == null ? null : entry.content;
    }

    /** The name that a source goes by, or null where it is not known. */
    public String sourceName(String source) {
        return sourceNames.get(normal(source));
    }

    /** The sources known, by name. */
    public Set<String> sources() {
        return Collections.unmodifiableSet(streams.keySet());
    }

    /** The streams known of a source, one name each; empty where the source is not known. */
    public Set<String> streams(String source) {
        String name = sourceName(source);
        return name == null ? Set.of() : Collections.unmodifiableSet(streams.get(name));
    }

    /** All mappings, by their id. */
    private Map<String, Mapping> byId() {
        Map<String, Mapping> byId = new LinkedHashMap<>();
        entries.forEach((id, entry) -> byId.put(id, entry.mapping));
        return byId;
    }

    /** The mapping of an id, or null. */
    public Mapping mapping(String id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.mapping;
    }

    /** All mappings but those for files with canonical headers. */
    public Collection<Mapping> mappings() {
        return entries.values().stream()
                .filter(entry -> entry.content != null)
                .map(entry -> entry.mapping)
                .toList();
    }

    private static String address(String source, String stream) {
        return normal(source) + '\n' + normal(stream);
    }

    private static String normal(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c != '_' && c != '-' && c != ' ') {
                normal.append(c);
            }
        }
        return normal.toString();
    }
}
