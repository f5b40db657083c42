package io.autonomos.mappings.match;

import java.util.Arrays;

/** The one-to-one assignment of greatest total worth (Hungarian method, cubic time). */
final class Assignment {

    private Assignment() {}

    /**
     * For each row its column, or -1 where no pair of positive worth is left for it.
     *
     * @param worth what each pair is worth; pairs worth nothing or less are never made
     */
    static int[] best(double[][] worth) {
        int rows = worth.length;
        int columns = rows == 0 ? 0 : worth[0].length;
        int[] result = new int[rows];
        Arrays.fill(result, -1);
        if (rows == 0 || columns == 0) {
            return result;
        }
        // A column of its own for each row stands for "no partner".
        double[][] cost = new double[rows][columns + rows];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                cost[i][j] = -Math.max(0, worth[i][j]);
            }
        }
        int[] rowOf = solve(cost, columns + rows);
        for (int j = 0; j < columns; j++) {
            int row = rowOf[j + 1] - 1;
            if (row >= 0 && worth[row][j] > 0) {
                result[row] = j;
            }
        }
        return result;
    }

    /** Shortest augmenting paths with potentials; rows and columns count from 1. */
    private static int[] solve(double[][] cost, int columns) {
        double[] u = new double[cost.length + 1];
        double[] v = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= cost.length; row++) {
            int[] way = new int[columns + 1];
            double[] least = new double[columns + 1];
            boolean[] used = new boolean[columns + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            rowOf[0] = row;
            int at = 0;
            do {
                used[at] = true;
                at = step(cost, u, v, rowOf, way, least, used, at);
            } while (rowOf[at] != 0);
            while (at != 0) {
                rowOf[at] = rowOf[way[at]];
                at = way[at];
            }
        }
        return rowOf;
    }

    private static int step(
            double[][] cost,
            double[] u,
            double[] v,
            int[] rowOf,
            int[] way,
            double[] least,
            boolean[] used,
            int at) {
        int row = rowOf[at];
        double delta = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int j = 1; j < used.length; j++) {
            if (used[j]) {
                continue;
            }
            double reduced = cost[row - 1][j - 1] - u[row] - v[j];
            if (reduced < least[j]) {
                least[j] = reduced;
                way[j] = at;
            }
            if (least[j] < delta) {
                delta = least[j];
                next = j;
            }
        }
        for (int j = 0; j < used.length; j++) {
            if (used[j]) {
                u[rowOf[j]] += delta;
                v[j] -= delta;
            } else {
                least[j] -= delta;
            }
        }
        return next;
    }
}
