package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirTest {

    @TempDir private Path directory;

    @Test
    void onlyItsOwnerCanEnterTheWorkDirectory() throws Exception {
        WorkDir workDir = WorkDir.create(directory.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workDir.root())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workDir.secrets())))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileIsNoWorkDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> WorkDir.create(file))
                .hasMessageContaining("AOS-705")
                .hasMessageContaining(file.toString());
    }

    @Test
    void wipingStaysInsideAndFollowsNoLinks() throws Exception {
        Path outside =
                Files.createFile(Files.createDirectory(directory.resolve("out")).resolve("f"));
        WorkDir workDir = WorkDir.create(directory.resolve("work"));
        Path kafka = workDir.directory("kafka");
        Files.createSymbolicLink(kafka.resolve("link"), outside.getParent());

        workDir.wipe("kafka");
        workDir.wipe("../out");

        assertThat(kafka).doesNotExist();
        assertThat(outside).exists();
    }

    @Test
    void aSecretIsMadeOnceForItsOwnerOnly() throws Exception {
        Path file = directory.resolve("password");

        String secret = Secrets.readOrCreate(file);

        assertThat(secret).matches("[0-9a-f]{48}");
        assertThat(Secrets.readOrCreate(file)).isEqualTo(secret);
        assertThat(Secrets.readOrCreate(directory.resolve("other"))).isNotEqualTo(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void oneStackAtATimeHoldsAWorkDirectory() {
        WorkDir workDir = WorkDir.create(directory);

        try (StackLock held = StackLock.take(workDir)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> StackLock.take(workDir))
                    .hasMessageContaining("AOS-714")
                    .hasMessageContaining(directory.toString());
        }
        assertThat(StackLock.holding(workDir, () -> "free again")).isEqualTo("free again");
    }

    @Test
    void aSecondDemoClearsNothingOfTheOneThatRuns() {
        WorkDir workDir = WorkDir.create(directory);
        Path data = workDir.directory("kafka");

        try (StackLock held = StackLock.take(workDir)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> EmbeddedStack.start(workDir, () -> clear(workDir), 1))
                    .hasMessageContaining("AOS-714");
        }

        assertThat(data).exists();
    }

    @Test
    void aStackThatGetsNoPortsFreesTheDirectory() {
        WorkDir workDir = WorkDir.create(directory);
        StackPorts.Asked wrong = new StackPorts.Asked(70_000, null, null);

        assertThatThrownBy(() -> EmbeddedStack.start(workDir, () -> StackPorts.choose(wrong), 1))
                .hasMessageContaining("AOS-705")
                .hasMessageContaining("70000, asked for Kafka");

        assertThat(StackLock.holding(workDir, () -> "free")).isEqualTo("free");
    }

    private static StackPorts clear(WorkDir workDir) {
        workDir.wipe("kafka");
        return StackPorts.choose(StackPorts.Asked.ANY);
    }
}
