package io.autonomos.mappings.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Field names as words. */
final class Names {

    private static final Pattern BREAK =
            Pattern.compile(
                    "[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Set<String> WRAPPERS =
            Set.of("property", "properties", "hs", "fields", "field", "c", "custom", "attributes");

    private Names() {}

    /** The words of a name, without the prefixes and suffixes that vendors put around all names. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String word : BREAK.split(name)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        while (words.size() > 1 && WRAPPERS.contains(words.get(0))) {
            words.remove(0);
        }
        if (words.size() > 1 && words.get(words.size() - 1).equals("c")) {
            words.remove(words.size() - 1);
        }
        return words;
    }

    /** The words run together: names that differ in case and punctuation are equal so. */
    static String key(String name) {
        return String.join("", words(name));
    }
}
