package io.autonomos.mappings.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fields that hold the same value in every record that was seen before and after a change. Values
 * say of such a block only that its fields went to its candidates; which went where is for the
 * names to say. So its one-to-one assignments are weighed against each other, where they differ by
 * names alone: a pair is as likely as the assignments that make it are among all.
 */
final class ValueTwins {

    /** Fewer equal records, or fewer values among them, raise no pair above its names. */
    private static final double FEWEST = Math.log1p(3);

    private static final double SAME = 0.98;

    /** The fitted models like a common beginning more than the same words turned round. */
    private static final double TURNED = 3;

    private static final double ALL = 0.999;

    /** In larger blocks every pair is taken to be as likely as the next: a person is asked. */
    private static final int LARGEST = 10;

    private final PairTable table;
    private final double[][] logOdds;
    private final double[][] shares;
    private final int[] partners;
    private boolean any;

    /** The blocks of a change whose pairs have these log odds. */
    ValueTwins(PairTable table, double[][] logOdds) {
        this.table = table;
        this.logOdds = logOdds;
        shares = new double[table.rows()][table.columns()];
        partners = new int[table.rows()];
        boolean[] seen = new boolean[table.rows()];
        for (int i = 0; i < table.rows(); i++) {
            if (!seen[i]) {
                findBlock(i, seen);
            }
        }
    }

    private boolean isSame(int row, int column) {
        double[] evidence = table.evidence(row, column);
        return evidence[Feature.RECORD_SHARE.index()] >= SAME
                && evidence[Feature.RECORD_SUPPORT.index()] >= FEWEST
                && evidence[Feature.RECORD_DISTINCT.index()] >= FEWEST;
    }

    /** All candidates that hold what a field held, and all fields that held it. */
    private void findBlock(int start, boolean[] seen) {
        List<Integer> rows = new ArrayList<>(List.of(start));
        List<Integer> columns = new ArrayList<>();
        seen[start] = true;
        for (int at = 0; at < rows.size(); at++) {
            for (int j = 0; j < table.columns(); j++) {
                if (isSame(rows.get(at), j) && !columns.contains(j)) {
                    columns.add(j);
                    addHolders(j, rows, seen);
                }
            }
        }
        if (!columns.isEmpty() && Math.max(rows.size(), columns.size()) > 1) {
            any = true;
            weigh(rows, columns);
        }
    }

    private void addHolders(int column, List<Integer> rows, boolean[] seen) {
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i] && isSame(i, column)) {
                seen[i] = true;
                rows.add(i);
            }
        }
    }

    private void weigh(List<Integer> rows, List<Integer> columns) {
        double[][] block = new double[rows.size()][columns.size()];
        for (int r = 0; r < block.length; r++) {
            for (int c = 0; c < block[r].length; c++) {
                block[r][c] = logOdds[rows.get(r)][columns.get(c)];
            }
        }
        for (int r = 0; r < block.length; r++) {
            for (int c = 0; c < block[r].length; c++) {
                if (hasSameWords(rows.get(r), columns.get(c))) {
                    block[r][c] = best(block, r, c) + TURNED;
                }
            }
        }
        double[][] among = among(block);
        int[] best = Assignment.best(among);
        for (int r = 0; r < block.length; r++) {
            for (int c = 0; c < block[r].length; c++) {
                shares[rows.get(r)][columns.get(c)] = among[r][c];
            }
            partners[rows.get(r)] = best[r] < 0 ? -1 : columns.get(best[r]);
        }
    }

    private boolean hasSameWords(int row, int column) {
        double[] evidence = table.evidence(row, column);
        return evidence[Feature.EXACT_BEFORE.index()] >= ALL
                && evidence[Feature.EXACT_AFTER.index()] >= ALL;
    }

    /** The greatest of the pairs that share a field with one. */
    private static double best(double[][] block, int row, int column) {
        double best = Arrays.stream(block[row]).max().orElseThrow();
        for (double[] each : block) {
            best = Math.max(best, each[column]);
        }
        return best;
    }

    /** For each pair the share of the largest one-to-one assignments that make it. */
    static double[][] among(double[][] logOdds) {
        int rows = logOdds.length;
        int columns = logOdds[0].length;
        double[][] shares = new double[rows][columns];
        if (Math.max(rows, columns) > LARGEST) {
            for (double[] row : shares) {
                Arrays.fill(row, 1.0 / Math.max(rows, columns));
            }
            return shares;
        }
        if (rows > columns) {
            return turned(among(turned(logOdds)));
        }
        double[][] odds = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            double most = Arrays.stream(logOdds[i]).max().orElseThrow();
            for (int j = 0; j < columns; j++) {
                odds[i][j] = Math.exp(logOdds[i][j] - most);
            }
        }
        double all = sum(odds, -1, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                shares[i][j] = odds[i][j] * sum(odds, i, 1 << j) / all;
            }
        }
        return shares;
    }

    /** What all assignments of the rows but one weigh together; taken columns are bits. */
    private static double sum(double[][] odds, int but, int taken) {
        double[] sums = new double[1 << odds[0].length];
        sums[taken] = 1;
        for (int i = 0; i < odds.length; i++) {
            if (i != but) {
                sums = withRow(sums, odds[i]);
            }
        }
        return Arrays.stream(sums).sum();
    }

    private static double[] withRow(double[] sums, double[] odds) {
        double[] next = new double[sums.length];
        for (int columns = 0; columns < sums.length; columns++) {
            for (int j = 0; sums[columns] > 0 && j < odds.length; j++) {
                if ((columns & (1 << j)) == 0) {
                    next[columns | (1 << j)] += sums[columns] * odds[j];
                }
            }
        }
        return next;
    }

    private static double[][] turned(double[][] table) {
        double[][] turned = new double[table[0].length][table.length];
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[i].length; j++) {
                turned[j][i] = table[i][j];
            }
        }
        return turned;
    }

    /** Whether there is any block. */
    boolean any() {
        return any;
    }

    /** Whether a pair is one of a block. */
    boolean covers(int row, int column) {
        return any && shares[row][column] > 0;
    }

    /** How likely a pair is among its block; 1 for one of no block. */
    double share(int row, int column) {
        return covers(row, column) ? shares[row][column] : 1;
    }

    /** Leaves of each block its likeliest assignment: no other pair of it competes. */
    double[][] decided(double[][] scores) {
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores[i].length; j++) {
                if (covers(i, j) && partners[i] != j) {
                    scores[i][j] = PairTable.NOTHING;
                }
            }
        }
        return scores;
    }
}
