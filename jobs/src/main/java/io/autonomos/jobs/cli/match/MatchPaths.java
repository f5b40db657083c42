package io.autonomos.jobs.cli.match;

import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.mappings.match.eval.DriftCase;
import io.autonomos.mappings.match.eval.DriftCases;
import io.autonomos.mappings.match.eval.MatchTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The drift cases and matching tasks of files and folders. */
final class MatchPaths {

    private final List<DriftCase> cases = new ArrayList<>();
    private final List<MatchTask> tasks = new ArrayList<>();
    private Path published;

    /** Reads every {@code .jsonl} as drift cases and every {@code .json} that is a task. */
    static MatchPaths read(List<Path> paths) throws IOException {
        MatchPaths found = new MatchPaths();
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new CommandException(
                        "%s does not exist; name files or folders of drift cases (.jsonl) or"
                                        .formatted(path)
                                + " matching tasks (.json).");
            }
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    found.add(file);
                }
            }
        }
        if (found.cases.isEmpty() && found.tasks.isEmpty()) {
            throw new CommandException("There is no drift case and no matching task in these.");
        }
        return found;
    }

    private void add(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".jsonl")) {
            cases.addAll(DriftCases.read(file));
        } else if (name.equals("published_scores.json")) {
            published = file;
        } else if (name.endsWith(".json") && MatchTask.isTask(file)) {
            tasks.add(MatchTask.read(file));
            Path beside = file.resolveSibling("published_scores.json");
            published = published == null && Files.exists(beside) ? beside : published;
        }
    }

    List<DriftCase> cases() {
        return cases;
    }

    List<MatchTask> tasks() {
        return tasks;
    }

    /** Scores of other methods on the same tasks; null when there are none. */
    Path published() {
        return published;
    }
}
