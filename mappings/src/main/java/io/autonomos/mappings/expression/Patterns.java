package io.autonomos.mappings.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Compiled patterns by their text. Only constants of mapping files come here. */
final class Patterns {

    private static final int MOST = 10_000;
    private static final int LONGEST = 500;
    private static final int LARGEST = 2_000;
    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("([0-9]{1,9})\\}");
    private static final ConcurrentMap<String, Pattern> KNOWN = new ConcurrentHashMap<>();

    private Patterns() {}

    /** Why the text is no usable pattern, or null. */
    static String problemOf(String text) {
        if (text.length() > LONGEST) {
            return "it is longer than " + LONGEST + " characters";
        }
        if (repeats(text) > LARGEST) {
            return "it repeats too much";
        }
        try {
            return of(text).programSize() > LARGEST ? "it repeats too much" : null;
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    /** How often something is repeated at most where all counted repetitions are nested. */
    private static long repeats(String text) {
        long product = 1;
        java.util.regex.Matcher counts = COUNT.matcher(text);
        while (counts.find() && product <= LARGEST) {
            product *= Math.max(1, Long.parseLong(counts.group(1)));
        }
        return product;
    }

    static Pattern of(String text) {
        Pattern known = KNOWN.get(text);
        if (known == null) {
            known = Pattern.compile(text);
            if (KNOWN.size() < MOST) {
                KNOWN.put(text, known);
            }
        }
        return known;
    }
}
