package io.autonomos.operators.graph;

import static io.autonomos.operators.graph.TestingGraph.ACME;
import static io.autonomos.operators.graph.TestingGraph.made;
import static io.autonomos.operators.graph.TestingGraph.mapped;
import static io.autonomos.operators.graph.TestingGraph.received;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.model.EntityModel;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class GraphKeeperTest {

    private static final String NODE = "src_salesforce_Account";
    private static final String EDGE = "mapping:sf-prod:" + NODE;

    @Test
    void aStreamHangsBelowItsSystemAndBecomesAnEntity() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    mapped(ACME, "salesforce", "account", 2, 5),
                    received(ACME, "salesforce", 10, 5),
                    made(ACME, "salesforce", 8, 6));
            graph.checkpoint();

            assertThat(graph.parts().get("acme node sys_aam_sources"))
                    .isEqualTo(GraphNode.of("acme", "sys_aam_sources", "system", "from AAM"));
            assertThat(graph.parts().get("acme node " + NODE))
                    .isEqualTo(
                            new GraphNode(
                                    "acme",
                                    NODE,
                                    "stream",
                                    "Account",
                                    "salesforce",
                                    "Account",
                                    List.of("sf-prod"),
                                    new GraphNode.Counts(10, 9, 0, 0, 1)));
            assertThat(graph.parts().get("acme edge hierarchy:" + NODE))
                    .isEqualTo(
                            GraphEdge.of(
                                    "acme",
                                    "hierarchy:" + NODE,
                                    "hierarchy",
                                    "sys_aam_sources",
                                    NODE,
                                    List.of()));
            assertThat(graph.parts().get("acme edge " + EDGE))
                    .isEqualTo(
                            new GraphEdge(
                                    "acme",
                                    EDGE,
                                    "mapping",
                                    NODE,
                                    "dcl_account",
                                    "sf-prod",
                                    new GraphEdge.Mapping(
                                            "salesforce-account",
                                            2,
                                            "repair",
                                            0.91,
                                            List.of(new FieldSources("name", List.of("Name")))),
                                    List.of(),
                                    new GraphEdge.Counts(9, 8, 0, 0)));
        }
    }

    @Test
    void everyGraphHasTheAgentsAndWhatTheyRead() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(received(ACME, "salesforce", 1, 5));
            graph.checkpoint();

            assertThat(
                            (GraphEdge)
                                    graph.parts()
                                            .get(
                                                    "acme edge consumption:dcl_opportunity:agent_revops"))
                    .extracting(GraphEdge::from, GraphEdge::to, GraphEdge::reads)
                    .containsExactly(
                            "dcl_opportunity",
                            "agent_revops",
                            List.of("agg_pipeline", "agg_open_amount", "agg_win_rate"));
            assertThat(graph.parts().keySet())
                    .contains("acme node agent_finops", "acme node dcl_usage");
        }
    }

    @Test
    void whatIsAsItWasIsNotSaidAgain() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(mapped(ACME, "salesforce", "account", 1, 5));
            graph.send(received(ACME, "salesforce", 10, 5));
            graph.checkpoint();

            graph.send(received(ACME, "salesforce", 10, 5));
            graph.send(mapped(ACME, "salesforce", "account", 1, 9));
            assertThat(graph.checkpoint()).extracting(GraphChange::id).containsExactly(NODE);
            assertThat(graph.checkpoint()).isEmpty();

            graph.send(received(ACME, "salesforce", 11, 10), received(ACME, "salesforce", 12, 11));
            assertThat(graph.checkpoint()).extracting(GraphChange::id).containsExactly(NODE, EDGE);
        }
    }

    @Test
    void tenReconnectionsAtOnceAddNothing() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            StreamKey other = new StreamKey("acme", "sf-emea", "Account");
            graph.send(
                    mapped(ACME, "salesforce", "account", 1, 5),
                    received(ACME, "salesforce", 10, 5),
                    mapped(other, "salesforce", "account", 1, 5),
                    received(other, "salesforce", 5, 5));
            graph.checkpoint();
            var before = List.copyOf(graph.parts().keySet());

            for (int i = 0; i < 10; i++) {
                graph.send(mapped(ACME, "salesforce", "account", 1, 6 + i));
                graph.send(received(ACME, "salesforce", 11 + i, 6 + i));
            }
            graph.checkpoint();

            assertThat(graph.parts().keySet()).containsExactlyElementsOf(before);
            assertThat(((GraphNode) graph.parts().get("acme node " + NODE)).connections())
                    .containsExactly("sf-emea", "sf-prod");
            assertThat(((GraphNode) graph.parts().get("acme node " + NODE)).counts().received())
                    .isEqualTo(25);
        }
    }

    @Test
    void aStreamThatIsReadAsAnotherSourceMovesWithItsEdges() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    mapped(ACME, "salesforce", "account", 1, 5),
                    received(ACME, "salesforce", 1, 5));
            graph.checkpoint();

            graph.send(mapped(ACME, "dynamics", "contact", 1, 6), received(ACME, "dynamics", 2, 6));
            graph.checkpoint();

            assertThat(graph.parts().keySet())
                    .noneMatch(key -> key.contains("salesforce"))
                    .contains(
                            "acme node src_dynamics_Account",
                            "acme edge hierarchy:src_dynamics_Account",
                            "acme edge mapping:sf-prod:src_dynamics_Account");
        }
    }

    @Test
    void aStreamWithoutAMappingHasNoEdgeToAnEntity() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    mapped(ACME, "salesforce", "account", 1, 5),
                    received(ACME, "salesforce", 1, 5));
            graph.checkpoint();

            graph.send(
                    StreamFacts.of(
                            MappingInEffect.none(ACME, "salesforce", Instant.ofEpochMilli(6))));
            graph.checkpoint();

            assertThat(graph.parts()).doesNotContainKey("acme edge " + EDGE);
            assertThat(graph.parts()).containsKey("acme node " + NODE);
        }
    }

    @Test
    void namesThatLookLikeSeparatorsMakeDifferentNodes() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    received(new StreamKey("acme", "c", "b_c"), "a", 1, 5),
                    received(new StreamKey("acme", "c", "c"), "a_b", 1, 5),
                    received(new StreamKey("acme", "c", "x:y%"), "a", 1, 5));
            graph.checkpoint();

            assertThat(graph.parts().keySet())
                    .contains(
                            "acme node src_a_b_c",
                            "acme node src_a%5Fb_c",
                            "acme node src_a_x%3Ay%25");
        }
    }

    @Test
    void aGraphOutlivesARestartAndGoesOnWhereItWas() throws Exception {
        OperatorSubtaskState snapshot;
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    mapped(ACME, "salesforce", "account", 1, 5),
                    received(ACME, "salesforce", 1, 5));
            graph.checkpoint();
            snapshot = graph.snapshot();
        }

        try (TestingGraph graph = new TestingGraph(snapshot)) {
            graph.send(
                    mapped(ACME, "salesforce", "account", 1, 8),
                    received(ACME, "salesforce", 2, 8));

            assertThat(graph.checkpoint()).extracting(GraphChange::id).containsExactly(NODE, EDGE);
        }
    }

    @Test
    void recordsWithoutAnAddressBelongToNoGraph() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(
                    received(StreamKey.UNADDRESSED, "_", 5, 5),
                    received(new StreamKey("acme", "c", "_"), "salesforce", 5, 5));

            assertThat(graph.checkpoint()).isEmpty();
        }
    }

    @Test
    void everyEntityOfTheModelIsANode() throws Exception {
        try (TestingGraph graph = new TestingGraph()) {
            graph.send(received(ACME, "salesforce", 1, 5));
            graph.checkpoint();

            EntityModel.shipped()
                    .entities()
                    .forEach(
                            each ->
                                    assertThat(graph.parts())
                                            .containsKey("acme node dcl_" + each.name()));
        }
    }
}
