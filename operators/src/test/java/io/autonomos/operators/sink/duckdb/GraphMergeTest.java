package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.sink.TestingGraphParts;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.messages.GraphChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphMergeTest {

    private static final String ACME = "acme";

    @TempDir private Path directory;
    @AutoClose private TestingFiles files;

    @BeforeEach
    void open() {
        files = new TestingFiles(directory);
    }

    @Test
    void nodesAndEdgesAreRowsOfTheTenantsFile() throws Exception {
        merge(TestingGraphParts.node(ACME, 10), TestingGraphParts.edge(ACME, 2));

        assertThat(
                        files.rows(
                                ACME,
                                "SELECT tenant, id, kind, connections->>'$[0]', received, dead_lettered"
                                        + " FROM graph_nodes"))
                .containsExactly("acme|src_salesforce_Account|stream|sf-prod|10|1");
        assertThat(
                        files.rows(
                                ACME,
                                "SELECT from_id, to_id, mapping_version, confidence,"
                                        + " fields->>'$[0].from[0]', events, stale FROM graph_edges"))
                .containsExactly("src_salesforce_Account|dcl_account|2|0.91|Na\"me|9|1");
    }

    @Test
    void theLastChangeWinsAndWhatIsGoneIsGone() throws Exception {
        merge(TestingGraphParts.node(ACME, 1), TestingGraphParts.edge(ACME, 1));

        merge(
                TestingGraphParts.node(ACME, 5),
                TestingGraphParts.node(ACME, 7),
                GraphChange.gone(
                        ACME, "edge", TestingGraphParts.edge(ACME, 1).id(), Instant.EPOCH));

        assertThat(files.rows(ACME, "SELECT received FROM graph_nodes")).containsExactly("7");
        assertThat(files.rows(ACME, "FROM graph_edges")).isEmpty();
    }

    private void merge(GraphChange... changes) throws Exception {
        files.merge(List.of(changes).stream().map(TenantRow::of).toList());
    }
}
