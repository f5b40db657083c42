package io.autonomos.operators.graph;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import io.autonomos.schemas.model.Agent;
import io.autonomos.schemas.model.AgentModel;
import io.autonomos.schemas.model.EntityModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The nodes and edges that follow from what is declared and known.
 *
 * <p>Ids follow from names alone, so that what comes again is what was there. What could be taken
 * for a separator is percent-encoded.
 */
final class GraphParts {

    static final String ROOT = "sys_aam_sources";

    private static final String ROOT_LABEL = "from AAM";
    private static final char DELETE = 0x7F;

    private GraphParts() {}

    /** What every tenant's graph has: the parent of all streams, entities, agents. */
    static List<GraphChange> declared(
            String tenant, EntityModel model, AgentModel agents, Instant at) {
        List<GraphChange> parts = new ArrayList<>();
        parts.add(GraphChange.of(GraphNode.of(tenant, ROOT, GraphNode.SYSTEM, ROOT_LABEL), at));
        model.entities().forEach(each -> parts.add(entity(tenant, each.name(), at)));
        for (Agent agent : agents.agents()) {
            String id = "agent_" + agent.id();
            parts.add(GraphChange.of(GraphNode.of(tenant, id, GraphNode.AGENT, agent.label()), at));
            agent.reads()
                    .forEach(
                            (entity, aggregates) ->
                                    parts.add(
                                            GraphChange.of(
                                                    GraphEdge.of(
                                                            tenant,
                                                            "consumption:%s:%s"
                                                                    .formatted(
                                                                            entityId(entity), id),
                                                            GraphEdge.CONSUMPTION,
                                                            entityId(entity),
                                                            id,
                                                            aggregates),
                                                    at)));
        }
        return parts;
    }

    private static GraphChange entity(String tenant, String entity, Instant at) {
        return GraphChange.of(GraphNode.of(tenant, entityId(entity), GraphNode.ENTITY, entity), at);
    }

    private static String entityId(String entity) {
        return "dcl_" + entity;
    }

    /** The node that a stream is part of. */
    static String streamId(StreamFacts facts) {
        return "src_%s_%s".formatted(escaped(facts.source()), escaped(facts.stream(), false));
    }

    /**
     * The node of the same stream of several connections.
     *
     * @param all at least one
     */
    static GraphNode stream(Collection<StreamFacts> all) {
        StreamFacts one = all.iterator().next();
        GraphNode.Counts counts =
                all.stream()
                        .map(GraphParts::received)
                        .reduce(GraphNode.Counts.NONE, GraphNode.Counts::plus);
        return new GraphNode(
                one.tenant(),
                streamId(one),
                GraphNode.STREAM,
                one.stream(),
                one.source(),
                one.stream(),
                all.stream().map(StreamFacts::connection).sorted().toList(),
                counts);
    }

    private static GraphNode.Counts received(StreamFacts facts) {
        StreamFacts.Received in = facts.received();
        return in == null
                ? GraphNode.Counts.NONE
                : new GraphNode.Counts(
                        in.in(), in.canonical(), in.filtered(), in.parked(), in.deadLettered());
    }

    static String hierarchyId(String node) {
        return "hierarchy:" + node;
    }

    /** A stream belongs to its system. */
    static GraphEdge hierarchy(String tenant, String node) {
        return GraphEdge.of(tenant, hierarchyId(node), GraphEdge.HIERARCHY, ROOT, node, List.of());
    }

    /** What a stream becomes, or null where it becomes nothing. */
    static GraphEdge mapping(StreamFacts facts) {
        if (facts.mapping() == null || facts.mapping().entity() == null) {
            return null;
        }
        StreamFacts.Received in = facts.received();
        StreamFacts.Made made = facts.made();
        String node = streamId(facts);
        return new GraphEdge(
                facts.tenant(),
                "mapping:%s:%s".formatted(escaped(facts.connection()), node),
                GraphEdge.MAPPING,
                node,
                entityId(facts.mapping().entity()),
                facts.connection(),
                new GraphEdge.Mapping(
                        facts.mapping().mapping(),
                        facts.mapping().version(),
                        facts.mapping().origin(),
                        facts.mapping().confidence(),
                        facts.mapping().fields()),
                List.of(),
                new GraphEdge.Counts(
                        in == null ? 0 : in.events(),
                        made == null ? 0 : made.applied(),
                        made == null ? 0 : made.duplicate(),
                        made == null ? 0 : made.stale()));
    }

    private static String escaped(String part) {
        return escaped(part, true);
    }

    /**
     * @param underscore whether it stands before an underscore that separates
     */
    private static String escaped(String part, boolean underscore) {
        StringBuilder text = new StringBuilder(part.length());
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%' || c == ':' || c < ' ' || c == DELETE || (underscore && c == '_')) {
                text.append('%').append(String.format("%02X", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
