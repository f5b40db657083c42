package io.autonomos.mappings.match;

import io.autonomos.mappings.sketch.DistinctValues;
import io.autonomos.mappings.sketch.ValueHashes;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is known of a field's values: how many were seen, the share of each {@link ValueKind}, the
 * mean length, the mean of numbers on a logarithmic scale, and hashes of distinct values.
 *
 * <p>It holds no value itself, so it can be kept, sent and shown; what the values say is never
 * read. A stream of values may fill it from sketches instead of a sample.
 *
 * @param count how many values that are not null were seen
 * @param shares the share of each value kind; empty when nothing was seen
 * @param length the mean length in characters
 * @param magnitude the mean of {@code log10(1 + |number|)} of the numbers among them, or NaN
 * @param distinct which values there are
 * @param words which words there are in them
 */
public record ValueProfile(
        long count,
        Map<ValueKind, Double> shares,
        double length,
        double magnitude,
        ValueHashes distinct,
        ValueHashes words) {

    /** Nothing is known. */
    public static final ValueProfile UNKNOWN =
            new ValueProfile(0, Map.of(), 0, Double.NaN, ValueHashes.NONE, ValueHashes.NONE);

    private static final Pattern WORD_BREAK =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    /** The profile of a sample of values. */
    public static ValueProfile of(Collection<String> values) {
        if (values.isEmpty()) {
            return UNKNOWN;
        }
        Map<ValueKind, Double> shares = new EnumMap<>(ValueKind.class);
        DistinctValues distinct = new DistinctValues();
        DistinctValues words = new DistinctValues();
        double lengths = 0;
        double magnitudes = 0;
        int numbers = 0;
        for (String value : values) {
            ValueKind kind = ValueKind.of(value);
            shares.merge(kind, 1.0 / values.size(), Double::sum);
            lengths += value.length();
            if (kind != ValueKind.EMPTY) {
                distinct.add(hash(value.strip().toLowerCase(Locale.ROOT)));
                addWords(words, value);
            }
            if (kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL) {
                magnitudes += Math.log10(1 + Math.abs(number(value)));
                numbers++;
            }
        }
        return new ValueProfile(
                values.size(),
                Collections.unmodifiableMap(shares),
                lengths / values.size(),
                numbers == 0 ? Double.NaN : magnitudes / numbers,
                distinct.hashes(),
                words.hashes());
    }

    /** Words of letters and digits; a small letter before a capital one is cut off. */
    private static void addWords(DistinctValues words, String value) {
        for (String word : WORD_BREAK.split(value)) {
            if (!word.isEmpty()) {
                words.add(hash(word.toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** Whether values were seen that are more than empty text. */
    public boolean known() {
        return count > 0 && share(ValueKind.EMPTY) < 0.999;
    }

    /** The share of values of a kind. */
    public double share(ValueKind kind) {
        return shares.getOrDefault(kind, 0.0);
    }

    /** How much the kinds of values agree: 0 none, 1 all. */
    public double kindAgreement(ValueProfile other) {
        double sum = 0;
        for (Map.Entry<ValueKind, Double> entry : shares.entrySet()) {
            sum += Math.min(entry.getValue(), other.share(entry.getKey()));
        }
        return sum;
    }

    private static double number(String value) {
        return Double.parseDouble(value.replace(',', '.'));
    }

    /** FNV-1a with a final mix: the same in every process. */
    private static long hash(String value) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < value.length(); i++) {
            h = (h ^ value.charAt(i)) * 0x100000001b3L;
        }
        return (h ^ (h >>> 32)) * 0x9E3779B97F4A7C15L;
    }
}
