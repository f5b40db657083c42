package io.autonomos.jobs.cli.common;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.lint.Linter;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** The mapping files that a command is given, and how their problems are shown. */
public final class MappingFiles {

    /** More than any mapping file may have, so that a larger one is refused unread. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int WIDTH = 160;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Mapping files; of a folder all .yaml and .yml files in it.")
    private List<Path> files = List.of();

    /** One file's text with what was found in it. */
    public record Checked(Path file, String content, Linter.Report report) {

        public List<String> lines() {
            return content.lines().toList();
        }
    }

    /** Reads and lints all files, in order. */
    public List<Checked> check() {
        List<Checked> checked = new ArrayList<>();
        for (Path file : expand()) {
            checked.add(check(file));
        }
        return checked;
    }

    /** Reads and lints one file. */
    public static Checked check(Path file) {
        byte[] content = bytes(file);
        String text = new String(content, StandardCharsets.UTF_8);
        return new Checked(file, text, Linter.lint(file.toString(), content));
    }

    /** The bytes of one file. */
    public static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            String why =
                    Files.isDirectory(file)
                            ? "is a folder."
                            : Files.exists(file) ? "cannot be read." : "does not exist.";
            throw new CommandException(ErrorCode.MAPPING_FILE, file + " " + why);
        }
    }

    /** The mapping of one file, which must compile. */
    public static CompiledMapping compile(Path file) {
        Checked checked = check(file);
        if (!checked.report().isUsable()) {
            StringWriter said = new StringWriter();
            PrintWriter out = new PrintWriter(said);
            out.println("the mapping cannot be used.");
            checked.report().problems().forEach(p -> print(out, p, checked.lines()));
            throw new CommandException(said.toString().stripTrailing());
        }
        return checked.report().compiled();
    }

    /** Whether a file of a folder, or a folder on the way to it, is hidden by its name. */
    private static boolean isHidden(Path inFolder) {
        for (Path name : inFolder) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private List<Path> expand() {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> inside = Files.walk(file)) {
                    inside.filter(each -> each.toString().matches(".*\\.ya?ml"))
                            .filter(each -> !isHidden(file.relativize(each)))
                            .sorted()
                            .forEach(all::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            } else {
                all.add(file);
            }
        }
        if (all.isEmpty()) {
            throw new CommandException(
                    ErrorCode.MAPPING_FILE,
                    files.isEmpty()
                            ? "no mapping file is given."
                            : "there is no .yaml or .yml file in " + files + ".");
        }
        return all;
    }

    /** Prints a problem with the line it stands on. */
    public static void print(PrintWriter out, Problem problem, List<String> lines) {
        out.println(
                shown(
                        "%s: %s %s: %s"
                                .formatted(
                                        problem.place(),
                                        problem.isWarning() ? "warning" : "error",
                                        problem.code().code(),
                                        problem.message())));
        int line = problem.place().line();
        if (line >= 1 && line <= lines.size() && !lines.get(line - 1).isBlank()) {
            String text = lines.get(line - 1);
            String number = Integer.toString(line);
            int column = Math.min(Math.max(1, problem.place().column()), text.length() + 1);
            int from = column <= WIDTH ? 0 : column - WIDTH / 2;
            String part = text.substring(from, Math.min(text.length(), from + WIDTH));
            out.println("  " + number + " | " + shown(part));
            out.println(
                    "  "
                            + " ".repeat(number.length())
                            + " | "
                            + " ".repeat(column - 1 - from)
                            + "^");
        }
        if (problem.hint() != null) {
            out.println("  " + shown(problem.hint()));
        }
    }

    /** A text without what a terminal would act on. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
        return shown.toString();
    }
}
