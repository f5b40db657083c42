package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.BoostedTrees;
import io.autonomos.mappings.match.Calibration;
import io.autonomos.mappings.match.Feature;
import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.PairTable;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.eval.DriftCase;
import io.autonomos.mappings.match.eval.HeldOut;
import io.autonomos.mappings.match.eval.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fits the model: a first model of pairs by themselves, a second of pairs among others that sees
 * the first one's scores only out of fold, and the calibration of what the second one chooses.
 * Folds are by vendor: no vendor's names are scored by a model that has seen them.
 */
public final class MatchFitter {

    private static final int INNER_FOLDS = 3;
    private static final int EASY = 6;
    private static final double REAL_WEIGHT = 1;
    private static final int[] DIRECTIONS =
            Arrays.stream(Feature.values()).mapToInt(Feature::direction).toArray();

    private static final TreeTrainer.Settings PAIR =
            new TreeTrainer.Settings(120, 4, 0.1, 2, 1.5, -1, Feature.FIRST_SCORE.index());
    private static final TreeTrainer.Settings COMPETITION =
            new TreeTrainer.Settings(
                    200, 4, 0.1, 3, 1, Feature.FIRST_SCORE.index(), Feature.values().length);

    private final List<Sample> samples;

    /** A case to learn from, with what it counts and its pairs. */
    record Sample(DriftCase drift, double weight, boolean real, PairTable table) {}

    /** The model, and those that measure it. */
    public record Fitted(MatchModel model, HeldOut heldOut) {}

    /** The two models. */
    private record Models(BoostedTrees pair, BoostedTrees competition) {}

    /** The score of a chosen pair, not calibrated, and whether it is right. */
    record Scored(double logOdds, boolean right) {}

    /** A fitter of real cases and of generated ones, which count less. */
    public MatchFitter(List<DriftCase> real, List<Generated> generated) {
        samples = new ArrayList<>();
        real.forEach(
                drift ->
                        samples.add(
                                new Sample(
                                        drift, REAL_WEIGHT, true, new PairTable(drift.change()))));
        generated.forEach(
                each ->
                        samples.add(
                                new Sample(
                                        each.drift(),
                                        each.weight(),
                                        false,
                                        new PairTable(each.drift().change()))));
    }

    /** A generated case and what it counts beside a real one. */
    public record Generated(DriftCase drift, double weight) {}

    /**
     * Fits.
     *
     * @param thresholds where the tiers begin by default
     */
    public Fitted fit(Thresholds thresholds) {
        List<List<Sample>> folds = VendorFolds.of(samples.stream().filter(Sample::real).toList());
        List<Models> models = new ArrayList<>();
        for (List<Sample> fold : folds) {
            Set<String> vendors = new LinkedHashSet<>();
            fold.forEach(sample -> vendors.addAll(sample.drift.vendors()));
            models.add(models(without(samples, vendors)));
        }
        List<HeldOut.Fold> held = new ArrayList<>();
        for (int i = 0; i < folds.size(); i++) {
            List<String> ids = folds.get(i).stream().map(sample -> sample.drift.id()).toList();
            held.add(
                    new HeldOut.Fold(ids, calibrated(models.get(i), folds, models, i, thresholds)));
        }
        MatchModel model = calibrated(models(samples), folds, models, -1, thresholds);
        return new Fitted(model, new HeldOut(held));
    }

    /** Models with their calibration, on the decisions out of fold of all folds but one. */
    private static MatchModel calibrated(
            Models models,
            List<List<Sample>> folds,
            List<Models> foldModels,
            int but,
            Thresholds thresholds) {
        Calibration scale = Calibration.NONE;
        Calibration calibration = Calibration.NONE;
        for (int round = 0; round < 2; round++) {
            List<Scored> scored = new ArrayList<>();
            for (int k = 0; k < folds.size(); k++) {
                for (Sample sample : k == but ? List.<Sample>of() : folds.get(k)) {
                    Models fold = foldModels.get(k);
                    scored.addAll(round == 0 ? pairs(sample, fold) : score(sample, fold, scale));
                }
            }
            calibration = Calibrator.fit(scored);
            scale = round == 0 ? calibration : scale;
        }
        return new MatchModel(
                MatchModel.knownFeatures(),
                models.pair,
                models.competition,
                scale,
                calibration,
                thresholds);
    }

