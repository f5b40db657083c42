package io.autonomos.jobs.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.cli.common.CommandLogging;
import io.autonomos.jobs.cli.common.Progress;
import io.autonomos.jobs.cli.common.StackOptions;
import io.autonomos.jobs.demo.Demo;
import io.autonomos.jobs.demo.DemoReport;
import io.autonomos.jobs.simulate.SimulatedDrift;
import io.autonomos.jobs.simulate.Simulation;
import io.autonomos.jobs.simulate.SimulationReport;
import io.autonomos.jobs.stack.EmbeddedPostgres;
import io.autonomos.jobs.stack.EmbeddedStack;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.jobs.stack.WorkDir;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole product on sample data in one process. */
@Command(
        name = "demo",
        description = {
            "Run the whole job on sample data: a real Kafka broker, a real PostgreSQL and Flink with"
                    + " its dashboard, all inside this process.",
            "Three tenants with nine connections; stays up until Ctrl-C. Each run starts afresh."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every record is accounted for and the stores agree, also on the unified rows",
            "1:failed",
            "2:the account has a residual, the stores differ, or a drift was not mended"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int DRIFT_RECORDS = 2_000;
    private static final List<String> DATA =
            List.of("kafka", "postgres", "flink", "duckdb", "input", "tmp");

    @Spec private CommandSpec spec;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Default: ${DEFAULT-VALUE}. Where the demo keeps its data.",
            defaultValue = WorkDir.DEFAULT_NAME + "/demo")
    private Path directory;

    @Mixin private StackOptions.PortOptions ports;

    @Option(names = "--exit", description = "End when the samples are done.")
    private boolean exit;

    @Option(names = "--json", description = "With --exit: print only the final account, as JSON.")
    private boolean json;

    @Option(
            names = "--verify",
            description = "Compare the unified rows with a replay too, and show the comparison.")
    private boolean verify;

    @Option(
            names = "--drift",
            description =
                    "Then rename a field of a stream in the middle of its records, beside streams that"
                            + " do not change, and show how it is mended.")
    private boolean drift;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            description = "Parallel instances of each operator (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Override
    public Integer call() throws Exception {
        if (parallelism < 1) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--parallelism must be at least 1, but was " + parallelism + ".");
        }
        WorkDir workDir = WorkDir.create(directory);
        CommandLogging.toFile(workDir.logs().resolve("demo.log"));
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(spec.commandLine().getErr());
        progress.say("Starting Kafka, PostgreSQL and Flink ...");
        try (EmbeddedStack stack =
                EmbeddedStack.start(workDir, () -> afresh(workDir, progress), parallelism)) {
            closeOnInterrupt(stack);
            progress.say("Dashboard: " + stack.flink().dashboard());
            DemoReport report = new Demo(stack, progress::update).run(parallelism, verify);
            progress.end();
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(report.toJson()));
            } else {
                out.println(report.toText());
                if (verify) {
                    out.println(report.toVerification());
                }
                out.println(whereToLook(stack));
            }
            boolean mended = !drift || mends(stack, out, progress);
            out.flush();
            if (!exit) {
                progress.say("Running; Ctrl-C stops it.");
                new CountDownLatch(1).await();
            }
            return report.isSound() && mended ? 0 : 2;
        }
    }

    /** Clears what an earlier demo left, and chooses the ports. */
    private StackPorts afresh(WorkDir workDir, Progress progress) {
        DATA.forEach(workDir::wipe);
        // Natives are unpacked there, and go with the next run where this one is killed.
        System.setProperty("java.io.tmpdir", workDir.directory("tmp").toString());
        StackPorts taken = StackPorts.choose(ports.asked());
        taken.notices(ports.asked()).forEach(progress::say);
        taken.write(workDir);
        return taken;
    }

    /** Runs a simulation beside what the demo has fed, and shows it unless JSON is asked for. */
    private boolean mends(EmbeddedStack stack, PrintWriter out, Progress progress) {
        String brokers = stack.kafka().bootstrapServers();
        try (TopicReader reader = new TopicReader(brokers, Map.of());
                RawTopicWriter writer = new RawTopicWriter(brokers, Map.of(), Demo.RAW)) {
            Simulation simulation =
                    new Simulation(Demo.PREFIX, reader, writer, PATIENCE, progress::update);
            List<SimulatedDrift> drifts = List.of(SimulatedDrift.RENAMED, SimulatedDrift.NONE);
            SimulationReport report =
                    new SimulationReport(simulation.run("acme", "demo", drifts, DRIFT_RECORDS, 1));
            progress.end();
            if (!json) {
                out.println(report.toText());
            }
            return report.isAsExpected();
        }
    }

    /** Ctrl-C ends the servers too, also in the middle of the samples. */
    private static void closeOnInterrupt(EmbeddedStack stack) {
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "demo-shutdown"));
    }

    private static String whereToLook(EmbeddedStack stack) {
        WorkDir workDir = stack.workDir();
        return """
                Dashboard   %s
                PostgreSQL  %s
                            user %s, password in %s
                            SET autonomos.tenant = 'acme'; SELECT name, stage, amount FROM opportunity_current;
                DuckDB      %s, a file per tenant
                Kafka       %s, topics autonomos.*
                Graph       autonomos graph --tenant acme --format svg -o acme.svg
                """
                .formatted(
                        stack.flink().dashboard(),
                        stack.postgres().jdbcUrl(),
                        EmbeddedPostgres.READER,
                        EmbeddedPostgres.passwordFile(workDir, EmbeddedPostgres.READER),
                        workDir.duckdb(),
                        stack.kafka().bootstrapServers());
    }
}
