package io.autonomos.jobs.cli.files;

import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.RecordFiles;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.operators.source.Address;
import io.autonomos.schemas.ErrorCode;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Translates files without any server. */
@Command(
        name = "canonicalize",
        description = {
            "Translate the records of files and print the canonical events as JSON lines.",
            "Dead letters are JSON lines with code, message, field, file, line and raw.",
            "A name like <entities>_<system>.csv tells source and stream by itself."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all translated", "1:failed", "2:some records are dead letters"})
public final class CanonicalizeCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    @Spec private CommandSpec spec;
    @Mixin private RecordFiles files;

    @Option(
            names = "--dead-letters",
            paramLabel = "FILE",
            description = "Where dead letters go; default: stderr.")
    private Path deadLetters;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "The mapping to use; default: the shipped one of source and stream.")
    private Path mapping;

    @Option(names = "--json", description = "Print the summary on stderr as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        OutputStream events = new BufferedOutputStream(new Printed(System.out), BUFFER);
        try (OutputStream refused = openDeadLetters()) {
            Plan plan = mapping == null ? null : MappingFiles.compile(mapping).plan();
            Canonicalization work =
                    new Canonicalization(plan, events, new DeadLetterLines(refused));
            try {
                files.read(
                        new Flushing(System.in, events, refused),
                        plan == null ? CanonicalizeCommand::checkMapped : (file, address) -> {},
                        work);
            } finally {
                events.flush();
                refused.flush();
            }
            spec.commandLine().getErr().println(json ? work.json() : work.summary());
            return work.deadLettered() == 0 ? 0 : 2;
        }
    }

    private OutputStream openDeadLetters() throws IOException {
        if (deadLetters == null) {
            return new BufferedOutputStream(new Printed(System.err), BUFFER);
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(deadLetters), BUFFER);
        } catch (IOException e) {
            throw new CommandException(
                    "%s cannot be written (%s)."
                            .formatted(deadLetters, e.getClass().getSimpleName()));
        }
    }

    private static void checkMapped(String file, Address address) {
        MappingCatalog catalog = MappingCatalog.shipped();
        String stream = address.key().stream();
        if (catalog.resolve(address.source(), stream) != null) {
            return;
        }
        boolean known = catalog.sourceName(address.source()) != null;
        String what =
                known
                        ? "source %s has no stream %s".formatted(address.source(), stream)
                        : "source %s is not known".formatted(address.source());
        Set<String> names = known ? catalog.streams(address.source()) : catalog.sources();
        throw new CommandException(
                ErrorCode.STREAM_UNKNOWN,
                "%s: %s; there are %s.".formatted(file, what, String.join(", ", names)));
    }

    /** Hands on what was written before it waits for more input. */
    private static final class Flushing extends FilterInputStream {

        private final OutputStream[] outs;

        Flushing(InputStream in, OutputStream... outs) {
            super(in);
            this.outs = outs;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            for (OutputStream out : outs) {
                out.flush();
            }
            return super.read(bytes, from, length);
        }
    }

    /** A print stream that says so when its reader has gone, and is never closed. */
    private static final class Printed extends OutputStream {

        private final PrintStream out;

        Printed(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            flush();
        }

        @Override
        public void flush() throws IOException {
            if (out.checkError()) {
                throw new IOException("The output cannot be written; was its reader closed?");
            }
        }
    }
}
