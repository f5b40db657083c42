package io.autonomos.operators.source.files;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which stream of which system a file holds, as its name tells.
 *
 * <p>{@code <entities>_<system>} or {@code <system>_<entity>} in any case, with any ending, and
 * with a date or number behind it ({@code accounts_salesforce_2026-01-31.csv}): a directory reads a
 * name only once. An entity's name alone is a file with canonical columns.
 */
public record FileStream(String source, String stream) {

    /** Systems that no shipped mapping knows, whose files still tell their streams. */
    private static final Set<String> MORE_SYSTEMS =
            Set.of("stripe", "shopify", "jira", "postgres", "postgresql");

    /** Every word for an entity, singular and plural, with the entity it stands for. */
    private static final Map<String, EntitySchema> ENTITIES = entityWords();

    /** What the file's name tells, or null where it follows no rule. */
    public static FileStream of(String fileName) {
        String base = base(fileName.toLowerCase(Locale.ROOT));
        FileStream bySystem = bySystem(base);
        if (bySystem != null) {
            return bySystem;
        }
        if (ENTITIES.containsKey(base)) {
            return new FileStream(MappingCatalog.FILES, base);
        }
        FileStream byEntity = byEntity(base);
        if (byEntity != null) {
            return byEntity;
        }
        int last = base.lastIndexOf('_');
        return last > 0 && last < base.length() - 1 ? split(base, last) : null;
    }

    /**
     * The same, or the stream of {@link MappingCatalog#FILES} where the columns hold what
     * identifies a record of the entity under its canonical names.
     */
    public FileStream withColumns(List<String> columns) {
        EntitySchema entity = ENTITIES.get(stream.toLowerCase(Locale.ROOT));
        if (entity == null || !columns.containsAll(entity.identity())) {
            return this;
        }
        return new FileStream(
                MappingCatalog.FILES, MappingCatalog.names(entity.name()).iterator().next());
    }

    /**
     * {@code <entities>_<system>} or {@code <system>_<entity>} with a system known here, the
     * longest where one system's name begins another's.
     */
    private static FileStream bySystem(String base) {
        FileStream found = null;
        for (int at = base.indexOf('_'); at > 0; at = base.indexOf('_', at + 1)) {
            if (at == base.length() - 1) {
                break;
            }
            if (isSystem(base.substring(at + 1))) {
                return split(base, at);
            }
            if (isSystem(base.substring(0, at))) {
                found = new FileStream(base.substring(0, at), base.substring(at + 1));
            }
        }
        return found;
    }

    private static boolean isSystem(String word) {
        return MORE_SYSTEMS.contains(word) || MappingCatalog.shipped().sourceName(word) != null;
    }

    /** The longest entity at the beginning, else at the end; the rest is the system. */
    private static FileStream byEntity(String base) {
        FileStream found = null;
        for (int at = base.lastIndexOf('_'); at > 0; at = base.lastIndexOf('_', at - 1)) {
            if (at == base.length() - 1) {
                continue;
            }
            if (ENTITIES.containsKey(base.substring(0, at))) {
                return split(base, at);
            }
            if (ENTITIES.containsKey(base.substring(at + 1))) {
                found = new FileStream(base.substring(0, at), base.substring(at + 1));
            }
        }
        return found;
    }

    private static FileStream split(String base, int at) {
        return new FileStream(base.substring(at + 1), base.substring(0, at));
    }

    /** Without ending, and without a date or number behind a separator. */
    private static String base(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        int end = base.length();
        int cut = end;
        while (end > 0 && "0123456789-_.: ()tz".indexOf(base.charAt(end - 1)) >= 0) {
            end--;
            if ("-_. (".indexOf(base.charAt(end)) >= 0) {
                cut = end;
            }
        }
        return base.substring(0, cut);
    }

    private static Map<String, EntitySchema> entityWords() {
        Map<String, EntitySchema> words = new HashMap<>();
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            MappingCatalog.names(entity.name()).forEach(word -> words.put(word, entity));
        }
        return words;
    }
}
