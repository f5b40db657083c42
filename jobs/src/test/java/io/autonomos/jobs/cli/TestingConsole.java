package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** Runs the command in this process and keeps what it prints. */
final class TestingConsole {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    int run(byte[] input, String... arguments) {
        out.reset();
        err.reset();
        InputStream stdin = System.in;
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        try {
            System.setIn(new ByteArrayInputStream(input));
            System.setOut(new PrintStream(out, true, UTF_8));
            System.setErr(new PrintStream(err, true, UTF_8));
            CommandLine command = AutonomosCommand.commandLine();
            command.setOut(new PrintWriter(System.out, true, UTF_8));
            command.setErr(new PrintWriter(System.err, true, UTF_8));
            return command.execute(arguments);
        } finally {
            System.setIn(stdin);
            System.setOut(stdout);
            System.setErr(stderr);
        }
    }

    int run(String... arguments) {
        return run(new byte[0], arguments);
    }

    List<String> out() {
        return out.toString(UTF_8).lines().toList();
    }

    List<String> err() {
        return err.toString(UTF_8).lines().toList();
    }
}
