package io.autonomos.mappings.match;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What words in field names mean: abbreviations, phrases, words of one meaning, words that exclude
 * each other. Read from a text file that people can extend.
 */
final class Vocabulary {

    private static final String RESOURCE = "/match/vocabulary.txt";

    private final Map<String, List<String>> shorts = new HashMap<>();
    private final Map<String, List<Phrase>> phrases = new HashMap<>();
    private final Map<String, String> meanings = new HashMap<>();
    private final Map<String, List<String>> peers = new HashMap<>();
    private final Map<String, List<String>> synonyms = new HashMap<>();
    private final Map<String, List<String>> opposites = new HashMap<>();
    private final Map<String, Set<Integer>> near = new HashMap<>();
    private final Map<String, Set<Integer>> apart = new HashMap<>();
    private final Set<String> inverse = new HashSet<>();
    private final Set<String> qualifiers = new HashSet<>();
    private final List<String> qualifierWords = new ArrayList<>();
    private final Set<String> fillers = new HashSet<>();
    private final Set<String> times = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private List<String> sortedWords = List.of();
    private int line;

    private Vocabulary() {}

    /** A run of words and the words it means. */
    record Phrase(List<String> words, List<String> meaning) {}

    static Vocabulary shipped() {
        return Shipped.VOCABULARY;
    }

    private static final class Shipped {
        private static final Vocabulary VOCABULARY = read();
    }

    private static Vocabulary read() {
        try (InputStream in = Vocabulary.class.getResourceAsStream(RESOURCE)) {
            Vocabulary vocabulary = new Vocabulary();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines =
                    text.lines()
                            .map(String::strip)
                            .filter(entry -> !entry.isEmpty() && !entry.startsWith("#"))
                            .toList();
            // Phrases and sets are kept by meaning, so what the words mean is read first.
            vocabulary.readSections(lines, Set.of("[same]", "[time]"));
            vocabulary.readSections(
                    lines,
                    Set.of(
                            "[short]",
                            "[phrase]",
                            "[near]",
                            "[inverse]",
                            "[apart]",
                            "[filler]",
                            "[qualifier]",
                            "[words]"));
            vocabulary.sortedWords = vocabulary.words.stream().sorted().toList();
            return vocabulary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readSections(List<String> lines, Set<String> wanted) {
        String section = "";
        for (String entry : lines) {
            if (entry.startsWith("[")) {
                section = entry;
            } else if (wanted.contains(section)) {
                line++;
                readEntry(section, entry);
            }
        }
    }

    private void readEntry(String section, String entry) {
        List<String> all = Arrays.asList(entry.replace("= ", "").split("\\s+"));
        words.addAll(all.stream().filter(word -> word.length() > 1).toList());
        switch (section) {
            case "[short]" -> shorts.put(all.get(0), all.subList(1, all.size()));
            case "[phrase]" -> readPhrase(entry.split("\\s*=\\s*", 2));
            case "[same]" -> {
                all.forEach(word -> meanings.put(Stemmer.stem(word), stem(all)));
                relate(peers, all);
                relate(synonyms, all);
            }
            case "[near]" -> {
                all.forEach(word -> mark(near, word));
                relate(peers, all);
            }
            case "[apart]" -> {
                all.forEach(word -> mark(apart, word));
                relate(opposites, all);
            }
            case "[inverse]" -> {
                inverse.add(meaning(all.get(0)) + " " + meaning(all.get(1)));
                inverse.add(meaning(all.get(1)) + " " + meaning(all.get(0)));
            }
            case "[qualifier]" -> {
                all.forEach(word -> qualifiers.add(meaning(word)));
                qualifierWords.addAll(all);
            }
            case "[filler]" -> fillers.add(meaning(all.get(0)));
            case "[time]" -> {
                times.add(Stemmer.stem(all.get(0)));
                meanings.put(Stemmer.stem(all.get(0)), "time");
            }
            default -> words.addAll(all);
        }
    }

    private static String stem(List<String> all) {
        return Stemmer.stem(all.get(0));
    }

    private void readPhrase(String[] sides) {
        List<String> from =
                Arrays.stream(sides[0].split(" ")).map(Stemmer::stem).distinct().toList();
        List<String> to = Arrays.stream(sides[1].split(" ")).map(this::meaning).toList();
        phrases.computeIfAbsent(from.get(0), key -> new ArrayList<>()).add(new Phrase(from, to));
        phrases.get(from.get(0))
                .sort((a, b) -> Integer.compare(b.words().size(), a.words().size()));
    }

    private void mark(Map<String, Set<Integer>> sets, String word) {
        sets.computeIfAbsent(meaning(word), key -> new HashSet<>()).add(line);
    }

    private static void relate(Map<String, List<String>> relation, List<String> all) {
        for (String word : all) {
            List<String> others = relation.computeIfAbsent(word, key -> new ArrayList<>());
            all.stream().filter(other -> !other.equals(word)).forEach(others::add);
        }
    }

    List<String> peers(String word) {
        return peers.getOrDefault(word, List.of());
    }

    List<String> synonyms(String word) {
        return synonyms.getOrDefault(word, List.of());
    }

    List<String> opposed() {
        return opposites.keySet().stream().sorted().toList();
    }

    List<String> opposites(String word) {
        return opposites.getOrDefault(word, List.of());
    }

    String any(int number) {
        return sortedWords.get(Math.floorMod(number, sortedWords.size()));
    }

    /** The words an abbreviation stands for, or the word itself. */
    List<String> expand(String word) {
        return shorts.getOrDefault(word, List.of(word));
    }

    /** Whether a name without breaks may be cut into this word. */
    boolean knows(String word) {
        return words.contains(word);
    }

    /** The one word that stands for all of the same meaning. */
    String meaning(String word) {
        String stem = Stemmer.stem(word);
        return meanings.getOrDefault(stem, stem);
    }

    /** The stems with phrases and words replaced by what they mean. */
    List<String> meanings(List<String> stems) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < stems.size(); ) {
            Phrase phrase = phraseAt(stems, i);
            if (phrase == null) {
                out.add(meanings.getOrDefault(stems.get(i), stems.get(i)));
                i++;
            } else {
                out.addAll(phrase.meaning());
                i += phrase.words().size();
            }
        }
        return out;
    }

    private Phrase phraseAt(List<String> stems, int at) {
        for (Phrase phrase : phrases.getOrDefault(stems.get(at), List.of())) {
            int end = at + phrase.words().size();
            if (end <= stems.size() && stems.subList(at, end).equals(phrase.words())) {
                return phrase;
            }
        }
        return null;
    }

    boolean filler(String meaning) {
        return fillers.contains(meaning);
    }

    /** Whether the word makes another field of the same words. */
    boolean qualifier(String meaning) {
        return qualifiers.contains(meaning);
    }

    List<String> qualifierWords() {
        return List.copyOf(qualifierWords);
    }

    boolean time(String meaning) {
        return meaning.equals("time");
    }

    /** Whether one word often stands for the other. */
    boolean near(String a, String b) {
        return common(near.get(a), near.get(b));
    }

    /** Whether a field that is one is not the other. */
    boolean apart(String a, String b) {
        return !a.equals(b) && common(apart.get(a), apart.get(b));
    }

    /** Whether the one's yes is the other's no. */
    boolean inverse(String a, String b) {
        return inverse.contains(a + " " + b);
    }

    private static boolean common(Set<Integer> a, Set<Integer> b) {
        if (a == null || b == null) {
            return false;
        }
        return a.stream().anyMatch(b::contains);
    }
}
