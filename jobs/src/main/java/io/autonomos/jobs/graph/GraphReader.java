package io.autonomos.jobs.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a tenant's graph from the tables that PostgreSQL and DuckDB have alike. */
public final class GraphReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<FieldSources>> FIELDS = new TypeReference<>() {};

    private GraphReader() {}

    /** The tenant's graph; empty where it has none yet. */
    public static GraphImage read(Connection connection, String tenant) throws SQLException {
        return new GraphImage(
                tenant,
                rows(connection, GraphTable.NODES, tenant, GraphReader::node),
                rows(connection, GraphTable.EDGES, tenant, GraphReader::edge));
    }

    private interface Row<T> {
        T of(String tenant, ResultSet row) throws SQLException;
    }

    private static <T> List<T> rows(
            Connection connection, GraphTable table, String tenant, Row<T> row)
            throws SQLException {
        String columns =
                table.columns().stream()
                        .map(GraphTable.GraphColumn::name)
                        .collect(Collectors.joining(", "));
        String sql = "SELECT %s FROM %s WHERE tenant = ?".formatted(columns, table.tableName());
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, tenant);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(row.of(tenant, rows));
                }
            }
            return found;
        }
    }

    private static GraphNode node(String tenant, ResultSet row) throws SQLException {
        boolean isStream = GraphNode.STREAM.equals(row.getString("kind"));
        return new GraphNode(
                tenant,
                row.getString("id"),
                row.getString("kind"),
                row.getString("label"),
                row.getString("source"),
                row.getString("stream"),
                json(row, "connections", TEXTS),
                isStream
                        ? new GraphNode.Counts(
                                row.getLong("received"),
                                row.getLong("canonical"),
                                row.getLong("filtered"),
                                row.getLong("parked"),
                                row.getLong("dead_lettered"))
                        : null);
    }

    private static GraphEdge edge(String tenant, ResultSet row) throws SQLException {
        boolean isMapping = GraphEdge.MAPPING.equals(row.getString("kind"));
        return new GraphEdge(
                tenant,
                row.getString("id"),
                row.getString("kind"),
                row.getString("from_id"),
                row.getString("to_id"),
                row.getString("connection"),
                isMapping
                        ? new GraphEdge.Mapping(
                                row.getString("mapping"),
                                row.getInt("mapping_version"),
                                row.getString("origin"),
                                row.getDouble("confidence"),
                                json(row, "fields", FIELDS))
                        : null,
                json(row, "reads", TEXTS),
                isMapping
                        ? new GraphEdge.Counts(
                                row.getLong("events"),
                                row.getLong("applied"),
                                row.getLong("duplicate"),
                                row.getLong("stale"))
                        : null);
    }

    private static <T> T json(ResultSet row, String column, TypeReference<T> type)
            throws SQLException {
        try {
            return JSON.readValue(row.getString(column), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the column " + column + " holds no such JSON", e);
        }
    }
}
