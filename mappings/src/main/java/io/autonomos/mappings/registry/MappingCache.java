package io.autonomos.mappings.registry;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mappings that streams go by, compiled once; those that were not asked for longest are
 * forgotten. For many threads.
 */
public final class MappingCache {

    private static final int MOST = 256;

    private final Map<String, CompiledMapping> recent = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * The mapping of a stream, or null where there is none that compiles.
     *
     * @param content the content of its version in effect, or null for the shipped mapping
     */
    public synchronized CompiledMapping get(StreamKey key, String source, String content) {
        String name = content == null ? source + '\n' + key.stream() : content;
        CompiledMapping known = recent.get(name);
        if (known == null) {
            known = content == null ? shipped(source, key.stream()) : compiled(key, content);
            if (known != null) {
                recent.put(name, known);
                trim();
            }
        }
        return known;
    }

    private static CompiledMapping shipped(String source, String stream) {
        MappingCatalog catalog = MappingCatalog.shipped();
        Plan plan = catalog.resolve(source, stream);
        return plan == null ? null : new CompiledMapping(catalog.mapping(plan.mapping()), plan);
    }

    private static CompiledMapping compiled(StreamKey key, String content) {
        try {
            return MappingCatalog.compile(key.path(), content.getBytes(StandardCharsets.UTF_8));
        } catch (MappingException e) {
            return null;
        }
    }

    private void trim() {
        Iterator<String> oldest = recent.keySet().iterator();
        while (recent.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }
}
