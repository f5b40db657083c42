package io.autonomos.jobs.cli.views;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.jobs.cli.common.StoreOptions;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.operators.sink.duckdb.DuckDbReader;
import io.autonomos.operators.sink.duckdb.DuckDbReader.Answer;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL on a tenant's DuckDB file. */
@Command(
        name = "query",
        description = {
            "Run SQL on a tenant's DuckDB file, read-only. The query can reach no other file, so no"
                    + " other tenant's rows.",
            "The job may run; its commits to this tenant's file wait until the query has ended.",
            "Tables: dcl_<entity> (unified rows), dcl_links, dcl_<entity>_by_source,"
                    + " <entity>_current (one row per source record), agg_<what> (aggregates)."
        })
final class ViewsQueryCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Spec private CommandSpec spec;
    @Mixin private StoreOptions stores;

    @Option(names = "--tenant", required = true, description = "Whose file.")
    private String tenant;

    @Parameters(paramLabel = "SQL", description = "The query, as \"SELECT name FROM dcl_account\".")
    private String sql;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = Patience.class,
            description = "How long the query may take (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @ArgGroup private Format format = new Format();

    private static final class Format {

        @Option(names = "--json", description = "Print one JSON object per row.")
        private boolean json;

        @Option(names = "--csv", description = "Print CSV with a header line.")
        private boolean csv;
    }

    @Override
    public Integer call() throws Exception {
        Answer answer = ask(stores.settings());
        PrintWriter out = spec.commandLine().getOut();
        if (format.json) {
            printJson(answer, out);
        } else if (format.csv) {
            printCsv(answer, out);
        } else {
            printTable(answer, out);
        }
        out.flush();
        return 0;
    }

    private Answer ask(JobSettings job) throws IOException, InterruptedException {
        if (job.duckDb() == null) {
            throw new CommandException(
                    ErrorCode.CONFIG_INVALID, "the job does not write to DuckDB (sinks).");
        }
        DuckDbReader reader = new DuckDbReader(Path.of(job.duckDb().directory()), PATIENCE);
        Path file = reader.file(tenant);
        if (!Files.exists(file)) {
            throw new CommandException(
                    "the tenant %s has no file in %s; its first rows make one."
                            .formatted(tenant, job.duckDb().directory()));
        }
        try {
            return reader.ask(file, sql, timeout);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private CommandException refused(SQLException e) {
        String why = String.valueOf(e.getMessage());
        if (why.startsWith("INTERRUPT")) {
            return new CommandException(
                    "the query took longer than %s, and the tenant's commits wait for it. Narrow it, or give a longer --timeout."
                            .formatted(TimeUtils.formatWithHighestUnit(timeout)));
        }
        String next =
                why.contains("read-only") || why.contains("READ ONLY")
                        ? " The rows are the job's own; queries only read them."
                        : "";
        return new CommandException("DuckDB refuses the query: " + why + next);
    }

    private static void printJson(Answer answer, PrintWriter out) throws IOException {
        ObjectMapper json = new ObjectMapper();
        json.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        for (List<Object> row : answer.rows()) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                object.put(answer.columns().get(i), row.get(i));
            }
            out.println(json.writeValueAsString(object));
        }
    }

    private static void printCsv(Answer answer, PrintWriter out) {
        printLine(answer.columns(), out);
        answer.rows().forEach(row -> printLine(row, out));
    }

    private static void printLine(List<?> cells, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String text = text(cells.get(i));
            boolean plain = text.chars().noneMatch(c -> "\",\r\n".indexOf(c) >= 0);
            line.append(i == 0 ? "" : ",")
                    .append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
        }
        out.print(line.append("\r\n"));
    }

    private static void printTable(Answer answer, PrintWriter out) {
        TextTable table = TextTable.ofText();
        table.row(answer.columns());
        answer.rows().forEach(row -> table.row(row.stream().map(ViewsQueryCommand::text).toList()));
        out.print(table);
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