    private static List<Sample> without(List<Sample> all, Set<String> vendors) {
        return all.stream()
                .filter(sample -> Collections.disjoint(sample.drift.vendors(), vendors))
                .toList();
    }

    private Models models(List<Sample> training) {
        BoostedTrees first = train(PAIR, training);
        List<Set<String>> folds = innerFolds(training);
        for (Set<String> fold : folds) {
            BoostedTrees inner = train(PAIR, without(training, fold));
            for (Sample sample : training) {
                if (!Collections.disjoint(sample.drift.vendors(), fold)) {
                    sample.table.compete(SchemaMatcher.each(sample.table, inner));
                }
            }
        }
        return new Models(first, train(COMPETITION, training));
    }

    /** Vendors dealt out to a few folds. */
    private static List<Set<String>> innerFolds(List<Sample> training) {
        List<Set<String>> folds = new ArrayList<>();
        for (int i = 0; i < INNER_FOLDS; i++) {
            folds.add(new LinkedHashSet<>());
        }
        Set<String> seen = new LinkedHashSet<>();
        for (Sample sample : training) {
            String vendor = sample.drift.vendors().iterator().next();
            if (seen.add(vendor)) {
                folds.get(seen.size() % INNER_FOLDS).add(vendor);
            }
        }
        return folds;
    }

    private static BoostedTrees train(TreeTrainer.Settings settings, List<Sample> training) {
        List<TreeTrainer.Example> examples = new ArrayList<>();
        for (Sample sample : training) {
            addExamples(examples, sample);
        }
        return new TreeTrainer(settings, DIRECTIONS, examples).fit();
    }

    private static void addExamples(List<TreeTrainer.Example> examples, Sample sample) {
        PairTable table = sample.table;
        List<SchemaField> gone = table.change().gone();
        List<SchemaField> candidates = table.change().candidates();
        for (int i = 0; i < table.rows(); i++) {
            Truth truth = sample.drift.truthOf(gone.get(i).path());
            for (int j = 0; j < table.columns() && truth != null; j++) {
                boolean right = truth.after().contains(candidates.get(j).path());
                double[] evidence = table.evidence(i, j);
                boolean few = right || telling(evidence) || (i * 31 + j * 17) % EASY == 0;
                if (few) {
                    double weight = right || telling(evidence) ? 1 : EASY;
                    examples.add(new TreeTrainer.Example(evidence, right, weight * sample.weight));
                }
            }
        }
    }

    /** Whether a pair has anything in common: of those that have not, a part stands for all. */
    private static boolean telling(double[] evidence) {
        return evidence[Feature.COVER_BEFORE.index()] > 0.2
                || evidence[Feature.TRIGRAMS.index()] > 0.2
                || evidence[Feature.RECORD_SUPPORT.index()] > 0;
    }

    /** The second model's score of every pair of a case. */
    private static List<Scored> pairs(Sample sample, Models models) {
        PairTable table = sample.table;
        table.compete(SchemaMatcher.each(table, models.pair));
        double[][] scores = SchemaMatcher.each(table, models.competition);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < table.rows(); i++) {
            Truth truth = sample.drift.truthOf(table.change().gone().get(i).path());
            for (int j = 0; j < table.columns() && truth != null; j++) {
                String after = table.change().candidates().get(j).path();
                scored.add(new Scored(scores[i][j], truth.after().contains(after)));
            }
        }
        return scored;
    }

    private static List<Scored> score(Sample sample, Models models, Calibration scale) {
        PairTable table = sample.table;
        double[][] scores = SchemaMatcher.score(table, models.pair, models.competition, scale);
        int[] chosen = SchemaMatcher.choose(scores);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < chosen.length; i++) {
            Truth truth = sample.drift.truthOf(table.change().gone().get(i).path());
            if (chosen[i] >= 0 && truth != null) {
                String after = table.change().candidates().get(chosen[i]).path();
                scored.add(new Scored(scores[i][chosen[i]], truth.after().contains(after)));
            }
        }
        return scored;
    }
}
