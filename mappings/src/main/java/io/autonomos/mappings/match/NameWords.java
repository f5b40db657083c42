package io.autonomos.mappings.match;

import java.util.List;

/** The words of names, for those who make names up. */
public final class NameWords {

    private NameWords() {}

    /** The words of one part of a name, in lower case. */
    public static List<String> of(String part) {
        return FieldName.split(part);
    }

    /** Words that mean the same or nearly the same. */
    public static List<String> peers(String word) {
        return Vocabulary.shipped().peers(word);
    }

    /** Words that mean the same. */
    public static List<String> synonyms(String word) {
        return Vocabulary.shipped().synonyms(word);
    }

    /** All words that exclude another. */
    public static List<String> opposed() {
        return Vocabulary.shipped().opposed();
    }

    /** Words of which a field has one and another field another. */
    public static List<String> opposites(String word) {
        return Vocabulary.shipped().opposites(word);
    }

    /** Words that make another field of the same words. */
    public static List<String> qualifiers() {
        return Vocabulary.shipped().qualifierWords();
    }

    /** Some word, the same one for the same number. */
    public static String any(int number) {
        return Vocabulary.shipped().any(number);
    }
}
