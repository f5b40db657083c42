package io.autonomos.jobs.cli.match;

import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.eval.DriftCase;
import io.autonomos.mappings.match.fit.CaseGenerator;
import io.autonomos.mappings.match.fit.MatchFitter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits the matching model. */
@Command(
        name = "match-fit",
        description = {
            "Fit the matching model to drift cases with a known truth, and to cases made of them.",
            "Writes model.json, and held-out.json with the models that have not seen the vendors"
                    + " of some cases; `match-eval` measures with them. The same cases give the"
                    + " same files."
        })
public final class MatchFitCommand implements Callable<Integer> {

    private static final long SEED = 1;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Drift cases (.jsonl) with their truth, or folders of them.")
    private List<Path> paths;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            defaultValue = "mappings/src/main/resources/match",
            description = "Where the files go; default: ${DEFAULT-VALUE}.")
    private Path folder;

    @Option(
            names = "--apply",
            defaultValue = "0.85",
            description = "Where the tier `apply` begins by default; ${DEFAULT-VALUE} if not said.")
    private double apply;

    @Option(
            names = "--review",
            defaultValue = "0.60",
            description =
                    "Where the tier `review` begins by default; ${DEFAULT-VALUE} if not said.")
    private double review;

    @Override
    public Integer call() throws IOException {
        List<DriftCase> cases =
                MatchPaths.read(paths).cases().stream()
                        .filter(each -> !each.truth().isEmpty())
                        .toList();
        if (cases.isEmpty()) {
            throw new CommandException("None of these cases has a `truth` to learn from.");
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandException("%s is not a folder; create it first.".formatted(folder));
        }
        List<MatchFitter.Generated> generated = new CaseGenerator(SEED).from(cases);
        MatchFitter.Fitted fitted =
                new MatchFitter(cases, generated).fit(new Thresholds(apply, review));
        try (OutputStream out = Files.newOutputStream(folder.resolve("model.json"))) {
            fitted.model().write(out);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve("held-out.json"))) {
            fitted.heldOut().write(out);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "Fitted on %d cases and %d made of them, in %d folds by vendor; wrote %s."
                        .formatted(
                                cases.size(),
                                generated.size(),
                                fitted.heldOut().folds().size(),
                                folder));
        out.println("Build, then `autonomos match-eval PATH` shows what it is worth.");
        return 0;
    }
}
