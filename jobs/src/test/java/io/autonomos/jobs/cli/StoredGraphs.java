package io.autonomos.jobs.cli;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.jobs.demo.Demo;
import io.autonomos.jobs.graph.GraphImage;
import io.autonomos.jobs.graph.GraphReader;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.EmbeddedStack;
import io.autonomos.jobs.stack.WorkDir;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.schemas.messages.GraphEdge;
import io.autonomos.schemas.messages.GraphNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One tenant's graph as each store of a stack has it. */
final class StoredGraphs {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EmbeddedStack stack;
    private final WorkDir workDir;
    private final String tenant;

    StoredGraphs(EmbeddedStack stack, WorkDir workDir, String tenant) {
        this.stack = stack;
        this.workDir = workDir;
        this.tenant = tenant;
    }

    /** The graph, once all stores have the same; each commits at its own pace. */
    GraphImage agreed() throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            GraphImage postgres = postgres();
            GraphImage duckDb = duckDb();
            GraphImage kafka = kafka();
            if (!postgres.isEmpty() && postgres.equals(duckDb) && postgres.equals(kafka)) {
                return postgres;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "PostgreSQL has %s%nDuckDB has %s%nKafka has %s"
                                .formatted(postgres, duckDb, kafka));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    private GraphImage postgres() throws Exception {
        try (Connection connection = stack.postgres().connect(EmbeddedPostgres.WRITER)) {
            return GraphReader.read(connection, tenant);
        }
    }

    private GraphImage duckDb() throws Exception {
        DuckDbReader reader = new DuckDbReader(workDir.duckdb(), Duration.ofSeconds(20));
        return reader.query(
                reader.file(tenant),
                statement -> GraphReader.read(statement.getConnection(), tenant));
    }

    private GraphImage kafka() {
        Map<String, GraphNode> nodes = new TreeMap<>();
        Map<String, GraphEdge> edges = new TreeMap<>();
        try (TopicReader reader = new TopicReader(stack.kafka().bootstrapServers(), Map.of())) {
            reader.read(
                    Topics.graph(Demo.PREFIX),
                    message -> {
                        String key = new String(message.key(), StandardCharsets.UTF_8);
                        if (!key.startsWith("[\"" + tenant + "\",")) {
                            return;
                        }
                        GraphNode node = TopicReader.message(GraphNode.class, message);
                        GraphEdge edge = TopicReader.message(GraphEdge.class, message);
                        nodes.remove(key);
                        edges.remove(key);
                        if (node != null) {
                            nodes.put(key, node);
                        } else if (edge != null) {
                            edges.put(key, edge);
                        }
                    });
        }
        List<GraphNode> allNodes = new ArrayList<>(nodes.values());
        return new GraphImage(tenant, allNodes, new ArrayList<>(edges.values()));
    }
}
