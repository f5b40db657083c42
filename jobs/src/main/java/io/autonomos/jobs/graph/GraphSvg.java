package io.autonomos.jobs.graph;

import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Draws a graph in four columns, as data flows: where it comes from, streams, entities, agents. A
 * line is as wide as many records pass; what lies behind a box or a line is shown when the pointer
 * rests on it.
 */
final class GraphSvg {

    private static final int MARGIN = 32;
    private static final int TOP = 84;
    private static final int GAP = 14;
    private static final int GROUP_GAP = 22;
    private static final int ROW = 18;
    private static final int HEAD = 30;

    private static final int[] LEFT = {MARGIN, 230, 760, 1130};
    private static final int[] WIDTH = {130, 300, 200, 150};
    private static final int TOTAL = LEFT[3] + WIDTH[3] + MARGIN;

    private static final List<String> COLUMNS =
            List.of(GraphNode.SYSTEM, GraphNode.STREAM, GraphNode.ENTITY, GraphNode.AGENT);

    /** One hue for each kind of system, so that its lines can be followed. */
    private static final int[] HUES = {212, 22, 268, 160, 338, 48, 190, 300, 96, 0};

    private record Box(GraphNode node, int x, int y, int width, int height) {

        int middle() {
            return y + height / 2;
        }

        int right() {
            return x + width;
        }
    }

    private final GraphImage graph;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Map<String, Integer> hues = new TreeMap<>();
    private final SvgText out = new SvgText();
    private int height;

    GraphSvg(GraphImage graph) {
        this.graph = graph;
    }

    String draw() {
        layOut();
        out.begin(TOTAL, height, "Graph of tenant " + graph.tenant());
        out.text("title", MARGIN, 36, graph.tenant());
        out.text("sub", MARGIN, 58, graph.summary());
        graph.edges(GraphEdge.HIERARCHY).forEach(this::plain);
        graph.edges(GraphEdge.CONSUMPTION).forEach(this::plain);
        graph.edges(GraphEdge.MAPPING).forEach(this::mapping);
        boxes.values().forEach(this::box);
        return out.end();
    }

    private void layOut() {
        List<GraphNode> streams = new ArrayList<>(graph.nodes(GraphNode.STREAM));
        streams.sort(Comparator.comparing(GraphNode::source).thenComparing(GraphNode::stream));
        for (GraphNode each : streams) {
            hues.computeIfAbsent(each.source(), source -> HUES[hues.size() % HUES.length]);
        }
        int bottom = stack(1, streams);
        List<GraphNode> entities = new ArrayList<>(graph.nodes(GraphNode.ENTITY));
        entities.sort(
                Comparator.comparing((GraphNode node) -> !graph.isFed(node))
                        .thenComparing(this::feedersMiddle)
                        .thenComparing(GraphNode::id));
        bottom = Math.max(bottom, stack(2, entities));
        List<GraphNode> agents = new ArrayList<>(graph.nodes(GraphNode.AGENT));
        agents.sort(Comparator.comparing(this::feedersMiddle).thenComparing(GraphNode::id));
        bottom = Math.max(bottom, stack(3, agents));
        bottom = Math.max(bottom, stack(0, graph.nodes(GraphNode.SYSTEM)));
        height = bottom + MARGIN;
        for (int column = 0; column < COLUMNS.size(); column++) {
            centre(column);
        }
    }

    /** Where the boxes that lead to a node stand on average, so that few lines cross. */
    private double feedersMiddle(GraphNode node) {
        return graph.edges().stream()
                .filter(edge -> edge.to().equals(node.id()) && boxes.containsKey(edge.from()))
                .mapToInt(edge -> boxes.get(edge.from()).middle())
                .average()
                .orElse(Double.MAX_VALUE);
    }

    private int stack(int column, List<GraphNode> nodes) {
        int y = TOP;
        String group = null;
        for (GraphNode node : nodes) {
            if (group != null && node.source() != null && !group.equals(node.source())) {
                y += GROUP_GAP - GAP;
            }
            group = node.source();
            int rows =
                    node.kind().equals(GraphNode.STREAM)
                            ? Math.max(1, graph.mappingsFrom(node).size()) + troubles(node)
                            : 1;
            Box box = new Box(node, LEFT[column], y, WIDTH[column], HEAD + rows * ROW);
            boxes.put(node.id(), box);
            y += box.height() + GAP;
        }
        return y;
    }

    private static int troubles(GraphNode stream) {
        return trouble(stream).isEmpty() ? 0 : 1;
    }

    private static String trouble(GraphNode stream) {
        List<String> said = new ArrayList<>();
        if (stream.counts().parked() > 0) {
            said.add(GraphImage.number(stream.counts().parked()) + " parked");
        }
        if (stream.counts().deadLettered() > 0) {
            long dead = stream.counts().deadLettered();
            said.add(GraphImage.number(dead) + (dead == 1 ? " dead letter" : " dead letters"));
        }
        return String.join(", ", said);
    }

    /** Moves a column to the middle of the drawing. */
    private void centre(int column) {
        List<Box> own = boxes.values().stream().filter(box -> box.x() == LEFT[column]).toList();
        int end = own.stream().mapToInt(box -> box.y() + box.height()).max().orElse(TOP);
        int shift = (height - MARGIN - end) / 2;
        for (Box box : own) {
            boxes.put(
                    box.node().id(),
                    new Box(box.node(), box.x(), box.y() + shift, box.width(), box.height()));
        }
    }

