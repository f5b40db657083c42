package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A node or an edge of a tenant's graph as it stands now, or that it is gone. The last change of
 * one id wins.
 *
 * @param part {@link #NODE} or {@link #EDGE}
 * @param id of the node or edge
 * @param node null for edges, and where the node is gone
 * @param edge null for nodes, and where the edge is gone
 * @param at when it changed
 */
public record GraphChange(
        String tenant, String part, String id, GraphNode node, GraphEdge edge, Instant at) {

    public static final String NODE = "node";
    public static final String EDGE = "edge";

    public GraphChange {
        Check.part("tenant", tenant);
        Check.text("id", id);
        Check.when("at", at);
    }

    public static GraphChange of(GraphNode node, Instant at) {
        return new GraphChange(node.tenant(), NODE, node.id(), node, null, at);
    }

    public static GraphChange of(GraphEdge edge, Instant at) {
        return new GraphChange(edge.tenant(), EDGE, edge.id(), null, edge, at);
    }

    public static GraphChange gone(String tenant, String part, String id, Instant at) {
        return new GraphChange(tenant, part, id, null, null, at);
    }

    /** Whether it concerns a node. */
    @JsonIgnore
    public boolean isOfNode() {
        return NODE.equals(part);
    }

    /** Whether the node or edge is gone. */
    @JsonIgnore
    public boolean isDelete() {
        return node == null && edge == null;
    }

    /** The node or the edge; null where it is gone. */
    public Object body() {
        return isOfNode() ? node : edge;
    }
}
