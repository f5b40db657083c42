package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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

    private int found() {
        return RunningStack.find(directory).orElseThrow().ports().kafka();
    }
}
