package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.SameRecordValues.Agreement;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.sketch.ValueHashes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds fields whose place stayed while their type, format, value set or meaning changed. */
public final class ValueChanges {

    /** Factors by which units differ: cents, percent, thousands, minutes and hours. */
    public static final List<BigDecimal> FACTORS =
            List.of(
                    new BigDecimal("0.01"),
                    new BigDecimal("100"),
                    new BigDecimal("0.001"),
                    new BigDecimal("1000"),
                    new BigDecimal("60"),
                    new BigDecimal("3600"));

    private static final Set<ValueKind> WORDS =
            EnumSet.of(ValueKind.WORD, ValueKind.TITLE, ValueKind.CONSTANT, ValueKind.TEXT);
    private static final int LEAST = 5;
    private static final int MOST_ENUM_VALUES = 20;
    private static final double CHANCE = 1e-4;
    private static final double MOST = 0.9;
    private static final double HALF = 0.5;
    private static final double FEW = 0.2;
    private static final int MOST_MOVED = 40;

    private final SchemaDiff diff;
    private final List<Seen> records;
    private final List<SchemaDiff.Known> known;
    private final List<ValueChange> found = new ArrayList<>();

    private ValueChanges(SchemaDiff diff, List<Seen> records, List<SchemaDiff.Known> known) {
        this.diff = diff;
        this.records = records;
        this.known = known;
    }

    /**
     * What changed in the fields that stayed.
     *
     * @param records the records of the new form
     * @param known those of them that were seen before
     */
    public static List<ValueChange> find(
            SchemaDiff diff, List<Seen> records, List<SchemaDiff.Known> known) {
        ValueChanges changes = new ValueChanges(diff, records, known);
        for (FieldProfile before : diff.before().fields()) {
            FieldProfile after = diff.after().field(before.path().toString());
            if (after != null && before.valued() > 0 && !after.valueTypes().isEmpty()) {
                changes.compare(before, after);
            }
        }
        changes.swaps();
        return changes.found;
    }

    private void compare(FieldProfile before, FieldProfile after) {
        Set<Integer> old = before.valueTypes();
        Set<Integer> now = after.valueTypes();
        if (!old.equals(now)) {
            boolean wider = now.containsAll(old);
            boolean narrower =
                    old.containsAll(now)
                            && after.valued() >= LEAST
                            && before.chanceOfOnly(now, after.valued()) <= CHANCE;
            if (wider || narrower || old.stream().noneMatch(now::contains)) {
                String kind =
                        wider
                                ? ValueChange.WIDENED
                                : narrower ? ValueChange.NARROWED : ValueChange.RETYPED;
                found.add(ValueChange.of(kind, before));
            }
            return;
        }
        if (after.valued() == 0) {
            return;
        }
        if (isFormatChanged(before, after)) {
            found.add(ValueChange.of(ValueChange.FORMAT, before));
        } else if (isNumber(before) && isNumber(after)) {
            numbers(before, after);
        } else if (isEnumeration(before)) {
            enumeration(before, after);
        }
    }

    private static boolean isNumber(FieldProfile field) {
        return field.numbers() >= MOST * field.valued();
    }

    private static boolean isFormatChanged(FieldProfile before, FieldProfile after) {
        String old = mainForm(before);
        String now = mainForm(after);
        if (isNumber(before) && isNumber(after)) {
            return old != null && now != null && !old.equals(now);
        }
        if (old != null || now != null) {
            return !Objects.equals(old, now);
        }
        double common = 0;
        for (ValueKind kind : ValueKind.values()) {
            common += Math.min(before.share(kind), after.share(kind));
        }
        boolean telling = WORDS.stream().mapToDouble(before::share).sum() < FEW;
        return telling && common < FEW && after.valued() >= Math.min(3, before.valued());
    }

    /** The format of dates that most values have, or null. */
    public static String mainForm(FieldProfile field) {
        for (Map.Entry<String, Long> each : field.timeForms().entrySet()) {
            if (each.getValue() >= MOST * field.valued()) {
                return each.getKey();
            }
        }
        long dates = field.timeForms().values().stream().mapToLong(Long::longValue).sum();
        if (dates < MOST * field.valued()) {
            return null;
        }
        return field.timeForms().keySet().stream()
                .filter(form -> !form.startsWith(TimeForm.EITHER))
                .findFirst()
                .orElse(null);
    }

