package io.autonomos.mappings.language;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was probably meant to be. */
public final class Suggestion {

    private Suggestion() {}

    /** A hint that names the nearest of the allowed names, or lists them. */
    public static String of(String given, Collection<String> allowed) {
        return near(given, allowed)
                .orElseGet(() -> "Allowed here: " + String.join(", ", allowed) + ".");
    }

    /** A hint that names the nearest of the allowed names, where one is near. */
    public static Optional<String> near(String given, Collection<String> allowed) {
        String nearest = null;
        int best = Math.max(2, given.length() / 3) + 1;
        for (String each : allowed) {
            int distance = distance(given.toLowerCase(Locale.ROOT), each);
            if (distance < best) {
                best = distance;
                nearest = each;
            }
        }
        return Optional.ofNullable(nearest).map(name -> "Did you mean " + name + "?");
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
