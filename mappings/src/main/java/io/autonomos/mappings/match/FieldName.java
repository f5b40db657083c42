package io.autonomos.mappings.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A field's name taken apart.
 *
 * @param path the name as the source writes it
 * @param joined letters and digits of the whole path, in lower case
 * @param leafJoined the same of the last part
 * @param words stems of all parts, abbreviations written out
 * @param meanings the words replaced by what they mean
 * @param leaf the meanings of the last part
 * @param parent the path without its last part
 * @param depth how many parts the path has
 */
record FieldName(
        String path,
        String joined,
        String leafJoined,
        List<String> words,
        List<String> meanings,
        List<String> leaf,
        String parent,
        int depth) {

    /** Takes names apart. */
    static final class Parser {

        private static final int LONGEST_WORD = 40;

        private final Vocabulary vocabulary;
        private final Set<String> extraWords;

        Parser(Vocabulary vocabulary, Set<String> extraWords) {
            this.vocabulary = vocabulary;
            this.extraWords = extraWords;
        }

        FieldName parse(String path) {
            String[] parts = path.split("[./\\[\\]]+");
            List<String> words = new ArrayList<>();
            List<String> leafWords = List.of();
            int depth = 0;
            for (String part : parts) {
                List<String> stems = stems(part);
                if (!stems.isEmpty()) {
                    depth++;
                    words.addAll(stems);
                    leafWords = stems;
                }
            }
            int cut = path.lastIndexOf('.');
            return new FieldName(
                    path,
                    letters(path),
                    letters(cut < 0 ? path : path.substring(cut + 1)),
                    List.copyOf(words),
                    vocabulary.meanings(words),
                    vocabulary.meanings(leafWords),
                    cut < 0 ? "" : path.substring(0, cut),
                    Math.max(1, depth));
        }

        private List<String> stems(String part) {
            List<String> stems = new ArrayList<>();
            for (String word : split(part.replace("IDs", "Ids"))) {
                for (String piece : cut(word)) {
                    vocabulary.expand(piece).forEach(full -> stems.add(Stemmer.stem(full)));
                }
            }
            return stems;
        }

        /** Cuts a word that is several words written without a break. */
        private List<String> cut(String word) {
            int n = word.length();
            if (n < 5 || n > LONGEST_WORD || known(word) || !isLetters(word)) {
                return List.of(word);
            }
            int[] best = new int[n + 1];
            int[] from = new int[n + 1];
            for (int end = 1; end <= n; end++) {
                best[end] = Integer.MAX_VALUE;
                for (int start = 0; start < end; start++) {
                    if (best[start] < Integer.MAX_VALUE && known(word.substring(start, end))) {
                        int length = end - start;
                        int cost = best[start] + (length < 3 ? 5 : 2);
                        if (cost < best[end]) {
                            best[end] = cost;
                            from[end] = start;
                        }
                    }
                }
            }
            if (best[n] == Integer.MAX_VALUE) {
                return List.of(word);
            }
            List<String> pieces = new ArrayList<>();
            for (int end = n; end > 0; end = from[end]) {
                pieces.add(0, word.substring(from[end], end));
            }
            return pieces;
        }

        private boolean known(String word) {
            return vocabulary.knows(word) || extraWords.contains(word);
        }

        private static boolean isLetters(String word) {
            return word.chars().allMatch(c -> c >= 'a' && c <= 'z');
        }
    }

    /** Letters and digits in lower case. */
    static String letters(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints()
                .filter(Character::isLetterOrDigit)
                .map(Character::toLowerCase)
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** The words of one part as its writing tells them: case, digits, punctuation. */
    static List<String> split(String part) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= part.length(); i++) {
            if (i == part.length() || breaks(part, start, i)) {
                String word = part.substring(start, i).toLowerCase(Locale.ROOT);
                if (!word.isEmpty() && Character.isLetterOrDigit(word.charAt(0))) {
                    words.add(word);
                }
                start = i;
            }
        }
        if (words.size() > 8 && part.length() >= 32 && part.matches("[0-9a-fA-F]+")) {
            return List.of(part.toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static boolean breaks(String s, int start, int i) {
        if (i == start) {
            return false;
        }
        char before = s.charAt(i - 1);
        char now = s.charAt(i);
        if (!Character.isLetterOrDigit(now) || !Character.isLetterOrDigit(before)) {
            return true;
        }
        if (Character.isDigit(before) != Character.isDigit(now)) {
            return true;
        }
        if (Character.isUpperCase(now)) {
            boolean nextLower = i + 1 < s.length() && Character.isLowerCase(s.charAt(i + 1));
            return !Character.isUpperCase(before) || nextLower;
        }
        return false;
    }
}
