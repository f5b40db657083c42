package io.autonomos.jobs.cli.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.eval.Evaluation;
import io.autonomos.mappings.match.eval.ModelMethod;
import io.autonomos.mappings.match.eval.Ranking;
import io.autonomos.mappings.match.eval.Scores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The measured figures, for people and for programs. */
final class MatchReport {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final double[] RISK_STEPS = {
        0.99, 0.98, 0.97, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5, 0.4, 0.2, 0
    };

    private final ModelMethod model;
    private final Evaluation ours;
    private final List<Evaluation> baselines;
    private final Map<String, Ranking> rankings;
    private final Path published;

    MatchReport(
            ModelMethod model,
            Evaluation ours,
            List<Evaluation> baselines,
            Map<String, Ranking> rankings,
            Path published) {
        this.model = model;
        this.ours = ours;
        this.baselines = baselines;
        this.rankings = rankings;
        this.published = published;
    }

    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        if (!ours.cases().isEmpty()) {
            cases(text);
        }
        if (!rankings.isEmpty()) {
            tasks(text);
        }
        return text.toString();
    }

    private void cases(StringBuilder text) {
        long seen = ours.cases().stream().filter(c -> model.fittedOn(c.drift())).count();
        text.append(
                "%d drift cases, %d of them decided by a model that has not seen their vendors%n"
                        .formatted(ours.cases().size(), seen));
        long open =
                ours.cases().stream()
                        .filter(c -> c.drift().truth().isEmpty())
                        .peek(c -> unjudged(text, c))
                        .count();
        text.append(open == 0 ? "" : "%d cases have no truth: decisions only%n".formatted(open));
        Thresholds tiers = model.thresholds();
        text.append("apply from %s, review from %s%n%n".formatted(tiers.apply(), tiers.review()));
        TextTable table = head("");
        row(table, "all", ours.total());
        ours.byCaseType().forEach((name, scores) -> row(table, name, scores));
        text.append(table).append('\n');
        TextTable levels = head("by difficulty or kind");
        ours.byLevel().forEach((name, scores) -> row(levels, name, scores));
        text.append(levels).append('\n').append(risk()).append('\n');
        TextTable methods = head("methods");
        row(methods, ours.method(), ours.total());
        baselines.forEach(each -> row(methods, each.method(), each.total()));
        text.append(methods).append('\n');
    }

    private static void unjudged(StringBuilder text, Evaluation.CaseDecisions each) {
        text.append(each.drift().id()).append('\n');
        for (FieldDecision decision : each.decisions()) {
            text.append(
                    "  %s -> %s  %.3f %s%n"
                            .formatted(
                                    decision.before(),
                                    decision.after(),
                                    decision.confidence(),
                                    decision.tier().toString()));
        }
    }

    private static TextTable head(String what) {
        TextTable table = new TextTable();
        table.row(
                List.of(
                        what,
                        "decisions",
                        "renames",
                        "applied",
                        "wrong",
                        "precision",
                        "coverage",
                        "+review",
                        "wrong",
                        "precision",
                        "coverage",
                        "rejected",
                        "ECE"));
        return table;
    }

    private void row(TextTable table, String name, Scores scores) {
        double apply = model.thresholds().apply();
        double review = model.thresholds().review();
        table.row(
                List.of(
                        name,
                        Integer.toString(scores.decisions()),
                        Long.toString(scores.renames()),
                        Long.toString(scores.taken(apply)),
                        Long.toString(scores.wrong(apply)),
                        figure(scores.precision(apply)),
                        figure(scores.coverage(apply)),
                        Long.toString(scores.taken(review)),
                        Long.toString(scores.wrong(review)),
                        figure(scores.precision(review)),
                        figure(scores.coverage(review)),
                        Long.toString(scores.decisions() - scores.taken(review)),
                        figure(scores.calibrationError())));
    }

    private TextTable risk() {
        TextTable table = new TextTable();
        table.row(List.of("confidence from", "taken", "wrong", "risk", "precision", "coverage"));
        Scores scores = ours.total();
        for (double step : RISK_STEPS) {
            table.row(
                    List.of(
                            "%.2f".formatted(step),
                            Long.toString(scores.taken(step)),
                            Long.toString(scores.wrong(step)),
                            figure(1 - scores.precision(step)),
                            figure(scores.precision(step)),
                            figure(scores.coverage(step))));
        }
        return table;
    }

    private static String figure(double value) {
        return "%.4f".formatted(value);
    }

    private void tasks(StringBuilder text) throws IOException {
        TextTable table = new TextTable();
        table.row(List.of("matching task", "MRR", "recall@GT"));
        rankings.forEach(
                (name, r) -> table.row(List.of(name, figure(r.mrr()), figure(r.recall()))));
        table.row(List.of("mean", figure(meanMrr()), figure(meanRecall())));
        text.append(table).append('\n');
        if (published != null) {
            text.append(publishedTable());
        }
    }

    private double meanMrr() {
        return rankings.values().stream().mapToDouble(Ranking::mrr).average().orElse(0);
    }

    private double meanRecall() {
        return rankings.values().stream().mapToDouble(Ranking::recall).average().orElse(0);
    }

    private TextTable publishedTable() throws IOException {
        JsonNode scores = MAPPER.readTree(published.toFile());
        List<String> methods = new ArrayList<>();
        scores.path("MRR").fieldNames().forEachRemaining(methods::add);
        methods.sort(Comparator.comparingDouble(m -> -mean(scores.path("MRR"), m)));
        TextTable table = new TextTable();
        table.row(List.of("published, ten tables", "MRR", "recall@GT"));
        for (String method : methods) {
            table.row(
                    List.of(
                            method,
                            figure(mean(scores.path("MRR"), method)),
                            figure(mean(scores.path("Recall_at_GT"), method))));
        }
        return table;
    }

    private static double mean(JsonNode scores, String method) {
        return scores.path(method).path("mean").asDouble();
    }

    JsonNode json() {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode totals = root.putObject("totals");
        totals.put("cases", ours.cases().size());
        totals.put(
                "held_out", ours.cases().stream().filter(c -> model.fittedOn(c.drift())).count());
        totals.put("apply", model.thresholds().apply());
        totals.put("review", model.thresholds().review());
        put(totals.putObject("all"), ours.total());
        ObjectNode types = totals.putObject("by_case_type");
        ours.byCaseType().forEach((name, scores) -> put(types.putObject(name), scores));
        ObjectNode levels = totals.putObject("by_difficulty");
        ours.byLevel().forEach((name, scores) -> put(levels.putObject(name), scores));
        for (double step : RISK_STEPS) {
            Scores scores = ours.total();
            totals.withArray("/risk_coverage")
                    .addObject()
                    .put("confidence", step)
                    .put("taken", scores.taken(step))
                    .put("precision", rounded(scores.precision(step)))
                    .put("coverage", rounded(scores.coverage(step)));
        }
        ObjectNode methods = totals.putObject("baselines");
        baselines.forEach(each -> put(methods.putObject(each.method()), each.total()));
        ObjectNode tasks = totals.putObject("tasks");
        rankings.forEach(
                (name, r) ->
                        tasks.putObject(name)
                                .put("mrr", rounded(r.mrr()))
                                .put("recall_at_gt", rounded(r.recall())));
        return root;
    }

    private void put(ObjectNode node, Scores scores) {
        double apply = model.thresholds().apply();
        double review = model.thresholds().review();
        node.put("decisions", scores.decisions())
                .put("renames", scores.renames())
                .put("applied", scores.taken(apply))
                .put("applied_wrong", scores.wrong(apply))
                .put("applied_precision", rounded(scores.precision(apply)))
                .put("applied_coverage", rounded(scores.coverage(apply)))
                .put("to_review", scores.taken(review) - scores.taken(apply))
                .put("rejected", scores.decisions() - scores.taken(review))
                .put("review_precision", rounded(scores.precision(review)))
                .put("review_coverage", rounded(scores.coverage(review)))
                .put("ece", rounded(scores.calibrationError()));
    }
}