    private void plain(GraphEdge edge) {
        Box from = boxes.get(edge.from());
        Box to = boxes.get(edge.to());
        if (from == null || to == null) {
            return;
        }
        boolean reads = edge.kind().equals(GraphEdge.CONSUMPTION);
        String title =
                reads
                        ? "%s reads %s%s"
                                .formatted(
                                        to.node().label(),
                                        from.node().label(),
                                        edge.reads().isEmpty()
                                                ? ""
                                                : " through " + String.join(", ", edge.reads()))
                        : to.node().source() + " " + to.node().stream();
        boolean isFed = !reads || graph.isFed(from.node());
        String look = reads ? (isFed ? "reads" : "reads dim") : "belongs";
        out.curve(look, "", from.right(), from.middle(), to.x(), to.middle(), title);
    }

    private void mapping(GraphEdge edge) {
        Box from = boxes.get(edge.from());
        Box to = boxes.get(edge.to());
        if (from == null || to == null) {
            return;
        }
        int row = graph.mappingsFrom(from.node()).indexOf(edge);
        int y = from.y() + HEAD + row * ROW + ROW / 2 - 2;
        double width = 1.2 + Math.log10(1.0 + (double) edge.counts().events());
        String style =
                String.format(
                        Locale.ROOT,
                        "stroke:hsl(%d 60%% 55%%);stroke-width:%.1f",
                        hues.get(from.node().source()),
                        width);
        out.curve("maps", style, from.right(), y, to.x(), to.middle(), described(edge));
    }

    private static String described(GraphEdge edge) {
        String fields =
                edge.mapping().fields().stream()
                        .map(GraphSvg::field)
                        .collect(Collectors.joining("\n"));
        return "%s%nmapping %s version %d (%s%s)%n%s events: %s applied, %s duplicate, %s stale%n%n%s"
                .formatted(
                        edge.connection(),
                        edge.mapping().id(),
                        edge.mapping().version(),
                        edge.mapping().origin(),
                        GraphImage.confidence(edge),
                        GraphImage.number(edge.counts().events()),
                        GraphImage.number(edge.counts().applied()),
                        GraphImage.number(edge.counts().duplicate()),
                        GraphImage.number(edge.counts().stale()),
                        fields);
    }

    private static String field(FieldSources field) {
        String from = field.from().isEmpty() ? "(constant)" : String.join(", ", field.from());
        return field.field() + " <- " + from;
    }

    private void box(Box box) {
        GraphNode node = box.node();
        switch (node.kind()) {
            case GraphNode.STREAM -> streamBox(box);
            case GraphNode.ENTITY -> {
                boolean isFed = graph.isFed(node);
                out.box(
                        isFed ? "entity" : "entity dim",
                        "",
                        box.x(),
                        box.y(),
                        box.width(),
                        box.height());
                out.text(isFed ? "name" : "name faint", box.x() + 14, box.y() + 21, node.label());
                String said =
                        isFed
                                ? GraphImage.number(graph.applied(node)) + " applied"
                                : "no stream yet";
                out.text("small", box.x() + 14, box.y() + 38, said);
            }
            default -> {
                String look = node.kind().equals(GraphNode.AGENT) ? "agent" : "system";
                out.box(look, "", box.x(), box.y(), box.width(), box.height());
                out.text("name", box.x() + 14, box.y() + 21, node.label());
                out.text("small", box.x() + 14, box.y() + 38, said(node));
            }
        }
    }

    private String said(GraphNode node) {
        if (node.kind().equals(GraphNode.SYSTEM)) {
            return graph.nodes(GraphNode.STREAM).size() + " streams";
        }
        long reads =
                graph.edges(GraphEdge.CONSUMPTION).stream()
                        .filter(edge -> edge.to().equals(node.id()))
                        .count();
        return "reads %d entities".formatted(reads);
    }

    private void streamBox(Box box) {
        GraphNode node = box.node();
        String hue = "hsl(%d 60%% 55%%)".formatted(hues.get(node.source()));
        out.box("stream", "", box.x(), box.y(), box.width(), box.height());
        out.box("bar", "fill:" + hue, box.x(), box.y() + 8, 4, box.height() - 16);
        out.text("name", box.x() + 14, box.y() + 20, SvgText.cut(node.stream(), 24));
        out.textRight("small", box.right() - 12, box.y() + 20, SvgText.cut(node.source(), 14));
        int y = box.y() + HEAD + ROW - 7;
        List<GraphEdge> mappings = graph.mappingsFrom(node);
        for (GraphEdge edge : mappings) {
            out.text("small", box.x() + 14, y, SvgText.cut(edge.connection(), 22));
            out.textRight(
                    "small",
                    box.right() - 12,
                    y,
                    "v%d%s  %s"
                            .formatted(
                                    edge.mapping().version(),
                                    edge.mapping().confidence() < 1
                                            ? String.format(
                                                    Locale.ROOT,
                                                    " (%.2f)",
                                                    edge.mapping().confidence())
                                            : "",
                                    GraphImage.number(edge.counts().events())));
            y += ROW;
        }
        if (mappings.isEmpty()) {
            out.text("small", box.x() + 14, y, "no mapping");
            out.textRight(
                    "small",
                    box.right() - 12,
                    y,
                    GraphImage.number(node.counts().received()) + " in");
            y += ROW;
        }
        if (troubles(node) > 0) {
            out.text("trouble", box.x() + 14, y, trouble(node));
        }
    }
}
