package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.match.ValueProfile;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.sketch.DistinctValues;
import io.autonomos.mappings.sketch.Quantiles;
import io.autonomos.schemas.Fingerprint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was seen of one field: in how many records, with which JSON types, and what its values look
 * like. Its size is bounded, whatever the values are.
 */
public final class FieldProfile {

    static final int MOST_FORMS = 8;
    private static final int LONGEST_READ = 1_000;
    private static final List<String> TYPE_NAMES =
            List.of("object", "array", "string", "number", "boolean", "null");

    final SourcePath path;

    /** Records that came before the first one with it. */
    long since;

    long present;
    long valued;

    /** How many values had come with the last one that was new. */
    long newest;

    final long[] types = new long[Fingerprint.TYPES];
    final Map<ValueKind, Long> kinds = new EnumMap<>(ValueKind.class);
    final Map<String, Long> timeForms = new TreeMap<>();
    long lengths;
    double magnitudes;
    Quantiles numbers = new Quantiles();
    DistinctValues distinct = new DistinctValues();
    DistinctValues words = new DistinctValues();

    FieldProfile(SourcePath path) {
        this.path = path;
    }

    void add(int type, String text) {
        present++;
        types[type]++;
        if (text == null || text.isEmpty()) {
            return;
        }
        valued++;
        ValueKind kind = ValueKind.of(text);
        kinds.merge(kind, 1L, Long::sum);
        lengths += text.length();
        String form = TimeForm.of(text);
        if (form != null && (timeForms.containsKey(form) || timeForms.size() < MOST_FORMS)) {
            timeForms.merge(form, 1L, Long::sum);
        }
        if (kind == ValueKind.INTEGER || kind == ValueKind.DECIMAL) {
            addNumber(text);
        }
        if (distinct.add(ValueHash.of(text))) {
            newest = valued;
        }
        addWords(text);
    }

    private void addWords(String text) {
        String head = text.substring(0, Math.min(text.length(), LONGEST_READ));
        for (String word : words(head)) {
            words.add(ValueHash.ofText(word.toLowerCase(Locale.ROOT)));
        }
    }

    /** Runs of letters and numbers, cut where a capital follows a small letter. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        int before = 0;
        for (int i = 0; i < text.length(); ) {
            int code = text.codePointAt(i);
            int type = Character.getType(code);
            boolean isWord = isLetterOrNumber(type);
            boolean isBreak =
                    before == Character.LOWERCASE_LETTER && type == Character.UPPERCASE_LETTER;
            if (start >= 0 && (!isWord || isBreak)) {
                words.add(text.substring(start, i));
                start = -1;
            }
            start = isWord && start < 0 ? i : start;
            before = type;
            i += Character.charCount(code);
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }

    private static boolean isLetterOrNumber(int type) {
        return switch (type) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER ->
                    true;
            default -> false;
        };
    }

    private void addNumber(String text) {
        double number = new BigDecimal(text.replace(',', '.')).doubleValue();
        magnitudes += Math.log10(1 + Math.abs(number));
        numbers.add(number);
    }

    /** Where it stands. */
    public SourcePath path() {
        return path;
    }

    /** How many records came before the first one that had it. */
    public long since() {
        return since;
    }

    /** Records that have it, be it null. */
    public long present() {
        return present;
    }

    /** Records in which it is more than null and empty text. */
    public long valued() {
        return valued;
    }

    /** How many values have come since the last one that was new. */
    long sinceNewest() {
        return valued - newest;
    }

    /** The JSON types seen, but null. */
    public Set<Integer> valueTypes() {
        Set<Integer> seen = new TreeSet<>();
        for (int type = 0; type < Fingerprint.NULL; type++) {
            if (types[type] > 0) {
                seen.add(type);
            }
        }
        return seen;
    }

    /** How likely it is that so many values have these types only, though nothing changed. */
    double chanceOfOnly(Set<Integer> some, long values) {
        long all = 0;
        long ofThese = 0;
        for (int type = 0; type < Fingerprint.NULL; type++) {
            all += types[type];
            ofThese += some.contains(type) ? types[type] : 0;
        }
        return all == 0 ? 1 : Math.pow((ofThese + 0.5) / (all + 1.0), (double) values);
    }

    /** The names of the JSON types seen. */
    public List<String> typeNames() {
        List<String> names = new ArrayList<>();
        for (int type = 0; type < types.length; type++) {
            if (types[type] > 0) {
                names.add(TYPE_NAMES.get(type));
            }
        }
        return names;
    }

    /** The JSON type that most values have; null where there is no value. */
    public String mainType() {
        int best = Fingerprint.NULL;
        for (int type = 0; type < Fingerprint.NULL; type++) {
            best = types[type] > (best == Fingerprint.NULL ? 0 : types[best]) ? type : best;
        }
        return TYPE_NAMES.get(best);
    }

    /** The share of its values that are of a kind. */
    public double share(ValueKind kind) {
        return valued == 0 ? 0 : (double) kinds.getOrDefault(kind, 0L) / valued;
    }

    /** How often its values were written in which format of dates. */
    public Map<String, Long> timeForms() {
        return Map.copyOf(timeForms);
    }

    /** How many of its values were numbers, as number or as text. */
    public long numbers() {
        return numbers.count();
    }

    /** A number below which that share of the numbers lies; NaN where there is none. */
    public double quantile(double share) {
        return numbers.at(share);
    }

    /** Its distinct values. */
    public DistinctValues distinct() {
        return distinct;
    }

    /** The same as the matcher takes it, under a name of its own. */
    public SchemaField toField(String name) {
        Map<ValueKind, Double> shares = new EnumMap<>(ValueKind.class);
        kinds.forEach((kind, count) -> shares.put(kind, (double) count / valued));
        ValueProfile profile =
                valued == 0
                        ? ValueProfile.UNKNOWN
                        : new ValueProfile(
                                valued,
                                shares,
                                (double) lengths / valued,
                                numbers() == 0 ? Double.NaN : magnitudes / numbers(),
                                distinct.hashes(),
                                words.hashes());
        String type = mainType();
        return new SchemaField(name, type.equals("null") ? "unknown" : type, profile);
    }
}
