package io.autonomos.mappings.match.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How well scores rank the true partners of a task.
 *
 * @param mrr the mean, over source columns that have a partner, of 1 / rank of the first true one
 * @param recall the share of true pairs among as many best pairs of the task as there are true ones
 */
public record Ranking(double mrr, double recall) {

    /** One pair and its score. */
    private record Scored(double score, boolean right, String key) {}

    /** The ranking that scores by source and target column give. */
    public static Ranking of(MatchTask task, double[][] scores) {
        List<Scored> all = new ArrayList<>();
        double sum = 0;
        int truths = 0;
        for (int i = 0; i < task.source().size(); i++) {
            Set<String> right = task.truth().get(task.source().get(i).path());
            List<Scored> row = new ArrayList<>();
            for (int j = 0; j < task.target().size(); j++) {
                String target = task.target().get(j).path();
                boolean hit = right != null && right.contains(target);
                row.add(new Scored(scores[i][j], hit, i + " " + target));
            }
            row.sort(best());
            if (right != null) {
                truths += right.size();
                sum += reciprocalRank(row);
            }
            all.addAll(row);
        }
        all.sort(best());
        long found = all.stream().limit(truths).filter(Scored::right).count();
        return new Ranking(
                sum / Math.max(1, task.truth().size()), (double) found / Math.max(1, truths));
    }

    private static Comparator<Scored> best() {
        return Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::key);
    }

    private static double reciprocalRank(List<Scored> row) {
        for (int rank = 0; rank < row.size(); rank++) {
            if (row.get(rank).right()) {
                return 1.0 / (rank + 1);
            }
        }
        return 0;
    }
}
