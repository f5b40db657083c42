package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.Calibration;
import io.autonomos.mappings.match.Numeric;
import io.autonomos.mappings.match.fit.MatchFitter.Scored;
import java.util.List;

/** Fits the line in log odds that best tells how often scores of decisions were right. */
final class Calibrator {

    private static final int ROUNDS = 50;
    private static final double LEAST = 0.001;
    private static final double MOST = 0.999;
    private static final double TOWARDS_ONE = 0.01;
    private static final double SMALLEST = 1e-4;

    private Calibrator() {}

    /** Newton's method on the logistic loss, with the slope held lightly at 1. */
    static Calibration fit(List<Scored> scored) {
        double[] line = {1, 0};
        double loss = loss(scored, line);
        for (int round = 0; round < ROUNDS; round++) {
            double[] step = step(scored, line);
            double size = 1;
            double[] next = moved(line, step, size);
            while (loss(scored, next) > loss && size > SMALLEST) {
                size /= 2;
                next = moved(line, step, size);
            }
            line = next;
            loss = loss(scored, line);
        }
        return new Calibration(Math.max(0, line[0]), line[1], LEAST, MOST);
    }

    private static double[] moved(double[] line, double[] step, double size) {
        return new double[] {line[0] - size * step[0], line[1] - size * step[1]};
    }

    private static double loss(List<Scored> scored, double[] line) {
        double loss = TOWARDS_ONE * (line[0] - 1) * (line[0] - 1) / 2;
        for (Scored each : scored) {
            double x = line[0] * each.logOdds() + line[1];
            double miss = Math.max(0, each.right() ? -x : x);
            loss += each.weight() * (Math.log1p(Math.exp(-Math.abs(x))) + miss);
        }
        return loss;
    }

    private static double[] step(List<Scored> scored, double[] line) {
        double ga = TOWARDS_ONE * (line[0] - 1);
        double gb = 0;
        double haa = TOWARDS_ONE;
        double hab = 0;
        double hbb = 1e-6;
        for (Scored each : scored) {
            double x = each.logOdds();
            double p = Numeric.sigmoid(line[0] * x + line[1]);
            double error = each.weight() * (p - (each.right() ? 1 : 0));
            double w = each.weight() * Math.max(1e-6, p * (1 - p));
            ga += error * x;
            gb += error;
            haa += w * x * x;
            hab += w * x;
            hbb += w;
        }
        double det = haa * hbb - hab * hab;
        return new double[] {(hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det};
    }
}
