package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class AutonomosCommandTest {

    @TempDir private Path directory;
    private StringWriter out;
    private StringWriter err;
    private CommandLine command;

    @BeforeEach
    void captureOutput() {
        out = new StringWriter();
        err = new StringWriter();
        command =
                AutonomosCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true));
    }

    static Stream<String> subcommands() {
        return AutonomosCommand.commandLine().getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("subcommands")
    void everySubcommandHasHelp(String name) {
        assertThat(command.execute(name, "--help")).isZero();

        assertThat(out.toString()).contains("Usage: autonomos " + name);
        assertThat(command.getSubcommands().get(name).getCommandSpec().usageMessage().description())
                .isNotEmpty();
    }

    @Test
    void withoutASubcommandItSaysWhatThereIs() {
        assertThat(command.execute()).isZero();

        assertThat(out.toString()).contains("submit").contains("down");
    }

    @Test
    void wrongUsageIsAFailureAndNotTheTwoOfASubcommand() {
        assertThat(command.execute("status", "--jsno")).isEqualTo(1);

        assertThat(err.toString())
                .startsWith("autonomos status: Unknown option: '--jsno'")
                .contains("--json")
                .contains("Try `autonomos status --help`.");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFailureIsOneMessageWithoutAStackTrace() {
        assertThat(command.execute("submit", "--work-dir", directory.toString())).isEqualTo(1);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("autonomos submit: AOS-711: No stack was started in " + directory);
    }

    @Test
    void aTargetThatIsNoAddressIsRefused() {
        assertThat(command.execute("submit", "--target", "http://host")).isEqualTo(1);

        assertThat(err.toString()).contains("--target must be HOST:PORT, but was http://host.");
    }
}
