package io.autonomos.jobs.graph;

/** How a graph is written down. */
public enum GraphFormat {
    /** All that is known, as one JSON object. */
    JSON,
    /** A flowchart for Markdown pages. */
    MERMAID,
    /** For Graphviz. */
    DOT,
    /** A drawing for a browser. */
    SVG;

    /** The graph in this format. */
    public String write(GraphImage graph) {
        return switch (this) {
            case JSON -> GraphText.json(graph);
            case MERMAID -> GraphText.mermaid(graph);
            case DOT -> GraphText.dot(graph);
            case SVG -> new GraphSvg(graph).draw();
        };
    }
}
