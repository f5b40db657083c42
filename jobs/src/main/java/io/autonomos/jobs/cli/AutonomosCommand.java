package io.autonomos.jobs.cli;

import io.autonomos.jobs.cli.common.CommandLogging;
import io.autonomos.jobs.cli.common.VersionProvider;
import io.autonomos.jobs.cli.control.ControlCommand;
import io.autonomos.jobs.cli.drift.DriftCommand;
import io.autonomos.jobs.cli.files.CanonicalizeCommand;
import io.autonomos.jobs.cli.files.LintCommand;
import io.autonomos.jobs.cli.files.PreviewCommand;
import io.autonomos.jobs.cli.files.TestCommand;
import io.autonomos.jobs.cli.mappings.MappingsCommand;
import io.autonomos.jobs.cli.match.MatchEvalCommand;
import io.autonomos.jobs.cli.match.MatchFitCommand;
import io.autonomos.jobs.cli.records.DeadLetterCommand;
import io.autonomos.jobs.cli.records.LedgerCommand;
import io.autonomos.jobs.cli.records.ProduceCommand;
import io.autonomos.jobs.cli.review.ReviewCommand;
import io.autonomos.jobs.cli.stack.DemoCommand;
import io.autonomos.jobs.cli.stack.DownCommand;
import io.autonomos.jobs.cli.stack.SimulateCommand;
import io.autonomos.jobs.cli.stack.StatusCommand;
import io.autonomos.jobs.cli.stack.SubmitCommand;
import io.autonomos.jobs.cli.stack.UpCommand;
import io.autonomos.jobs.cli.views.GraphCommand;
import io.autonomos.jobs.cli.views.RebuildCommand;
import io.autonomos.jobs.cli.views.VerifyCommand;
import io.autonomos.jobs.cli.views.ViewsCommand;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code autonomos} command.
 *
 * <p>Every subcommand exits with 0 when it did what it was asked, with 1 when it failed (a message
 * on stderr says why), and with other codes where its help says so.
 */
@Command(
        name = "autonomos",
        description = "Streams many systems' customer data into one typed, accounted-for model.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        usageHelpAutoWidth = true,
        subcommands = {
            DemoCommand.class,
            LedgerCommand.class,
            MappingsCommand.class,
            DeadLetterCommand.class,
            VerifyCommand.class,
            RebuildCommand.class,
            ViewsCommand.class,
            GraphCommand.class,
            UpCommand.class,
            StatusCommand.class,
            SubmitCommand.class,
            DownCommand.class,
            CanonicalizeCommand.class,
            LintCommand.class,
            TestCommand.class,
            PreviewCommand.class,
            ProduceCommand.class,
            DriftCommand.class,
            ReviewCommand.class,
            ControlCommand.class,
            SimulateCommand.class,
            MatchEvalCommand.class,
            MatchFitCommand.class,
            HelpCommand.class
        })
public final class AutonomosCommand implements Runnable {

    @Spec private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        CommandLogging.quiet();
        System.exit(commandLine().execute(arguments));
    }

    /** The command with its handlers, for {@code main} and for tests. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new AutonomosCommand());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(AutonomosCommand::wrongUsage);
        commandLine.setExecutionExceptionHandler(AutonomosCommand::failed);
        return commandLine;
    }

    /** Called by the parser, for every subcommand too. */
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show stack traces and warnings of the libraries on stderr.")
    void setVerbose(boolean on) {
        if (on) {
            CommandLogging.verbose();
        }
    }

    /** Without a subcommand: say what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What went wrong; the system's own messages about files are names alone. */
    private static String message(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist. Correct the path, or make its folder.";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written by this user.";
        }
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + " cannot be used (" + e.getClass().getSimpleName() + ").";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static int failed(
            Exception e, CommandLine command, CommandLine.ParseResult parseResult) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + message(e));
        if (CommandLogging.isVerbose()) {
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
