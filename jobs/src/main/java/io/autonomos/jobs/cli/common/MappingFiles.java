package io.autonomos.jobs.cli.common;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.lint.Linter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Parameters;

/** The mapping files that a command is given, and how their problems are shown. */
public final class MappingFiles {

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
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            String why = Files.exists(file) ? "cannot be read" : "does not exist";
            throw new CommandException(
                    "%s %s (%s).".formatted(file, why, e.getClass().getSimpleName()));
        }
        String text = new String(content, StandardCharsets.UTF_8);
        return new Checked(file, text, Linter.lint(file.toString(), content));
    }

    /** The mapping of one file, which must compile. */
    public static CompiledMapping compile(Path file) {
        Linter.Report report = check(file).report();
        if (!report.isUsable()) {
            throw new CommandException(
                    report.problems().stream()
                            .map(Problem::toString)
                            .collect(Collectors.joining("\n")));
        }
        return report.compiled();
    }

    private List<Path> expand() {
        List<Path> all = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> inside = Files.walk(file)) {
                    inside.filter(each -> each.toString().matches(".*\\.ya?ml"))
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
            throw new CommandException("There is no mapping file in " + files + ".");
        }
        return all;
    }

    /** Prints a problem with the line it stands on. */
    public static void print(PrintWriter out, Problem problem, List<String> lines) {
        out.println(
                "%s: %s %s: %s"
                        .formatted(
                                problem.place(),
                                problem.isWarning() ? "warning" : "error",
                                problem.code().code(),
                                problem.message()));
        int line = problem.place().line();
        if (line >= 1 && line <= lines.size() && !lines.get(line - 1).isBlank()) {
            String text = lines.get(line - 1);
            String number = Integer.toString(line);
            int column = Math.min(Math.max(1, problem.place().column()), text.length() + 1);
            out.println("  " + number + " | " + text);
            out.println("  " + " ".repeat(number.length()) + " | " + " ".repeat(column - 1) + "^");
        }
        if (problem.hint() != null) {
            out.println("  " + problem.hint());
        }
    }
}
