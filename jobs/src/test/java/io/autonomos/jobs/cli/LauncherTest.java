package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code autonomos} in a made-up repository, with a made-up Java. */
class LauncherTest {

    @TempDir private Path directory;
    private Path home;
    private Path java;

    @BeforeEach
    void copyTheScript() throws Exception {
        home = Files.createDirectory(directory.resolve("re po"));
        Files.copy(Path.of("..", "autonomos"), home.resolve("autonomos"));
        java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        script(java, "for a in \"$CLASSPATH\" \"$@\"; do echo \"[$a]\"; done");
    }

    @Test
    void runsThroughLinksFromAnywhereAndKeepsArgumentsWhole() throws Exception {
        built();
        Path link = Files.createSymbolicLink(directory.resolve("link"), home.resolve("autonomos"));
        Path linkToLink = Files.createSymbolicLink(directory.resolve("again"), Path.of("link"));

        String output = run(linkToLink, "/usr/bin:/bin", "ledger", "a b", "", "$HOME");

        assertThat(link).isSymbolicLink();
        assertThat(output)
                .contains("[" + home.resolve("jobs/target/autonomos-jobs-0.1.0.jar") + ":")
                .contains(":" + home.resolve("jobs/target/lib/other.jar") + "]")
                .endsWith(
                        "[io.autonomos.jobs.cli.AutonomosCommand]\n[ledger]\n[a b]\n[]\n[$HOME]\n");
    }

    @Test
    void aMissingMavenIsNamedBeforeAnythingIsBuilt() throws Exception {
        script(java, "echo 'openjdk version \"17.0.1\"' >&2");

        assertThat(run(home.resolve("autonomos"), tools(), "demo"))
                .isEqualTo("autonomos: no Maven found. Install Maven 3.8 or later.\n");
    }

    @Test
    void anOldJavaIsNamedBeforeAnythingIsBuilt() throws Exception {
        script(java, "echo 'openjdk version \"11.0.2\"' >&2");

        assertThat(run(home.resolve("autonomos"), tools(), "demo"))
                .startsWith("autonomos: Java 11 at ")
                .contains("is too old. Install a JDK 17 or later");
    }

    @Test
    void buildsOnceWhenNothingIsBuilt() throws Exception {
        script(
                java,
                "case $1 in -version) echo 'openjdk version \"21\"' >&2 ;; *) echo ran ;; esac");
        String path = tools();
        script(
                Path.of(path).resolve("mvn"),
                "case $1 in -version) echo 'Apache Maven 3.8.7' ;;"
                        + " *) echo \"mvn $*\" >&2; mkdir -p jobs/target/lib jobs/target/flink-lib;"
                        + " touch jobs/target/autonomos-job.jar ;; esac");

        assertThat(run(home.resolve("autonomos"), path, "status"))
                .startsWith("autonomos: building once")
                .contains("\nmvn -B -ntp -q -Dfast package\n")
                .endsWith("ran\n");
        assertThat(run(home.resolve("autonomos"), path, "status")).isEqualTo("ran\n");
    }

    private void built() throws IOException {
        Path target = home.resolve("jobs/target");
        Files.createDirectories(target.resolve("lib"));
        Files.createDirectories(target.resolve("flink-lib"));
        Files.createFile(target.resolve("autonomos-job.jar"));
        Files.createFile(target.resolve("autonomos-jobs-0.1.0.jar"));
        Files.createFile(target.resolve("lib/other.jar"));
    }

    /** A directory with the few programs that the script uses, and no Maven. */
    private String tools() throws IOException {
        Path tools = Files.createDirectories(directory.resolve("tools"));
        for (String name : new String[] {"bash", "dirname", "sed", "head", "mkdir", "touch"}) {
            script(tools.resolve(name), "PATH=/usr/bin:/bin exec " + name + " \"$@\"");
        }
        return tools.toString();
    }

    private String run(Path script, String path, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", java.getParent().getParent().toString());
        builder.environment().put("PATH", path);
        builder.environment().remove("AUTONOMOS_JAVA_OPTS");
        Process process =
                builder.directory(Path.of("/").toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
