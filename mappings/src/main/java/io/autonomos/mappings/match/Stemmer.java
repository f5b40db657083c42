package io.autonomos.mappings.match;

/** Cuts what grammar adds to an English word: plural, past, and the like. */
final class Stemmer {

    private static final int SHORTEST = 3;

    private Stemmer() {}

    static String stem(String word) {
        if (word.length() <= SHORTEST || !Character.isLetter(word.charAt(0))) {
            return word;
        }
        String w = word;
        if (w.endsWith("ies") && w.length() > 4) {
            w = w.substring(0, w.length() - 3) + "y";
        } else if (w.endsWith("sses") || w.endsWith("xes") || w.endsWith("ches")) {
            w = w.substring(0, w.length() - 2);
        } else if (w.endsWith("s") && !w.endsWith("ss") && !w.endsWith("us") && !w.endsWith("is")) {
            w = w.substring(0, w.length() - 1);
        }
        if (w.endsWith("ied") && w.length() > 4) {
            w = w.substring(0, w.length() - 3) + "y";
        } else if (w.endsWith("ed") && w.length() > 4 && !w.endsWith("eed")) {
            w = undouble(w.substring(0, w.length() - 2));
        } else if (w.endsWith("ing") && w.length() > 5) {
            w = undouble(w.substring(0, w.length() - 3));
        }
        return w.endsWith("e") && w.length() > SHORTEST ? w.substring(0, w.length() - 1) : w;
    }

    private static String undouble(String w) {
        int n = w.length();
        boolean doubled = n > SHORTEST && w.charAt(n - 1) == w.charAt(n - 2);
        return doubled && "lsz".indexOf(w.charAt(n - 1)) < 0 ? w.substring(0, n - 1) : w;
    }
}
