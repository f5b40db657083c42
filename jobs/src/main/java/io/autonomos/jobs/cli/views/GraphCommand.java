package io.autonomos.jobs.cli.views;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.StoreOptions;
import io.autonomos.jobs.graph.GraphFormat;
import io.autonomos.jobs.graph.GraphImage;
import io.autonomos.jobs.graph.GraphReader;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.operators.sink.postgres.PostgresReader;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws a tenant's graph. */
@Command(
        name = "graph",
        description = {
            "Draw a tenant's graph: the streams of its connections, the entities they become by which"
                    + " mapping version, and the agents that read those.",
            "It is read from PostgreSQL, or from the tenant's DuckDB file where the job does not write"
                    + " to PostgreSQL; counts are those of the last checkpoint."
        })
public final class GraphCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Spec private CommandSpec spec;
    @Mixin private StoreOptions stores;

    @Option(names = "--tenant", required = true, description = "Whose graph.")
    private String tenant;

    @Option(
            names = "--format",
            defaultValue = "mermaid",
            description = "json, mermaid, dot or svg (default: ${DEFAULT-VALUE}).")
    private GraphFormat format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write there instead of to the standard output.")
    private Path output;

    @Override
    public Integer call() throws Exception {
        GraphImage graph = read(stores.settings());
        if (graph.isEmpty()) {
            throw new CommandException(
                    "the tenant %s has no graph; its first records make one.".formatted(tenant));
        }
        String text = format.write(graph);
        if (output != null) {
            Files.writeString(output, text);
            return 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(text);
        out.flush();
        return 0;
    }

    private GraphImage read(JobSettings job)
            throws SQLException, IOException, InterruptedException {
        if (job.sinks().contains(Store.POSTGRES)) {
            try (Connection connection = PostgresReader.open(job.postgres())) {
                return GraphReader.read(connection, tenant);
            }
        }
        if (!job.sinks().contains(Store.DUCKDB)) {
            throw new CommandException(
                    ErrorCode.CONFIG_INVALID,
                    "the job writes neither to PostgreSQL nor to DuckDB (sinks).");
        }
        DuckDbReader reader = new DuckDbReader(Path.of(job.duckDb().directory()), PATIENCE);
        Path file = reader.file(tenant);
        return Files.exists(file)
                ? reader.query(
                        file, statement -> GraphReader.read(statement.getConnection(), tenant))
                : new GraphImage(tenant, List.of(), List.of());
    }
}
