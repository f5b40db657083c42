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
                    .hasMessageContaining("is in use by another autonomos process");
        }
        assertThat(StackLock.holding(workDir, () -> "free again")).isEqualTo("free again");
    }
}
