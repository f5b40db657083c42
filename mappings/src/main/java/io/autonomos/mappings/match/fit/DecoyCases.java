package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.NameWords;
import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.eval.DriftCase;
import io.autonomos.mappings.match.eval.Truth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Makes cases in which a field is gone and another one that only looks like it is new: created and
 * updated, billing and shipping, an amount and the amount in dollars. Beside them some fields are
 * really renamed.
 */
final class DecoyCases {

    private static final int MOST_FIELDS = 25;
    private static final List<String> BASES =
            List.of(
                    "at",
                    "date",
                    "by",
                    "id",
                    "name",
                    "amount",
                    "count",
                    "city",
                    "address",
                    "price",
                    "email",
                    "phone",
                    "value",
                    "status",
                    "type",
                    "code",
                    "url",
                    "total",
                    "rate",
                    "quantity",
                    "currency",
                    "flag",
                    "time",
                    "street",
                    "reference");
    private static final List<String> TYPES =
            List.of("string", "string", "integer", "number", "timestamp", "boolean", "unknown");

    private final DriftCase base;
    private final SplittableRandom random;
    private final String entity;
    private final Renamer.Style style;
    private final Renamer.Style newStyle;
    private final Set<String> taken = new HashSet<>();
    private final List<SchemaField> before = new ArrayList<>();
    private final List<SchemaField> after = new ArrayList<>();
    private final List<Truth> truth = new ArrayList<>();

    private DecoyCases(DriftCase base, SplittableRandom random) {
        this.base = base;
        this.random = random;
        entity = base.change().stream().split("_")[0].toLowerCase(Locale.ROOT);
        Renamer.Style[] styles = Renamer.Style.values();
        style = styles[1 + random.nextInt(3)];
        newStyle = random.nextInt(3) > 0 ? style : styles[1 + random.nextInt(3)];
    }

    /** A case made of the fields of another. */
    static DriftCase of(DriftCase base, List<SchemaField> fields, SplittableRandom random) {
        return new DecoyCases(base, random).make(fields);
    }

    private DriftCase make(List<SchemaField> fields) {
        List<SchemaField> some = new ArrayList<>(fields);
        int most = 2 + random.nextInt(MOST_FIELDS);
        while (some.size() > most) {
            some.remove(random.nextInt(some.size()));
        }
        for (SchemaField field : some) {
            List<String> words = NameWords.of(field.path().replace('.', '_'));
            if (!words.isEmpty()) {
                pair(words, words, field.type(), true);
            }
        }
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            decoy(some);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            rename(some);
        }
        return new DriftCase(
                base.id() + "#decoy",
                "generated",
                String.join("_", base.vendors()),
                new SchemaChange(base.change().stream(), before, after, values()),
                truth);
    }

    private SameRecordValues values() {
        return random.nextInt(4) > 0
                ? SameRecordValues.NONE
                : new MadeValues(before, truth, random);
    }

    private void decoy(List<SchemaField> fields) {
        List<String> words = baseWords(fields);
        List<String> other = new ArrayList<>(words);
        int kind = random.nextInt(10);
        if (kind < 5) {
            String one = pick(NameWords.opposed());
            words.add(0, one);
            other.add(0, pick(NameWords.opposites(one)));
        } else if (kind < 9) {
            other.add(random.nextBoolean() ? 0 : other.size(), pick(NameWords.qualifiers()));
        } else {
            words.add(0, NameWords.any(random.nextInt(1 << 20)));
            other.add(0, NameWords.any(random.nextInt(1 << 20)));
        }
        String type = pick(TYPES);
        if (random.nextBoolean()) {
            pair(words, other, type, false);
        } else {
            pair(other, words, type, false);
        }
    }

    private void rename(List<SchemaField> fields) {
        List<String> words = baseWords(fields);
        words.add(0, NameWords.any(random.nextInt(1 << 20)));
        List<String> other = new ArrayList<>(words);
        List<String> same = NameWords.synonyms(words.get(words.size() - 1));
        if (!same.isEmpty() && random.nextBoolean()) {
            other.set(other.size() - 1, pick(same));
        } else {
            other.add(0, entity);
        }
        pair(words, other, pick(TYPES), true);
    }

    private List<String> baseWords(List<SchemaField> fields) {
        if (fields.isEmpty() || random.nextInt(3) > 0) {
            return new ArrayList<>(List.of(pick(BASES)));
        }
        String path = pick(fields).path();
        List<String> words = NameWords.of(path.substring(path.lastIndexOf('.') + 1));
        return new ArrayList<>(words.isEmpty() ? List.of(pick(BASES)) : words);
    }

    private void pair(List<String> from, List<String> to, String type, boolean same) {
        String old = Renamer.render(from, style);
        String now = Renamer.render(to, newStyle);
        boolean known = taken.contains("before " + old) || taken.contains("after " + now);
        if (known || (!same && old.equals(now))) {
            return;
        }
        taken.add("before " + old);
        taken.add("after " + now);
        before.add(SchemaField.of(old, type));
        after.add(SchemaField.of(now, type));
        if (same) {
            String kind = old.equals(now) ? "same" : "renamed";
            truth.add(new Truth(List.of(old), List.of(now), kind, ""));
        } else {
            truth.add(new Truth(List.of(old), List.of(), "removed", ""));
            truth.add(new Truth(List.of(), List.of(now), "added", ""));
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
