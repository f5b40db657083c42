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
 * The mappings known for each source and stream, compiled.
 *
 * <p>Names match without regard to case, {@code _}, {@code -} and spaces; a stream may also be
 * called by its entity, singular or plural, where the source has one mapping for it. The source
 * {@value #FILES} holds one mapping per entity for files whose headers use canonical names.
 */
public final class MappingCatalog {

    /** The source of files with canonical headers. */
    public static final String FILES = "files";

    private static final String FOLDER = "mappings";

    private final Map<String, Plan> plans = new LinkedHashMap<>();
    private final Map<String, Mapping> mappings = new LinkedHashMap<>();
    private final Map<String, String> sourceNames = new LinkedHashMap<>();
    private final Map<String, Plan> byAddress = new LinkedHashMap<>();
    private final Map<String, Set<String>> streams = new TreeMap<>();
    private final Map<String, String> contents = new LinkedHashMap<>();

    private MappingCatalog() {}

    /** The mappings that ship with this version. */
    public static MappingCatalog shipped() {
        return Shipped.CATALOG;
    }

    /** Compiled on first use: most classes of this module do not need it. */
    private static final class Shipped {
        private static final MappingCatalog CATALOG =
                load(MappingCatalog.class.getClassLoader(), EntityModel.shipped());
    }

    static MappingCatalog load(ClassLoader loader, EntityModel model) {
        List<Mapping> mappings = new ArrayList<>();
        Map<String, String> contents = new LinkedHashMap<>();
        for (Resources.Resource file : Resources.list(loader, FOLDER, ".yaml")) {
            Mapping mapping = MappingReader.read(file.name(), file.bytes());
            mappings.add(mapping);
            contents.put(mapping.id(), new String(file.bytes(), StandardCharsets.UTF_8));
        }
        MappingCatalog catalog = of(mappings, model);
        catalog.contents.putAll(contents);
        return catalog;
    }

    /**
     * A catalog of these mappings and the identity mappings.
     *
     * @throws MappingException if one does not compile or two claim the same stream
     */
    public static MappingCatalog of(List<Mapping> mappings, EntityModel model) {
        MappingCatalog catalog = new MappingCatalog();
        mappings.forEach(mapping -> catalog.add(mapping, model));
        for (EntitySchema entity : model.entities()) {
            catalog.add(identity(entity), model);
        }
        catalog.addEntityNames(mappings);
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
        Mapping mapping = MappingReader.read(file, yaml, id -> shipped().mapping(id));
        return new CompiledMapping(mapping, PlanCompiler.compile(mapping, EntityModel.shipped()));
    }

    /** Whether two names of sources or streams mean the same. */
    public static boolean isSameName(String one, String other) {
        return normal(one).equals(normal(other));
    }

    private void add(Mapping mapping, EntityModel model) {
        Plan plan = PlanCompiler.compile(mapping, model);
        plans.put(mapping.id(), plan);
        mappings.put(mapping.id(), mapping);
        streams.computeIfAbsent(mapping.sources().get(0), s -> new TreeSet<>())
                .add(mapping.streams().get(0));
        for (String source : mapping.sources()) {
            sourceNames.putIfAbsent(normal(source), mapping.sources().get(0));
            for (String stream : mapping.streams()) {
                Plan other = byAddress.putIfAbsent(address(source, stream), plan);
                if (other != null && other != plan) {
                    throw new MappingException(
                            List.of(
                                    new Problem(
                                            ErrorCode.MAPPING_DUPLICATE,
                                            mapping.place(),
                                            "%s and %s both claim stream %s of source %s."
                                                    .formatted(
                                                            other.mapping(),
                                                            mapping.id(),
                                                            stream,
                                                            source),
                                            ErrorCode.MAPPING_DUPLICATE.remedy())));
                }
            }
        }
    }

    private void addEntityNames(List<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            long claims =
                    mappings.stream()
                            .filter(m -> m.entity().equals(mapping.entity()))
                            .filter(m -> m.sources().get(0).equals(mapping.sources().get(0)))
                            .count();
            if (claims == 1) {
                for (String source : mapping.sources()) {
                    for (String name : names(mapping.entity())) {
                        byAddress.putIfAbsent(address(source, name), plans.get(mapping.id()));
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
                List.of(),
                null,
                Map.of(),
                null,
                fields,
                List.of(),
                Map.of(),
                List.of(),
                null,
                place);
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
        return byAddress.get(address(source, stream));
    }

    /** The file of a shipped mapping, or null where it has none. */
    public String content(String mappingId) {
        return contents.get(mappingId);
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

    /** The mapping of an id, or null. */
    public Mapping mapping(String id) {
        return mappings.get(id);
    }

    /** All mappings but those for files with canonical headers. */
    public Collection<Mapping> mappings() {
        return mappings.values().stream().filter(m -> !m.id().startsWith(FILES + "-")).toList();
    }

    /** All plans, by mapping id. */
    public Collection<Plan> plans() {
        return plans.values();
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
