package io.autonomos.schemas.messages;

import java.util.List;
import java.util.Set;

/**
 * A node of a tenant's graph.
 *
 * @param id {@code sys_aam_sources}, {@code src_<source>_<stream>}, {@code dcl_<entity>} or {@code
 *     agent_<id>}
 * @param source the kind of system; of streams only
 * @param stream the object or table; of streams only
 * @param connections that have the stream
 * @param counts of the records of a stream, over its connections; null for all other nodes
 */
public record GraphNode(
        String tenant,
        String id,
        String kind,
        String label,
        String source,
        String stream,
        List<String> connections,
        Counts counts) {

    /** All that streams come from. */
    public static final String SYSTEM = "system";

    /** An object or table of a kind of system. */
    public static final String STREAM = "stream";

    /** The unified rows of an entity. */
    public static final String ENTITY = "entity";

    /** Who reads entities. */
    public static final String AGENT = "agent";

    private static final Set<String> KINDS = Set.of(SYSTEM, STREAM, ENTITY, AGENT);

    public GraphNode {
        Check.element(tenant, id, kind, KINDS);
        Check.text("label", label);
        Check.optional("source", source);
        Check.optional("stream", stream);
        connections = Check.list("connections", connections);
    }

    /** A node that is no stream. */
    public static GraphNode of(String tenant, String id, String kind, String label) {
        return new GraphNode(tenant, id, kind, label, null, null, List.of(), null);
    }

    /** What became of the records that came in. */
    public record Counts(
            long received, long canonical, long filtered, long parked, long deadLettered) {

        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        public Counts {
            Check.counts(received, canonical, filtered, parked, deadLettered);
        }

        /** The sum. */
        public Counts plus(Counts other) {
            return new Counts(
                    received + other.received,
                    canonical + other.canonical,
                    filtered + other.filtered,
                    parked + other.parked,
                    deadLettered + other.deadLettered);
        }
    }
}
