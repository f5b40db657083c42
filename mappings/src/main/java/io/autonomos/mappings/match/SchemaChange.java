package io.autonomos.mappings.match;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream's schema before and after a change. The order of the fields has no meaning: they are
 * kept sorted by name.
 */
public final class SchemaChange {

    private static final Comparator<SchemaField> BY_PATH = Comparator.comparing(SchemaField::path);

    private final String stream;
    private final List<SchemaField> before;
    private final List<SchemaField> after;
    private final List<SchemaField> gone = new ArrayList<>();
    private final List<SchemaField> candidates = new ArrayList<>();
    private final SameRecordValues values;

    /** A change of which no record was seen on both sides. */
    public SchemaChange(String stream, List<SchemaField> before, List<SchemaField> after) {
        this(stream, before, after, SameRecordValues.NONE);
    }

    /** The change of the stream from one schema to the other. */
    public SchemaChange(
            String stream,
            List<SchemaField> before,
            List<SchemaField> after,
            SameRecordValues values) {
        this(stream, before, after, values, false);
    }

    private SchemaChange(
            String stream,
            List<SchemaField> before,
            List<SchemaField> after,
            SameRecordValues values,
            boolean all) {
        this.stream = stream;
        this.before = before.stream().sorted(BY_PATH).toList();
        this.after = after.stream().sorted(BY_PATH).toList();
        this.values = values;
        Map<String, SchemaField> old = byPath(this.before);
        Map<String, SchemaField> now = byPath(this.after);
        for (SchemaField field : old.values()) {
            if (all || changed(field, now.get(field.path()))) {
                gone.add(field);
            }
        }
        for (SchemaField field : now.values()) {
            if (all || changed(field, old.get(field.path()))) {
                candidates.add(field);
            }
        }
    }

    /** Two schemas of which nothing is taken for granted: every field looks for its partner. */
    public static SchemaChange ofUnrelated(List<SchemaField> before, List<SchemaField> after) {
        return new SchemaChange("", before, after, SameRecordValues.NONE, true);
    }

    private static Map<String, SchemaField> byPath(List<SchemaField> fields) {
        Map<String, SchemaField> byPath = new LinkedHashMap<>();
        fields.forEach(field -> byPath.putIfAbsent(field.path(), field));
        return byPath;
    }

    private static boolean changed(SchemaField field, SchemaField other) {
        return other == null || field.retyped(other);
    }

    /** The object or table, as the source calls it. */
    public String stream() {
        return stream;
    }

    /** All fields of the old schema. */
    public List<SchemaField> before() {
        return before;
    }

    /** All fields of the new schema. */
    public List<SchemaField> after() {
        return after;
    }

    /** Fields of the old schema that are gone or have another type. */
    public List<SchemaField> gone() {
        return Collections.unmodifiableList(gone);
    }

    /** Fields of the new schema that are new or have another type. */
    public List<SchemaField> candidates() {
        return Collections.unmodifiableList(candidates);
    }

    /** Values of the same records, before and after. */
    public SameRecordValues values() {
        return values;
    }
}
