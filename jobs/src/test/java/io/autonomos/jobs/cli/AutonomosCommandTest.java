package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.autonomos.jobs.cli.common.Patience;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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

    static Stream<Arguments> wrongArguments() {
        return Stream.of(
                arguments("verify --timeout soon", "'--timeout': expected seconds, or a number"),
                arguments("review approve p --timeout soon", "but was soon"),
                arguments("dead-letter list --code AOS-3", "--code is no error code: AOS-3;"),
                arguments("dead-letter list --limit -1", "--limit must not be negative"),
                arguments("demo --parallelism 0", "--parallelism must be at least 1, but was 0."),
                arguments("up --slots 0", "--slots must be at least 1, but was 0."),
                arguments("ledger --bootstrap foo", "AOS-704: the topics cannot be read at foo: "),
                arguments("ledger --work-dir nowhere", "AOS-711: there is no stack in nowhere"));
    }

    @ParameterizedTest
    @MethodSource("wrongArguments")
    void aWrongArgumentIsNamedWithWhatIsExpected(String line, String message) {
        assertThat(command.execute(line.split(" "))).isEqualTo(1);

        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10,PT10S", "0.5,PT0.5S", "0,PT0S", "30s,PT30S", "2min,PT2M", "60 s,PT1M"})
    void aWaitIsSecondsOrHasItsUnit(String text, Duration wait) {
        assertThat(new Patience().convert(text)).isEqualTo(wait);
    }
}
