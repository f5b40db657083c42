package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {

    @TempDir private Path directory;
    private WorkDir workDir;
    private ManagedProcess server;

    @BeforeEach
    void nameAServer() {
        workDir = WorkDir.create(directory);
        server = new ManagedProcess(workDir, "kafka");
    }

    @Test
    void aPidThatNowBelongsToAnotherProcessIsLeftAlone() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            writePids(other.pid());

            assertThat(server.isRunning()).isFalse();
            assertThat(server.stop(Duration.ofSeconds(1))).isFalse();
            assertThat(other.isAlive()).isTrue();
            assertThat(workDir.run().resolve("kafka.pid")).doesNotExist();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void pidFilesOfDeadProcessesAndWithoutAPidMeanNothingRuns() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        writePids(dead.pid());

        assertThat(server.isRunning()).isFalse();

        Files.writeString(workDir.run().resolve("kafka.pid"), "");
        assertThat(server.pid()).isEmpty();
    }

    private void writePids(long pid) throws IOException {
        Files.writeString(workDir.run().resolve("kafka.pid"), pid + "\n");
        Files.writeString(workDir.run().resolve("kafka.supervisor.pid"), pid + "\n");
    }
}
