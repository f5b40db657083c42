package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.BoostedTrees;
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
    private static final double TRAP_WEIGHT = 0.04;
    private static final Set<String> TRAPS = Set.of("cut", "decoy");
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

    /** The score of a chosen pair, not calibrated, whether it is right, what it counts. */
    record Scored(double logOdds, boolean right, double weight) {}

    /** A fitter of real cases and of generated ones, which count less. */
    public MatchFitter(List<DriftCase> real, List<Generated> generated) {
        samples = new ArrayList<>();
        real.forEach(
                drift -> samples.add(new Sample(drift, 1, true, new PairTable(drift.change()))));
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
    private MatchModel calibrated(
            Models models,
            List<List<Sample>> folds,
            List<Models> foldModels,
            int but,
            Thresholds thresholds) {
        List<Scored> scored = new ArrayList<>();
        for (int k = 0; k < folds.size(); k++) {
            if (k != but) {
                for (Sample sample : withTraps(folds.get(k))) {
                    scored.addAll(score(sample, foldModels.get(k)));
                }
            }
        }
        return new MatchModel(
                MatchModel.knownFeatures(),
                models.pair,
                models.competition,
                Calibrator.fit(scored),
                thresholds);
    }

    /** The real cases and the traps made of them, so that confidence is honest on traps too. */
    private List<Sample> withTraps(List<Sample> fold) {
        Set<String> ids = new LinkedHashSet<>();
        fold.forEach(sample -> ids.add(sample.drift.id()));
        List<Sample> all = new ArrayList<>(fold);
        for (Sample sample : samples) {
            String[] made = sample.drift.id().split("#", 2);
            boolean trap = made.length == 2 && TRAPS.contains(made[1]);
            if (!sample.real && trap && ids.contains(made[0])) {
                all.add(sample);
            }
        }
        return all;
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

    private static List<Scored> score(Sample sample, Models models) {
        PairTable table = sample.table;
        double[][] scores = SchemaMatcher.score(table, models.pair, models.competition);
        int[] assigned = SchemaMatcher.assign(scores);
        List<Scored> scored = new ArrayList<>();
        for (int i = 0; i < assigned.length && table.columns() > 0; i++) {
            Truth truth = sample.drift.truthOf(table.change().gone().get(i).path());
            if (truth != null) {
                int chosen = assigned[i] < 0 ? SchemaMatcher.likeliest(scores[i]) : assigned[i];
                String after = table.change().candidates().get(chosen).path();
                boolean right = truth.after().contains(after);
                double weight = sample.real ? 1 : TRAP_WEIGHT;
                scored.add(new Scored(scores[i][chosen], right, weight));
            }
        }
        return scored;
    }
}
