package io.autonomos.mappings.registry;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.YamlText;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mapping file of one stream of a registry that is a table of correspondences. The same rows
 * always make the same text, so that an import tells what changed.
 */
public final class ImportedMapping {

    private static final Map<String, String> CASTS =
            Map.ofEntries(
                    Map.entry("string", "text"),
                    Map.entry("str", "text"),
                    Map.entry("varchar", "text"),
                    Map.entry("int", "integer"),
                    Map.entry("long", "integer"),
                    Map.entry("bigint", "integer"),
                    Map.entry("float", "decimal"),
                    Map.entry("double", "decimal"),
                    Map.entry("number", "decimal"),
                    Map.entry("numeric", "decimal"),
                    Map.entry("bool", "boolean"),
                    Map.entry("datetime", "timestamp"),
                    Map.entry("array", "list"));

    private final StreamKey key;
    private final String source;
    private final Map<String, Rule> rules = new LinkedHashMap<>();
    private String entity;

    private static final class Rule {
        private final long line;
        private final List<String> paths = new ArrayList<>();
        private String cast;
        private String confidence;

        Rule(long line) {
            this.line = line;
        }
    }

    public ImportedMapping(StreamKey key, String source) {
        this.key = key;
        this.source = source;
    }

    /** The stream. */
    public StreamKey key() {
        return key;
    }

    /** The kind of system. */
    public String source() {
        return source;
    }

    /**
     * Adds a row; several of one canonical field are candidates in their order, and the same row
     * again changes nothing.
     *
     * @param line where the row stands in the registry
     * @param cast a type's name, or null
     * @param confidence what the registry says, or null
     * @param ofEntity the entity where the registry names it, or null
     * @return what contradicts the rows before, or null
     */
    public String add(
            long line,
            String canonical,
            String path,
            String cast,
            String confidence,
            String ofEntity) {
        Rule rule = rules.computeIfAbsent(canonical, c -> new Rule(line));
        String type = cast == null ? null : type(cast);
        if (type != null && rule.cast != null && !type.equals(rule.cast)) {
            return "%s is cast to %s here and to %s in line %d."
                    .formatted(canonical, type, rule.cast, rule.line);
        }
        if (ofEntity != null && entity != null && !ofEntity.equals(entity)) {
            return "the stream is %s here and %s above.".formatted(ofEntity, entity);
        }
        if (!rule.paths.contains(path(path))) {
            rule.paths.add(path(path));
        }
        rule.cast = type == null ? rule.cast : type;
        rule.confidence = confidence == null ? rule.confidence : confidence;
        entity = ofEntity == null ? entity : ofEntity;
        return null;
    }

    /** Whether no row was added. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether a row says which entity the stream is. */
    public boolean namesEntity() {
        return entity != null;
    }

    /** The names that a cast may have. */
    public static Set<String> casts() {
        Set<String> names = new TreeSet<>(CASTS.values());
        names.addAll(CASTS.keySet());
        names.addAll(Set.of("date", "map"));
        return names;
    }

    private static String type(String cast) {
        return CASTS.getOrDefault(lower(cast), lower(cast));
    }

    /** The line of the registry that a line of {@link #text()} was made from. */
    public long registryLine(int lineOfText) {
        List<Rule> all = List.copyOf(rules.values());
        int header = (int) text().lines().takeWhile(each -> !each.equals("fields:")).count() + 1;
        int at = lineOfText - header - 1;
        return all.get(at >= 0 && at < all.size() ? at : 0).line;
    }

    /** A path as files write it; what is none is the name of a column. */
    private static String path(String text) {
        try {
            return SourcePath.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return SourcePath.ofName(text).toString();
        }
    }

    /** The mapping file. It extends the shipped mapping of the stream where there is one. */
    public String text() {
        Plan shipped = MappingCatalog.shipped().resolve(source, key.stream());
        String made = entity != null ? entity : shipped != null ? shipped.entity().name() : guess();
        StringBuilder text = new StringBuilder();
        text.append("mapping: ").append(YamlText.scalar(id())).append('\n');
        if (shipped != null && shipped.entity().name().equals(made) && isFile(shipped)) {
            text.append("extends: ").append(shipped.mapping()).append('\n');
        }
        text.append("source: ").append(YamlText.scalar(source)).append('\n');
        text.append("stream: ").append(YamlText.scalar(key.stream())).append('\n');
        text.append("entity: ").append(YamlText.scalar(made)).append('\n');
        text.append("fields:\n");
        rules.forEach((canonical, rule) -> text.append("  ").append(line(canonical, rule)));
        return text.toString();
    }

    private static boolean isFile(Plan shipped) {
        Mapping mapping = MappingCatalog.shipped().mapping(shipped.mapping());
        return mapping != null && !mapping.sources().get(0).equals(MappingCatalog.FILES);
    }

    private static String line(String canonical, Rule rule) {
        String paths =
                rule.paths.size() == 1
                        ? YamlText.scalar(rule.paths.get(0))
                        : "["
                                + String.join(
                                        ", ", rule.paths.stream().map(YamlText::scalar).toList())
                                + "]";
        String value =
                rule.cast == null
                        ? paths
                        : "{from: " + paths + ", cast: " + YamlText.scalar(rule.cast) + "}";
        String note =
                rule.confidence == null
                        ? ""
                        : "  # confidence " + rule.confidence.replaceAll("[^0-9.]", "");
        return YamlText.scalar(canonical) + ": " + value + note + "\n";
    }

    /** The entity that has all the canonical fields; of several the one with the fewest others. */
    private String guess() {
        EntitySchema best = null;
        for (EntitySchema each : EntityModel.shipped().entities()) {
            boolean all = rules.keySet().stream().allMatch(name -> each.field(name) != null);
            if (all && (best == null || each.fields().size() < best.fields().size())) {
                best = each;
            }
        }
        return best == null ? "unknown" : best.name();
    }

    private String id() {
        return lower(source + "-" + key.stream()).replaceAll("[^a-z0-9]+", "-");
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
