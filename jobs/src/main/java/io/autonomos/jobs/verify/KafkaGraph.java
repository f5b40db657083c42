package io.autonomos.jobs.verify;

import io.autonomos.jobs.TopicReader;
import io.autonomos.operators.sink.GraphTable;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The nodes and edges of the compacted topic of graphs, as the tables have them. */
final class KafkaGraph {

    private KafkaGraph() {}

    /** The row of a message; refuses what is not the node or edge that its key names. */
    static RowImage image(KafkaViews.Message message) {
        GraphChange change = change(message);
        message.require(
                change != null
                        && change.tenant().equals(message.key().path(0).asText())
                        && change.id().equals(message.key().path(2).asText()));
        GraphTable table = GraphTable.of(change);
        List<String> columns = new ArrayList<>();
        for (GraphTable.GraphColumn column :
                table.columns().subList(GraphTable.KEY, table.columns().size())) {
            Object value = column.value().apply(change);
            columns.add(Canonical.value(column.type(), value == null ? null : value.toString()));
        }
        ViewKey key = new ViewKey(change.tenant(), table.tableName());
        return new RowImage(key, change.id(), columns);
    }

    /** Null where the message is neither. */
    private static GraphChange change(KafkaViews.Message message) {
        if (message.key().path(1).asText().equals(GraphChange.NODE)) {
            GraphNode node = TopicReader.message(GraphNode.class, message.record());
            return node == null ? null : GraphChange.of(node, Instant.EPOCH);
        }
        GraphEdge edge = TopicReader.message(GraphEdge.class, message.record());
        return edge == null ? null : GraphChange.of(edge, Instant.EPOCH);
    }
}
