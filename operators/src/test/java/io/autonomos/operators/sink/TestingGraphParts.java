package io.autonomos.operators.sink;

import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.time.Instant;
import java.util.List;

/** A node and an edge of a graph. */
public final class TestingGraphParts {

    private static final String NODE = "src_salesforce_Account";

    private TestingGraphParts() {}

    public static GraphChange node(String tenant, long received) {
        return GraphChange.of(
                new GraphNode(
                        tenant,
                        NODE,
                        "stream",
                        "Account",
                        "salesforce",
                        "Account",
                        List.of("sf-prod"),
                        new GraphNode.Counts(received, received - 1, 0, 0, 1)),
                Instant.EPOCH);
    }

    public static GraphChange edge(String tenant, int version) {
        return GraphChange.of(
                new GraphEdge(
                        tenant,
                        "mapping:sf-prod:" + NODE,
                        "mapping",
                        NODE,
                        "dcl_account",
                        "sf-prod",
                        new GraphEdge.Mapping(
                                "salesforce-account",
                                version,
                                "repair",
                                0.91,
                                List.of(new FieldSources("name", List.of("Na\"me")))),
                        List.of(),
                        new GraphEdge.Counts(9, 8, 0, 1)),
                Instant.EPOCH);
    }
}
