package io.autonomos.jobs.cli.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.JobSubmission;
import io.autonomos.jobs.stack.ProcessStack;
import io.autonomos.jobs.stack.RunningJobs;
import io.autonomos.jobs.stack.StackException;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.jobs.stack.WorkDir;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.runtime.client.JobStatusMessage;

/** Prints where the servers of a stack are, for people or as JSON. */
final class StackReport {

    private final WorkDir workDir;
    private final StackPorts ports;
    private final Map<String, Long> pids;
    private final List<JobStatusMessage> jobs;

    StackReport(WorkDir workDir, ProcessStack stack) {
        this.workDir = workDir;
        this.ports = stack.ports();
        this.pids = stack.pids();
        this.jobs = pids.get("jobmanager") > 0 ? jobs(workDir) : List.of();
    }

    private static List<JobStatusMessage> jobs(WorkDir workDir) {
        try (RunningJobs running = new RunningJobs(JobSubmission.stack(workDir))) {
            return running.list();
        } catch (StackException e) {
            return List.of(); // it is starting, or going down
        }
    }

    /** Whether every server is there. */
    boolean isComplete() {
        return pids.values().stream().allMatch(pid -> pid > 0);
    }

    void print(PrintWriter out) {
        out.println("Kafka      " + ports.bootstrapServers() + state("kafka"));
        out.println("PostgreSQL " + ports.jdbcUrl() + state("postgres"));
        out.println(
                "           user "
                        + EmbeddedPostgres.WRITER
                        + ", password in "
                        + EmbeddedPostgres.passwordFile(workDir, EmbeddedPostgres.WRITER));
        out.println(
                "           user "
                        + EmbeddedPostgres.READER
                        + " (reads only), password in "
                        + EmbeddedPostgres.passwordFile(workDir, EmbeddedPostgres.READER));
        out.println("Dashboard  " + ports.dashboardUrl() + state("jobmanager"));
        out.println("           TaskManager" + state("taskmanager"));
        jobs.forEach(
                job ->
                        out.println(
                                "           job %s %s: %s"
                                        .formatted(
                                                job.getJobName(),
                                                job.getJobId(),
                                                job.getJobState()
                                                        .name()
                                                        .toLowerCase(Locale.ROOT))));
        out.println("DuckDB     " + workDir.duckdb());
        out.println("Logs       " + workDir.logs());
    }

    void printJson(PrintWriter out) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("running", isComplete());
        report.put("work_dir", workDir.root().toString());
        report.put("kafka", Map.of("bootstrap_servers", ports.bootstrapServers()));
        Map<String, Object> postgres = new LinkedHashMap<>();
        postgres.put("jdbc_url", ports.jdbcUrl());
        postgres.put("writer", EmbeddedPostgres.WRITER);
        postgres.put("writer_password_file", password(EmbeddedPostgres.WRITER));
        postgres.put("reader", EmbeddedPostgres.READER);
        postgres.put("reader_password_file", password(EmbeddedPostgres.READER));
        report.put("postgres", postgres);
        report.put("flink", Map.of("dashboard", ports.dashboardUrl()));
        List<Map<String, String>> running = new ArrayList<>();
        jobs.forEach(
                job ->
                        running.add(
                                Map.of(
                                        "id",
                                        job.getJobId().toString(),
                                        "name",
                                        job.getJobName(),
                                        "state",
                                        job.getJobState().name())));
        report.put("jobs", running);
        report.put("duckdb", workDir.duckdb().toString());
        report.put("logs", workDir.logs().toString());
        report.put("pids", pids);
        try {
            out.println(new ObjectMapper().writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String password(String role) {
        return EmbeddedPostgres.passwordFile(workDir, role).toString();
    }

    private String state(String server) {
        long pid = pids.get(server);
        return pid > 0 ? "  (pid " + pid + ")" : "  (not running)";
    }
}
