package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.BoostedTrees;
import io.autonomos.mappings.match.BoostedTrees.Tree;
import io.autonomos.mappings.match.Numeric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits boosted trees to examples: Newton steps on the logistic loss, features cut at quantiles,
 * trees that never turn against the known direction of a feature. No chance is involved.
 */
final class TreeTrainer {

    private static final int BINS = 48;

    private final Settings settings;
    private final int[] directions;
    private final double[][] rows;
    private final double[] labels;
    private final double[] weights;
    private final double[][] cuts;
    private final byte[][] bins;
    private final double[] scores;
    private final double[] gradients;
    private final double[] hessians;

    /**
     * How to fit.
     *
     * @param trees how many trees
     * @param depth how many questions a tree asks at most
     * @param rate how far each tree goes
     * @param smoothing pulls the values of leaves towards 0
     * @param leastWeight the least total weight of a leaf's examples, as second derivatives
     * @param start the feature that the trees only correct; -1 for none
     * @param features how many of the features, from the first on, may be used
     */
    record Settings(
            int trees,
            int depth,
            double rate,
            double smoothing,
            double leastWeight,
            int start,
            int features) {}

    TreeTrainer(Settings settings, int[] directions, List<Example> examples) {
        this.settings = settings;
        this.directions = directions;
        int n = examples.size();
        rows = new double[n][];
        labels = new double[n];
        weights = new double[n];
        for (int i = 0; i < n; i++) {
            rows[i] = examples.get(i).evidence;
            labels[i] = examples.get(i).right ? 1 : 0;
            weights[i] = examples.get(i).weight;
        }
        cuts = new double[settings.features()][];
        bins = new byte[settings.features()][n];
        for (int f = 0; f < settings.features(); f++) {
            bin(f);
        }
        scores = new double[n];
        gradients = new double[n];
        hessians = new double[n];
    }

    /** One pair: its evidence, whether it is right, and how much it counts. */
    static final class Example {

        private final double[] evidence;
        private final boolean right;
        private final double weight;

        Example(double[] evidence, boolean right, double weight) {
            this.evidence = evidence;
            this.right = right;
            this.weight = weight;
        }
    }

    private void bin(int f) {
        double[] values = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            values[i] = rows[i][f];
        }
        double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
        List<Double> chosen = new ArrayList<>();
        int steps = Math.min(BINS, distinct.length) - 1;
        for (int k = 1; k <= steps; k++) {
            int at = (int) ((long) k * distinct.length / (steps + 1));
            double cut = (distinct[at - 1] + distinct[at]) / 2;
            if (chosen.isEmpty() || cut > chosen.get(chosen.size() - 1)) {
                chosen.add(cut);
            }
        }
        cuts[f] = chosen.stream().mapToDouble(Double::doubleValue).toArray();
        for (int i = 0; i < rows.length; i++) {
            int at = Arrays.binarySearch(cuts[f], values[i]);
            bins[f][i] = (byte) (at < 0 ? -at - 1 : at);
        }
    }

    BoostedTrees fit() {
        double positive = 1;
        double total = 2;
        for (int i = 0; i < rows.length; i++) {
            positive += weights[i] * labels[i];
            total += weights[i];
        }
        int start = settings.start();
        double base = start < 0 ? Numeric.logit(positive / total) : 0;
        for (int i = 0; i < rows.length; i++) {
            scores[i] = start < 0 ? base : rows[i][start];
        }
        List<Tree> trees = new ArrayList<>();
        for (int t = 0; t < settings.trees(); t++) {
            for (int i = 0; i < rows.length; i++) {
                double p = Numeric.sigmoid(scores[i]);
                gradients[i] = weights[i] * (p - labels[i]);
                hessians[i] = weights[i] * Math.max(1e-6, p * (1 - p));
            }
            trees.add(new Grower().grow());
        }
        return new BoostedTrees(base, start, trees);
    }

    /** Grows one tree. */
    private final class Grower {

        private final List<Integer> feature = new ArrayList<>();
        private final List<Double> threshold = new ArrayList<>();
        private final List<Integer> left = new ArrayList<>();

        Tree grow() {
            int[] all = new int[rows.length];
            Arrays.setAll(all, i -> i);
            node();
            split(0, all, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            return new Tree(
                    feature.stream().mapToInt(Integer::intValue).toArray(),
                    threshold.stream().mapToDouble(Double::doubleValue).toArray(),
                    left.stream().mapToInt(Integer::intValue).toArray());
        }

        private int node() {
            feature.add(-1);
            threshold.add(0.0);
            left.add(0);
            return feature.size() - 1;
        }

        private void split(int node, int[] members, int depth, double low, double high) {
            double g = 0;
            double h = 0;
            for (int i : members) {
                g += gradients[i];
                h += hessians[i];
            }
            Split best = depth < settings.depth() ? best(members, g, h, low, high) : null;
            if (best == null) {
                double value = Math.round(1e5 * settings.rate() * value(g, h, low, high)) / 1e5;
                threshold.set(node, value);
                for (int i : members) {
                    scores[i] += value;
                }
                return;
            }
            feature.set(node, best.feature);
            threshold.set(node, cuts[best.feature][best.cut]);
            int first = node();
            node();
            left.set(node, first);
            byte[] column = bins[best.feature];
            int[] small = Arrays.stream(members).filter(i -> column[i] <= best.cut).toArray();
            int[] large = Arrays.stream(members).filter(i -> column[i] > best.cut).toArray();
            int direction = directions[best.feature];
            double middle = (best.leftValue + best.rightValue) / 2;
            split(
                    first,
                    small,
                    depth + 1,
                    direction < 0 ? middle : low,
                    direction > 0 ? middle : high);
            split(
                    first + 1,
                    large,
                    depth + 1,
                    direction > 0 ? middle : low,
                    direction < 0 ? middle : high);
        }

        private double value(double g, double h, double low, double high) {
            return Math.min(high, Math.max(low, -g / (h + settings.smoothing())));
        }

        private double gain(double g, double h, double value) {
            return -(g * value + 0.5 * (h + settings.smoothing()) * value * value);
        }

        private Split best(int[] members, double g, double h, double low, double high) {
            Split best = null;
            double most = 1e-4 + gain(g, h, value(g, h, low, high));
            for (int f = 0; f < settings.features(); f++) {
                int n = cuts[f].length + 1;
                if (n < 2) {
                    continue;
                }
                double[] gs = new double[n];
                double[] hs = new double[n];
                byte[] column = bins[f];
                for (int i : members) {
                    gs[column[i]] += gradients[i];
                    hs[column[i]] += hessians[i];
                }
                double gl = 0;
                double hl = 0;
                for (int cut = 0; cut < n - 1; cut++) {
                    gl += gs[cut];
                    hl += hs[cut];
                    if (hl < settings.leastWeight() || h - hl < settings.leastWeight()) {
                        continue;
                    }
                    double vl = value(gl, hl, low, high);
                    double vr = value(g - gl, h - hl, low, high);
                    if (directions[f] * (vr - vl) < 0) {
                        continue;
                    }
                    double gain = gain(gl, hl, vl) + gain(g - gl, h - hl, vr);
                    if (gain > most) {
                        most = gain;
                        best = new Split(f, cut, vl, vr);
                    }
                }
            }
            return best;
        }
    }

    private record Split(int feature, int cut, double leftValue, double rightValue) {}
}
