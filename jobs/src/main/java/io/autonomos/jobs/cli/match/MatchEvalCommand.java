package io.autonomos.jobs.cli.match;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.NameWords;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.Text;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.embed.MiniLm;
import io.autonomos.mappings.match.eval.Evaluation;
import io.autonomos.mappings.match.eval.HeldOut;
import io.autonomos.mappings.match.eval.MatchTask;
import io.autonomos.mappings.match.eval.Method;
import io.autonomos.mappings.match.eval.ModelMethod;
import io.autonomos.mappings.match.eval.NameMethod;
import io.autonomos.mappings.match.eval.Ranking;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the matching of fields. */
@Command(
        name = "match-eval",
        description = {
            "Measure how well the fields of changed schemas are matched, and how honest the"
                    + " confidence is.",
            "A case that the shipped model was fitted on is decided by a model that has not seen"
                    + " the case's vendors.",
            "Each field of the old schema counts as mapped; there is one decision for each that is"
                    + " gone or has another type."
        })
public final class MatchEvalCommand implements Callable<Integer> {

    private static final JsonMapper MAPPER = new JsonMapper();

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Drift cases (.jsonl), matching tasks (.json), or folders of them.")
    private List<Path> paths;

    @Option(names = "--json", description = "Print one JSON object per case, then one with totals.")
    private boolean json;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "A model that `match-fit` wrote, instead of the shipped one.")
    private Path modelFile;

    @Option(names = "--apply", description = "Where the tier `apply` begins, instead of default.")
    private Double apply;

    @Option(names = "--review", description = "Where the tier `review` begins, instead of default.")
    private Double review;

    @Override
    public Integer call() throws IOException {
        MatchPaths found = MatchPaths.read(paths);
        ModelMethod model = model();
        Evaluation ours = new Evaluation(model, found.cases());
        List<Evaluation> baselines = new ArrayList<>();
        try (MiniLm embedding = new MiniLm()) {
            for (Method baseline : baselines(model.thresholds(), embedding)) {
                baselines.add(new Evaluation(baseline, found.cases()));
            }
        }
        Map<String, Ranking> rankings = new LinkedHashMap<>();
        for (MatchTask task : found.tasks()) {
            SchemaChange change = SchemaChange.ofUnrelated(task.source(), task.target());
            rankings.put(task.name(), Ranking.of(task, model.scores(change)));
        }
        MatchReport report = new MatchReport(model, ours, baselines, rankings, found.published());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printDecisions(out, ours);
            out.println(report.json());
        } else {
            out.print(report.text());
        }
        out.flush();
        return 0;
    }

    private ModelMethod model() throws IOException {
        if (modelFile == null) {
            return method(MatchModel.shipped(), HeldOut.shipped());
        }
        try (InputStream in = Files.newInputStream(modelFile)) {
            return method(MatchModel.read(in), new HeldOut(List.of()));
        }
    }

    private ModelMethod method(MatchModel model, HeldOut heldOut) {
        Thresholds shipped = model.thresholds();
        try {
            Thresholds wanted =
                    new Thresholds(
                            apply == null ? shipped.apply() : apply,
                            review == null ? shipped.review() : review);
            return new ModelMethod(model, heldOut, wanted);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private List<Method> baselines(Thresholds thresholds, MiniLm embedding) {
        List<Method> methods = new ArrayList<>();
        methods.add(
                new NameMethod(
                        "equal normalised name",
                        thresholds,
                        (a, b) -> normalised(a).equals(normalised(b)) ? 1 : 0));
        methods.add(
                new NameMethod(
                        "Jaro-Winkler",
                        thresholds,
                        (a, b) -> Text.jaroWinkler(normalised(a), normalised(b))));
        if (MiniLm.available()) {
            methods.add(
                    new NameMethod(
                            "embedding only",
                            thresholds,
                            (a, b) -> embedding.similarity(asText(a), asText(b))));
        } else {
            spec.commandLine()
                    .getErr()
                    .println("No baseline by embedding: the command line is too long for it.");
        }
        return methods;
    }

    private static String normalised(String path) {
        return NameMethod.normalised(path);
    }

    private static String asText(String path) {
        return String.join(" ", NameWords.of(path.replace('.', ' ')));
    }

    private static void printDecisions(PrintWriter out, Evaluation evaluation) {
        for (Evaluation.CaseDecisions each : evaluation.cases()) {
            ObjectNode line = MAPPER.createObjectNode();
            line.put("case_id", each.drift().id());
            for (FieldDecision decision : each.decisions()) {
                line.withArray("/decisions")
                        .addObject()
                        .put("before", decision.before())
                        .put("after", decision.after())
                        .put("confidence", MatchReport.rounded(decision.confidence()))
                        .put("tier", decision.tier().toString());
            }
            if (each.decisions().isEmpty()) {
                line.putArray("decisions");
            }
            out.println(line);
        }
    }
}
