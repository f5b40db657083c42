package io.autonomos.jobs.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import io.autonomos.schemas.messages.MessageJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The graph as text for other programs. Names from outside are escaped in each. */
final class GraphText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GraphText() {}

    static String json(GraphImage graph) {
        ObjectNode root = JSON.createObjectNode().put("tenant", graph.tenant());
        ArrayNode nodes = root.putArray("nodes");
        ArrayNode edges = root.putArray("edges");
        try {
            for (GraphNode node : graph.nodes()) {
                nodes.add(JSON.readTree(MessageJson.write(node)));
            }
            for (GraphEdge edge : graph.edges()) {
                edges.add(JSON.readTree(MessageJson.write(edge)));
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String mermaid(GraphImage graph) {
        Map<String, String> names = new HashMap<>();
        StringBuilder out = new StringBuilder("flowchart LR\n");
        for (GraphNode node : graph.nodes()) {
            String name = "n" + names.size();
            names.put(node.id(), name);
            String text = '"' + mermaidText(label(graph, node, "<br/>")) + '"';
            String shape =
                    switch (node.kind()) {
                        case GraphNode.SYSTEM -> "[[%s]]";
                        case GraphNode.ENTITY -> "[(%s)]";
                        case GraphNode.AGENT -> "([%s])";
                        default -> "[%s]";
                    };
            out.append("  ").append(name).append(shape.formatted(text)).append('\n');
        }
        for (GraphEdge edge : graph.edges()) {
            String from = names.get(edge.from());
            String to = names.get(edge.to());
            if (from == null || to == null) {
                continue;
            }
            String arrow = edge.kind().equals(GraphEdge.CONSUMPTION) ? " -.->" : " -->";
            out.append("  ").append(from).append(arrow);
            if (edge.mapping() != null) {
                String said = edge.connection() + ": " + GraphImage.label(edge);
                out.append("|\"").append(mermaidText(said)).append("\"|");
            }
            out.append(' ').append(to).append('\n');
        }
        return out.toString();
    }

    static String dot(GraphImage graph) {
        StringBuilder out = new StringBuilder("digraph ").append(dotText(graph.tenant()));
        out.append(" {\n  rankdir=LR;\n  node [fontname=\"Helvetica\", shape=box];\n");
        out.append("  edge [fontname=\"Helvetica\", fontsize=10];\n");
        for (GraphNode node : graph.nodes()) {
            String shape =
                    switch (node.kind()) {
                        case GraphNode.SYSTEM -> "folder";
                        case GraphNode.ENTITY -> "cylinder";
                        case GraphNode.AGENT -> "oval";
                        default -> "box";
                    };
            out.append(
                    "  %s [label=%s, shape=%s];%n"
                            .formatted(
                                    dotText(node.id()), dotText(label(graph, node, "\n")), shape));
        }
        for (GraphEdge edge : graph.edges()) {
            String more = "";
            if (edge.mapping() != null) {
                String said = edge.connection() + ": " + GraphImage.label(edge);
                more = " [label=" + dotText(said) + "]";
            } else if (edge.kind().equals(GraphEdge.CONSUMPTION)) {
                more = " [style=dashed]";
            }
            out.append("  %s -> %s%s;%n".formatted(dotText(edge.from()), dotText(edge.to()), more));
        }
        return out.append("}\n").toString();
    }

    private static String label(GraphImage graph, GraphNode node, String line) {
        return switch (node.kind()) {
            case GraphNode.STREAM ->
                    "%s %s%s%s in"
                            .formatted(
                                    node.source(),
                                    node.stream(),
                                    line,
                                    GraphImage.number(node.counts().received()));
            case GraphNode.ENTITY ->
                    graph.isFed(node)
                            ? node.label()
                                    + line
                                    + GraphImage.number(graph.applied(node))
                                    + " applied"
                            : node.label();
            default -> node.label();
        };
    }

    /** Mermaid's own entities; the line break is ours. */
    private static String mermaidText(String text) {
        return text.replace("#", "#35;")
                .replace("\"", "#quot;")
                .replace("&", "#amp;")
                .replace("<br/>", "\n")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replace("\n", "<br/>");
    }

    private static String dotText(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
