package io.autonomos.operators.sink;

import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import io.autonomos.schemas.messages.MessageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of the tables of tenants' graphs, the same in PostgreSQL and DuckDB. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies, and their columns only compute
public enum GraphTable {
    /** Nodes, one row each. */
    NODES("graph_nodes", GraphTable::nodeColumns),
    /** Edges, one row each. */
    EDGES("graph_edges", GraphTable::edgeColumns);

    /** How many columns the key has; they come first. */
    public static final int KEY = 2;

    private final String tableName;
    private final List<GraphColumn> columns;

    GraphTable(String tableName, Function<List<GraphColumn>, List<GraphColumn>> others) {
        this.tableName = tableName;
        List<GraphColumn> key = new ArrayList<>();
        key.add(new GraphColumn("tenant", ColumnType.TEXT, GraphChange::tenant));
        key.add(new GraphColumn("id", ColumnType.TEXT, GraphChange::id));
        columns = List.copyOf(others.apply(key));
    }

    /** The table of a change. */
    public static GraphTable of(GraphChange change) {
        return change.isOfNode() ? NODES : EDGES;
    }

    /** The table's name in both databases. */
    public String tableName() {
        return tableName;
    }

    public List<GraphColumn> columns() {
        return columns;
    }

    /** The names of the columns behind the key, each behind a prefix such as {@code t.}. */
    public String others(String prefix) {
        return columns.stream()
                .skip(KEY)
                .map(each -> prefix + each.name())
                .collect(Collectors.joining(", "));
    }

    /** The types that columns have. */
    public enum ColumnType {
        TEXT("text", "VARCHAR"),
        BIGINT("bigint", "BIGINT"),
        INTEGER("integer", "INTEGER"),
        DOUBLE("double precision", "DOUBLE"),
        JSON("jsonb", "JSON");

        private final String postgres;
        private final String duckDb;

        ColumnType(String postgres, String duckDb) {
            this.postgres = postgres;
            this.duckDb = duckDb;
        }

        public String postgres() {
            return postgres;
        }

        public String duckDb() {
            return duckDb;
        }
    }

    /**
     * A column.
     *
     * @param value a text, long, integer or double, or null; JSON is text
     */
    public record GraphColumn(String name, ColumnType type, Function<GraphChange, Object> value) {}

    private static List<GraphColumn> nodeColumns(List<GraphColumn> columns) {
        columns.add(node("kind", ColumnType.TEXT, GraphNode::kind));
        columns.add(node("label", ColumnType.TEXT, GraphNode::label));
        columns.add(node("source", ColumnType.TEXT, GraphNode::source));
        columns.add(node("stream", ColumnType.TEXT, GraphNode::stream));
        columns.add(node("connections", ColumnType.JSON, each -> json(each.connections())));
        columns.add(received("received", GraphNode.Counts::received));
        columns.add(received("canonical", GraphNode.Counts::canonical));
        columns.add(received("filtered", GraphNode.Counts::filtered));
        columns.add(received("parked", GraphNode.Counts::parked));
        columns.add(received("dead_lettered", GraphNode.Counts::deadLettered));
        return columns;
    }

    private static List<GraphColumn> edgeColumns(List<GraphColumn> columns) {
        columns.add(edge("kind", ColumnType.TEXT, GraphEdge::kind));
        columns.add(edge("from_id", ColumnType.TEXT, GraphEdge::from));
        columns.add(edge("to_id", ColumnType.TEXT, GraphEdge::to));
        columns.add(edge("connection", ColumnType.TEXT, GraphEdge::connection));
        columns.add(mapping("mapping", ColumnType.TEXT, GraphEdge.Mapping::id));
        columns.add(mapping("mapping_version", ColumnType.INTEGER, GraphEdge.Mapping::version));
        columns.add(mapping("origin", ColumnType.TEXT, GraphEdge.Mapping::origin));
        columns.add(mapping("confidence", ColumnType.DOUBLE, GraphEdge.Mapping::confidence));
        columns.add(mapping("fields", ColumnType.JSON, each -> json(each.fields())));
        columns.add(edge("reads", ColumnType.JSON, each -> json(each.reads())));
        columns.add(made("events", GraphEdge.Counts::events));
        columns.add(made("applied", GraphEdge.Counts::applied));
        columns.add(made("duplicate", GraphEdge.Counts::duplicate));
        columns.add(made("stale", GraphEdge.Counts::stale));
        return columns;
    }

    private static GraphColumn node(
            String name, ColumnType type, Function<GraphNode, Object> value) {
        return column(name, type, GraphChange::node, value);
    }

    private static GraphColumn received(String name, Function<GraphNode.Counts, Object> value) {
        return node(
                name,
                ColumnType.BIGINT,
                each -> each.counts() == null ? null : value.apply(each.counts()));
    }

    private static GraphColumn edge(
            String name, ColumnType type, Function<GraphEdge, Object> value) {
        return column(name, type, GraphChange::edge, value);
    }

    private static GraphColumn mapping(
            String name, ColumnType type, Function<GraphEdge.Mapping, Object> value) {
        return edge(
                name, type, each -> each.mapping() == null ? null : value.apply(each.mapping()));
    }

    private static GraphColumn made(String name, Function<GraphEdge.Counts, Object> value) {
        return edge(
                name,
                ColumnType.BIGINT,
                each -> each.counts() == null ? null : value.apply(each.counts()));
    }

    private static <T> GraphColumn column(
            String name,
            ColumnType type,
            Function<GraphChange, T> part,
            Function<T, Object> value) {
        return new GraphColumn(
                name,
                type,
                change -> {
                    T of = part.apply(change);
                    return of == null ? null : value.apply(of);
                });
    }

    private static String json(Object value) {
        return new String(MessageJson.write(Objects.requireNonNull(value)), StandardCharsets.UTF_8);
    }
}
