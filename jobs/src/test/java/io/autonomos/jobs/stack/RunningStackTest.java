package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.JobConfig;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {

    @TempDir private Path directory;

    @Test
    void theDemoIsFoundWhereTheStackOfUpIsDown() throws Exception {
        int down = Ports.any();
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new StackPorts(down, 1, 1, 1).write(WorkDir.create(directory));
            assertThat(found()).isEqualTo(down);

            int up = broker.getLocalPort();
            new StackPorts(up, 1, 1, 1).write(WorkDir.create(directory.resolve("demo")));
            assertThat(found()).isEqualTo(up);
        }
        assertThat(found()).as("neither runs").isEqualTo(down);
    }

    @Test
    void whereNothingWasStartedNothingIsFound() {
        assertThat(RunningStack.find(directory)).isEmpty();
    }

    @Test
    void theSettingsOfTheSubmittedJobAreKeptBesideTheStacksOwn() throws Exception {
        new StackPorts(1, 1, 1, 1).write(WorkDir.create(directory));
        RunningStack stack = RunningStack.find(directory).orElseThrow();
        assertThat(stack.submitted()).isEmpty();
        Configuration job = Configuration.fromMap(stack.jobSettings());
        job.setString("feeds.crm.topics", "crm: one;two");
        job.setString("duckdb.commit-interval", "9 s");

        stack.keep(job);

        assertThat(JobConfig.unsaid(stack.submitted().orElseThrow(), stack.jobSettings()))
                .as("what is left to the stack")
                .containsKeys("kafka.bootstrap-servers", "postgres.url")
                .doesNotContainKeys("feeds.crm.topics", "duckdb.commit-interval");
        assertThat(
                        JobConfig.fromArguments(
                                        "--config", stack.submitted().orElseThrow().toString())
                                .toMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "feeds.crm.topics", "crm: one;two",
                                "duckdb.commit-interval", "9 s"));
    }

    @Test
    void ofAJobOnOtherBrokersAllSettingsAreKept() throws Exception {
        new StackPorts(1, 1, 1, 1).write(WorkDir.create(directory));
        RunningStack stack = RunningStack.find(directory).orElseThrow();
        Configuration job = Configuration.fromMap(stack.jobSettings());
        job.setString("kafka.bootstrap-servers", "elsewhere:9092");

        stack.keep(job);

        assertThat(
                        JobConfig.fromArguments(
                                        "--config", stack.submitted().orElseThrow().toString())
                                .toMap())
                .isEqualTo(job.toMap());
    }

    private int found() {
        return RunningStack.find(directory).orElseThrow().ports().kafka();
    }
}
