package io.autonomos.schemas.messages;

import java.util.List;
import java.util.Set;

/**
 * An edge of a tenant's graph, in the direction in which data flows.
 *
 * @param from the id of a node
 * @param to the id of a node
 * @param connection whose records a mapping translates; of mappings only
 * @param mapping of mappings only
 * @param reads the aggregates through which an agent reads an entity; of consumption only
 * @param counts of the events that a mapping made; of mappings only
 */
public record GraphEdge(
        String tenant,
        String id,
        String kind,
        String from,
        String to,
        String connection,
        Mapping mapping,
        List<String> reads,
        Counts counts) {

    /** A stream belongs to its system. */
    public static final String HIERARCHY = "hierarchy";

    /** A connection's stream becomes an entity. */
    public static final String MAPPING = "mapping";

    /** An agent reads an entity. */
    public static final String CONSUMPTION = "consumption";

    private static final Set<String> KINDS = Set.of(HIERARCHY, MAPPING, CONSUMPTION);

    public GraphEdge {
        Check.element(tenant, id, kind, KINDS);
        Check.text("from", from);
        Check.text("to", to);
        Check.optional("connection", connection);
        reads = Check.list("reads", reads);
    }

    /** An edge that is no mapping. */
    public static GraphEdge of(
            String tenant, String id, String kind, String from, String to, List<String> reads) {
        return new GraphEdge(tenant, id, kind, from, to, null, null, reads, null);
    }

    /**
     * The mapping version in effect.
     *
     * @param origin how it came about
     * @param confidence of the repair that made it; 1 where a person wrote it
     * @param fields what each canonical field is made of
     */
    public record Mapping(
            String id, int version, String origin, double confidence, List<FieldSources> fields) {

        public Mapping {
            Check.text("id", id);
            Check.atLeast("version", version, 1);
            Check.text("origin", origin);
            Check.share("confidence", confidence);
            fields = Check.list("fields", fields);
        }
    }

    /** What became of the canonical events. */
    public record Counts(long events, long applied, long duplicate, long stale) {

        public Counts {
            Check.counts(events, applied, duplicate, stale);
        }
    }
}
