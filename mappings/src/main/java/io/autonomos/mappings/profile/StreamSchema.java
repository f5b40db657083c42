package io.autonomos.mappings.profile;

import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.messages.DriftEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What is known of a stream's records: each field's profile, and the hashed values of some records.
 *
 * <p>Built record by record. Bounded: fields that came once make room for others, and records with
 * ever new names do not make it grow.
 */
public final class StreamSchema {

    static final int MOST_FIELDS = 2_000;

    /** So few records with a field do not make it one whose absence tells anything. */
    static final int SELDOM = 2;

    final TreeMap<String, FieldProfile> fields = new TreeMap<>();
    final RecordSample sample = new RecordSample();
    long records;
    long unkept;

    /**
     * Adds a record.
     *
     * @param recordId its id, or null where nothing tells it
     */
    public void add(String recordId, RecordFields record) {
        records++;
        for (RecordFields.Leaf leaf : record.leaves().values()) {
            FieldProfile field = fields.get(leaf.path().toString());
            if (field == null) {
                field = make(leaf);
            }
            if (field != null) {
                field.add(leaf.type(), leaf.text());
            }
        }
        if (recordId != null) {
            sample.put(recordId, record);
        }
    }

    private FieldProfile make(RecordFields.Leaf leaf) {
        if (fields.size() >= MOST_FIELDS) {
            fields.values().removeIf(each -> each.present() <= 1);
        }
        if (fields.size() >= MOST_FIELDS) {
            unkept++;
            return null;
        }
        FieldProfile field = new FieldProfile(leaf.path());
        field.since = records - 1;
        fields.put(leaf.path().toString(), field);
        return field;
    }

    /** Keeps a field in mind, but no longer expects it. */
    public void loosen(String path) {
        FieldProfile field = fields.get(path);
        if (field != null) {
            field.present = Math.min(field.present, SELDOM);
        }
    }

    /** Forgets what a field's values were like. */
    public void forget(String path) {
        fields.remove(path);
        sample.records.values().forEach(values -> values.remove(path));
    }

    /** How many records were added. */
    public long records() {
        return records;
    }

    /** All fields, by path. */
    public Collection<FieldProfile> fields() {
        return fields.values();
    }

    /** The field at a path, or null. */
    public FieldProfile field(String path) {
        return fields.get(path);
    }

    /** Whether any record has something at the place or below it. */
    public boolean hasAt(SourcePath place) {
        return fields.containsKey(place.toString())
                || fields.values().stream().anyMatch(field -> place.contains(field.path()));
    }

    /** The share of the records that have the field, be it null. */
    public double presence(String path) {
        FieldProfile field = fields.get(path);
        return field == null || records == 0 ? 0 : (double) field.present() / records;
    }

    /** The share of the records that have a value in it. */
    public double valued(String path) {
        FieldProfile field = fields.get(path);
        return field == null || records == 0 ? 0 : (double) field.valued() / records;
    }

    /** Hashed values of some records. */
    public RecordSample sample() {
        return sample;
    }

    /** Its fields as messages tell them, the commonest where there are more than {@code most}. */
    public DriftEvent.Shape shape(int most) {
        long high = 0;
        long low = 0;
        List<FieldProfile> all = new ArrayList<>(fields.values());
        for (FieldProfile field : all) {
            byte[] name = field.path().toString().getBytes(StandardCharsets.UTF_8);
            long path = Fingerprint.child(Fingerprint.ROOT, name, 0, name.length);
            for (int type : field.valueTypes()) {
                high += Fingerprint.high(path, type);
                low += Fingerprint.low(path, type);
            }
        }
        all.sort(Comparator.comparingLong(FieldProfile::present).reversed());
        List<DriftEvent.Field> shown = new ArrayList<>();
        for (FieldProfile field : all.subList(0, Math.min(most, all.size()))) {
            double presence = Math.min(1, (double) field.present() / Math.max(1, records));
            String path = field.path().toString();
            if (!path.isEmpty()) {
                shown.add(new DriftEvent.Field(path, field.typeNames(), presence));
            }
        }
        shown.sort(Comparator.comparing(DriftEvent.Field::path));
        return new DriftEvent.Shape(new Fingerprint(high, low).hex(), shown);
    }
}
