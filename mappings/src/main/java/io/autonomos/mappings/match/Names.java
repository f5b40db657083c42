package io.autonomos.mappings.match;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;

/** The names of both schemas, and how much each word says within its schema. */
final class Names {

    private static final double FILLER = 0.15;
    private static final double TIME = 0.3;
    private static final double CONTEXT = 0.3;
    private static final double LEAST = 0.05;

    private final Vocabulary vocabulary;
    private final Map<String, FieldName> before = new TreeMap<>();
    private final Map<String, FieldName> after = new TreeMap<>();
    private final Map<String, Double> rarityBefore;
    private final Map<String, Double> rarityAfter;
    private final Set<String> context;
    private final Map<String, Map<String, Double>> likeness = new HashMap<>();

    Names(SchemaChange change, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        FieldName.Parser parser = new FieldName.Parser(vocabulary, ownWords(change));
        change.before().forEach(field -> before.put(field.path(), parser.parse(field.path())));
        change.after().forEach(field -> after.put(field.path(), parser.parse(field.path())));
        rarityBefore = rarity(before);
        rarityAfter = rarity(after);
        context = new HashSet<>(parser.parse(change.stream()).meanings());
    }

    /** Words that the names themselves set apart, to cut those that do not. */
    private static Set<String> ownWords(SchemaChange change) {
        Set<String> words = new HashSet<>();
        for (List<SchemaField> fields : List.of(change.before(), change.after())) {
            for (SchemaField field : fields) {
                for (String part : field.path().split("[./]")) {
                    List<String> split = FieldName.split(part);
                    if (split.size() > 1) {
                        split.stream().filter(word -> word.length() > 2).forEach(words::add);
                    }
                }
            }
        }
        return words;
    }

    private static Map<String, Double> rarity(Map<String, FieldName> names) {
        Map<String, Integer> counts = new HashMap<>();
        for (FieldName name : names.values()) {
            new HashSet<>(name.meanings()).forEach(word -> counts.merge(word, 1, Integer::sum));
        }
        double all = Math.log(names.size() + 1.0);
        Map<String, Double> rarity = new HashMap<>();
        counts.forEach(
                (word, n) ->
                        rarity.put(
                                word, Math.max(LEAST, Math.log((names.size() + 1.0) / n) / all)));
        return rarity;
    }

    /** How alike two words are, worked out once for each pair. */
    double likeness(String a, String b, ToDoubleBiFunction<String, String> first) {
        Map<String, Double> others = likeness.computeIfAbsent(a, word -> new HashMap<>());
        Double known = others.get(b);
        if (known == null) {
            known = first.applyAsDouble(a, b);
            others.put(b, known);
        }
        return known;
    }

    /**
     * Whether a field that is one word is not the other. Words that also stand for each other, as
     * owner and assignee do, exclude each other only in schemas that use both.
     */
    boolean apart(String a, String b) {
        return vocabulary.apart(a, b)
                && (!vocabulary.near(a, b) || uses(rarityBefore, a, b) || uses(rarityAfter, a, b));
    }

    private static boolean uses(Map<String, Double> words, String a, String b) {
        return words.containsKey(a) && words.containsKey(b);
    }

    FieldName before(String path) {
        return before.get(path);
    }

    FieldName after(String path) {
        return after.get(path);
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How much a word of the old schema says. */
    double weightBefore(String word) {
        return kindWeight(word) * rarityBefore.getOrDefault(word, 1.0);
    }

    /** How much a word of the new schema says. */
    double weightAfter(String word) {
        return kindWeight(word) * rarityAfter.getOrDefault(word, 1.0);
    }

    private double kindWeight(String word) {
        if (vocabulary.filler(word)) {
            return FILLER;
        }
        if (vocabulary.time(word)) {
            return TIME;
        }
        return context.contains(word) ? CONTEXT : 1;
    }

    /** Whether the word says neither what the field is nor whose it is. */
    boolean empty(String word) {
        return vocabulary.filler(word) || vocabulary.time(word) || context.contains(word);
    }
}