    private void numbers(FieldProfile before, FieldProfile after) {
        String path = before.path().toString();
        Agreement same = diff.agreement(path, path);
        if (same.records() >= 3 && same.equal() <= FEW * same.records()) {
            for (BigDecimal factor : FACTORS) {
                int[] scaled = scaled(path, factor);
                if (scaled[0] >= 3 && scaled[1] >= MOST * scaled[0]) {
                    found.add(new ValueChange(ValueChange.MEANING, path, null, factor, true));
                    return;
                }
            }
        }
        boolean enough = before.numbers() >= LEAST && after.numbers() >= LEAST;
        double shift = Math.log10(after.quantile(0.5)) - Math.log10(before.quantile(0.5));
        boolean apart =
                before.quantile(0.9) < after.quantile(0.1)
                        || after.quantile(0.9) < before.quantile(0.1);
        boolean far = same.records() < 3 && enough && apart && Math.abs(shift) > 1.5;
        if (far && !isRecordId(path)) {
            BigDecimal factor = nearest(-shift);
            found.add(new ValueChange(ValueChange.MEANING, path, null, factor, false));
        }
    }

    /** The numbers that a source counts its records by only ever grow. */
    private boolean isRecordId(String path) {
        long ids =
                records.stream()
                        .filter(each -> each.recordId() != null)
                        .filter(each -> each.recordId().equals(each.fields().text(path)))
                        .count();
        return ids >= MOST * records.size();
    }

    private static BigDecimal nearest(double exponent) {
        for (BigDecimal factor : FACTORS) {
            if (Math.abs(Math.log10(factor.doubleValue()) - exponent) < 0.35) {
                return factor;
            }
        }
        return null;
    }

    /** How many records have the number before and after, and in how many the factor fits. */
    private int[] scaled(String path, BigDecimal factor) {
        int[] counts = new int[2];
        for (SchemaDiff.Known record : known) {
            Map<String, Long> old = record.before();
            String now = record.fields().text(path);
            if (!old.containsKey(path) || now == null || isZero(now)) {
                continue;
            }
            counts[0]++;
            String value = ValueHash.normal(now);
            if (value.matches("-?\\d+(\\.\\d+)?")) {
                String was = new BigDecimal(value).multiply(factor).toPlainString();
                counts[1] += ValueHash.of(was) == old.get(path) ? 1 : 0;
            }
        }
        return counts;
    }

    private static boolean isZero(String text) {
        return text.isBlank() || text.matches("-?0*(\\.0*)?");
    }

    /**
     * Few words again and again, and no new one for so long that the next one means something. Of
     * free text some values come often, too, but others go on coming.
     */
    private static boolean isEnumeration(FieldProfile field) {
        double values = field.distinct().count();
        return field.distinct().isComplete()
                && values <= MOST_ENUM_VALUES
                && field.valued() >= Math.max(LEAST, 3 * values)
                && field.sinceNewest() >= Math.max(2 * LEAST, field.valued() / 2)
                && WORDS.stream().mapToDouble(field::share).sum() > MOST;
    }

    private void enumeration(FieldProfile before, FieldProfile after) {
        ValueHashes now = after.distinct().hashes();
        int common = now.common(before.distinct().hashes());
        boolean kept = common > 0;
        boolean extended = common < now.size() || !after.distinct().isComplete();
        if (extended) {
            boolean turned = !kept && after.valued() >= 2L * LEAST;
            found.add(ValueChange.of(turned ? ValueChange.MEANING : ValueChange.ENUM, before));
        }
    }

    /** Two fields that have each other's values now. */
    private void swaps() {
        List<String> moved = new ArrayList<>();
        for (FieldProfile field : diff.before().fields()) {
            String path = field.path().toString();
            Agreement own = diff.agreement(path, path);
            boolean left =
                    own.records() >= 3
                            ? own.equal() <= FEW * own.records()
                            : shareFrom(path, path) <= FEW;
            if (left && moved.size() < MOST_MOVED) {
                moved.add(path);
            }
        }
        for (int i = 0; i < moved.size(); i++) {
            for (int j = i + 1; j < moved.size(); j++) {
                String one = moved.get(i);
                String two = moved.get(j);
                if (isCarried(one, two) && isCarried(two, one)) {
                    boolean proven = diff.agreement(one, two).records() >= 3;
                    found.removeIf(each -> each.path().equals(one) || each.path().equals(two));
                    found.add(new ValueChange(ValueChange.MEANING, one, two, null, proven));
                    found.add(new ValueChange(ValueChange.MEANING, two, one, null, proven));
                }
            }
        }
    }

    private boolean isCarried(String old, String now) {
        Agreement agreement = diff.agreement(old, now);
        return agreement.records() >= 3
                ? agreement.distinct() >= 2 && agreement.equal() >= MOST * agreement.records()
                : shareFrom(old, now) >= HALF;
    }

    /** Which share of the values that one field has now another had before; NaN of few values. */
    private double shareFrom(String old, String now) {
        FieldProfile before = diff.before().field(old);
        FieldProfile after = diff.after().field(now);
        if (after == null || after.valued() < LEAST) {
            return Double.NaN;
        }
        ValueHashes values = after.distinct().hashes();
        return values.size() < 3 ? Double.NaN : values.shareIn(before.distinct().hashes());
    }
}
