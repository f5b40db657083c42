package io.autonomos.jobs.graph;

import java.util.function.Function;

/** How a graph is written down. */
public enum GraphFormat {
    /** All that is known, as one JSON object. */
    JSON(GraphText::json),
    /** A flowchart for Markdown pages. */
    MERMAID(GraphText::mermaid),
    /** For Graphviz. */
    DOT(GraphText::dot),
    /** A drawing for a browser. */
    SVG(graph -> new GraphSvg(graph).draw());

    private final Function<GraphImage, String> writer;

    GraphFormat(Function<GraphImage, String> writer) {
        this.writer = writer;
    }

    /** The graph in this format. */
    public String write(GraphImage graph) {
        return writer.apply(graph);
    }
}
