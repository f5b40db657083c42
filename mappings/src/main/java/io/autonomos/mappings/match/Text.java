package io.autonomos.mappings.match;

import java.util.HashMap;
import java.util.Map;

/** How alike two strings are, by their letters alone. */
public final class Text {

    private static final double PREFIX_WEIGHT = 0.1;
    private static final int PREFIX = 4;

    private Text() {}

    /** Jaro-Winkler: 1 for equal strings, 0 for those without a letter in common. */
    public static double jaroWinkler(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        double jaro = jaro(a, b);
        int prefix = 0;
        int most = Math.min(PREFIX, Math.min(a.length(), b.length()));
        while (prefix < most && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
    }

    private static double jaro(String a, String b) {
        int window = Math.max(0, Math.max(a.length(), b.length()) / 2 - 1);
        boolean[] usedA = new boolean[a.length()];
        boolean[] usedB = new boolean[b.length()];
        int matches = 0;
        for (int i = 0; i < a.length(); i++) {
            int end = Math.min(b.length(), i + window + 1);
            for (int j = Math.max(0, i - window); j < end; j++) {
                if (!usedB[j] && a.charAt(i) == b.charAt(j)) {
                    usedA[i] = true;
                    usedB[j] = true;
                    matches++;
                    break;
                }
            }
        }
        if (matches == 0) {
            return 0;
        }
        int moved = 0;
        int j = 0;
        for (int i = 0; i < a.length(); i++) {
            if (usedA[i]) {
                while (!usedB[j]) {
                    j++;
                }
                moved += a.charAt(i) == b.charAt(j++) ? 0 : 1;
            }
        }
        double m = matches;
        return (m / a.length() + m / b.length() + (m - moved / 2.0) / m) / 3;
    }

    /** The Dice coefficient of the trigrams, with the ends marked. */
    static double trigrams(String a, String b) {
        Map<String, Integer> grams = new HashMap<>();
        String left = "^" + a + "$";
        String right = "^" + b + "$";
        int total = Math.max(0, left.length() - 2) + Math.max(0, right.length() - 2);
        for (int i = 0; i + 3 <= left.length(); i++) {
            grams.merge(left.substring(i, i + 3), 1, Integer::sum);
        }
        int common = 0;
        for (int i = 0; i + 3 <= right.length(); i++) {
            String gram = right.substring(i, i + 3);
            if (grams.merge(gram, -1, Integer::sum) >= 0) {
                common++;
            }
        }
        return total == 0 ? 0 : 2.0 * common / total;
    }

    /**
     * The length of the shorter by that of the longer, where the one contains the other; else 0.
     */
    static double containment(String a, String b) {
        boolean first = a.length() <= b.length();
        String small = first ? a : b;
        String large = first ? b : a;
        return !small.isEmpty() && large.contains(small)
                ? (double) small.length() / large.length()
                : 0;
    }
}
