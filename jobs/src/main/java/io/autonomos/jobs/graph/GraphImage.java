package io.autonomos.jobs.graph;

import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** One tenant's graph as a store has it, in an order that follows from its names. */
public record GraphImage(String tenant, List<GraphNode> nodes, List<GraphEdge> edges) {

    private static final List<String> KINDS =
            List.of(GraphNode.SYSTEM, GraphNode.STREAM, GraphNode.ENTITY, GraphNode.AGENT);

    public GraphImage {
        nodes =
                nodes.stream()
                        .sorted(
                                Comparator.comparing((GraphNode node) -> KINDS.indexOf(node.kind()))
                                        .thenComparing(GraphNode::id))
                        .toList();
        edges = edges.stream().sorted(Comparator.comparing(GraphEdge::id)).toList();
    }

    /** Whether nothing is known of the tenant. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public List<GraphNode> nodes(String kind) {
        return nodes.stream().filter(node -> node.kind().equals(kind)).toList();
    }

    public List<GraphEdge> edges(String kind) {
        return edges.stream().filter(edge -> edge.kind().equals(kind)).toList();
    }

    /** The mappings that start at a stream, one for each connection that has one. */
    List<GraphEdge> mappingsFrom(GraphNode stream) {
        return edges(GraphEdge.MAPPING).stream()
                .filter(edge -> edge.from().equals(stream.id()))
                .toList();
    }

    /** Whether any stream becomes the entity. */
    boolean isFed(GraphNode entity) {
        return edges(GraphEdge.MAPPING).stream().anyMatch(edge -> edge.to().equals(entity.id()));
    }

    /** How many events of all streams stand in the entity's rows. */
    long applied(GraphNode entity) {
        return edges(GraphEdge.MAPPING).stream()
                .filter(edge -> edge.to().equals(entity.id()))
                .mapToLong(edge -> edge.counts().applied())
                .sum();
    }

    /** What a mapping's edge says on one line. */
    static String label(GraphEdge edge) {
        return "%s v%d, %d fields%s, %s events"
                .formatted(
                        edge.mapping().id(),
                        edge.mapping().version(),
                        edge.mapping().fields().size(),
                        confidence(edge),
                        number(edge.counts().events()));
    }

    /** The confidence of what a repair made; nothing where a person wrote the mapping. */
    static String confidence(GraphEdge edge) {
        double confidence = edge.mapping().confidence();
        return confidence >= 1 ? "" : String.format(Locale.ROOT, ", confidence %.2f", confidence);
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** The graph on one line. */
    public String summary() {
        long fed = nodes(GraphNode.ENTITY).stream().filter(this::isFed).count();
        return "%d streams -> %d mappings -> %d entities -> %d agents"
                .formatted(
                        nodes(GraphNode.STREAM).size(),
                        edges(GraphEdge.MAPPING).size(),
                        fed,
                        nodes(GraphNode.AGENT).size());
    }
}
