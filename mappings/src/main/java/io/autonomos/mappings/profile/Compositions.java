package io.autonomos.mappings.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds fields that were split or merged, by the values of the same records before and after. Names
 * alone never say so.
 */
public final class Compositions {

    private static final List<String> SEPARATORS = List.of(" ", ", ", ",", "-", "/", ":", "T", "");
    private static final int MOST_FIELDS = 24;
    private static final int LEAST_RECORDS = 3;
    private static final int LEAST_DISTINCT = 2;
    private static final double MOST_UNEQUAL = 0.1;

    /** So many records that all differ, where at most one in ten may, say that no more will do. */
    private static final int NEVER_EQUAL = 4;

    private final SchemaDiff diff;
    private final List<SchemaDiff.Known> records;

    private Compositions(SchemaDiff diff, List<SchemaDiff.Known> records) {
        this.diff = diff;
        this.records = records;
    }

    /** What was split or merged, as the records show it. */
    public static List<Composition> find(SchemaDiff diff, List<SchemaDiff.Known> records) {
        Compositions compositions = new Compositions(diff, records);
        List<Composition> found = new ArrayList<>();
        compositions.splits(found);
        compositions.merges(found);
        found.sort(Comparator.comparingInt(Composition::equal).reversed());
        return disjoint(found);
    }

    /** One whole has one pair of parts. */
    private static List<Composition> disjoint(List<Composition> found) {
        Set<String> used = new HashSet<>();
        List<Composition> kept = new ArrayList<>();
        for (Composition each : found) {
            List<String> all = new ArrayList<>(each.before());
            all.addAll(each.after());
            if (all.stream().noneMatch(used::contains)) {
                used.addAll(all);
                kept.add(each);
            }
        }
        return kept;
    }

    private void splits(List<Composition> found) {
        List<String> parts = paths(diff.added());
        for (String whole : paths(diff.gone())) {
            for (String first : parts) {
                for (String second : parts) {
                    if (!first.equals(second)) {
                        bySeparator(List.of(whole), List.of(first, second), found);
                    }
                }
            }
        }
    }

    private void merges(List<Composition> found) {
        List<String> parts = paths(diff.gone());
        for (String whole : paths(diff.added())) {
            for (String first : parts) {
                for (String second : parts) {
                    if (!first.equals(second)) {
                        bySeparator(List.of(first, second), List.of(whole), found);
                    }
                }
            }
        }
    }

    private static List<String> paths(List<FieldProfile> fields) {
        return fields.stream()
                .filter(field -> field.valued() > 0)
                .limit(MOST_FIELDS)
                .map(field -> field.path().toString())
                .toList();
    }

    private void bySeparator(List<String> before, List<String> after, List<Composition> found) {
        Composition best = null;
        for (String separator : SEPARATORS) {
            Composition each = compare(before, after, separator);
            boolean holds =
                    each.equal() >= LEAST_RECORDS
                            && each.distinct() >= LEAST_DISTINCT
                            && each.records() - each.equal() <= MOST_UNEQUAL * each.records();
            if (holds && (best == null || each.equal() > best.equal())) {
                best = each;
            }
        }
        if (best != null) {
            found.add(best);
        }
    }

    private Composition compare(List<String> before, List<String> after, String separator) {
        int compared = 0;
        int equal = 0;
        Set<Long> distinct = new HashSet<>();
        for (SchemaDiff.Known record : records) {
            Map<String, Long> old = record.before();
            if (!hasAll(old, before)) {
                continue;
            }
            Boolean same = agrees(old, before, record.fields(), after, separator);
            if (same != null) {
                compared++;
                if (same) {
                    equal++;
                    distinct.add(old.get(before.get(0)));
                } else if (compared - equal > MOST_UNEQUAL * records.size()
                        || (equal == 0 && compared >= NEVER_EQUAL)) {
                    break; // it can no longer hold, or is most unlikely to
                }
            }
        }
        return new Composition(before, after, separator, compared, equal, distinct.size());
    }

    private static boolean hasAll(Map<String, Long> values, List<String> paths) {
        for (String path : paths) {
            if (!values.containsKey(path)) {
                return false;
            }
        }
        return true;
    }

    /** Null where the record has not all the values that are needed. */
    private static Boolean agrees(
            Map<String, Long> old,
            List<String> before,
            RecordFields record,
            List<String> after,
            String separator) {
        String first = record.text(after.get(0));
        if (first == null || first.isEmpty()) {
            return null;
        }
        if (before.size() == 1) {
            String second = record.text(after.get(1));
            if (second == null || second.isEmpty()) {
                return null;
            }
            return ValueHash.of(first + separator + second) == old.get(before.get(0));
        }
        int cut = separator.isEmpty() ? -1 : first.indexOf(separator);
        if (cut < 0) {
            return false;
        }
        String head = first.substring(0, cut);
        String rest = first.substring(cut + separator.length());
        return ValueHash.of(head) == old.get(before.get(0))
                && ValueHash.of(rest) == old.get(before.get(1));
    }
}
