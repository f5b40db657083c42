package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.MappingUse;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the records of one stream gave so far, and what a record has lost against it.
 *
 * <p>A record that has all regular fields, and could be read, costs a look at its offsets. Only
 * others are taken apart, once for each shape.
 */
final class StreamWatch {

    /** So many records must have come before a field counts as regular. */
    static final int LEAST = 10;

    /** From so many records on a stream is known: about 300 of them were shown. */
    private static final int LEARNT = 4_096;

    /**
     * Of a stream that is being learnt the first so many records are needed, and later one of so
     * many: 28 each time it doubles, so that no change fits between two windows of the detecting
     * stage.
     */
    private static final int NEEDED = 40;

    /** So many records after one that was due and not shown the next is due. */
    private static final int SOON = 16;

    private static final int MOST_SHAPES = 256;
    private static final int FORMAT = 1;
    private static final int HEAD = 4;

    private final EntitySchema entity;
    private final long[] valued;
    private final long[] unread;
    private final ShapeSet shapes = new ShapeSet();
    private final Map<Long, List<String>> lostOf = new LinkedHashMap<>();
    private long records;
    private long written;
    private long settledAt;
    private int[] regular = {};
    private long nextSample;
    private long nextNeeded;
    private MappingUse use;
    private RecordCheck check;

    /** A watch of a stream whose records become this entity. */
    StreamWatch(EntitySchema entity) {
        this.entity = entity;
        valued = new long[entity.fields().size()];
        unread = new long[entity.fields().size()];
    }

    /** Goes on from {@link #counts}, where they are of this entity. */
    static StreamWatch of(EntitySchema entity, long[] counts) {
        StreamWatch watch = new StreamWatch(entity);
        int fields = entity.fields().size();
        boolean fits =
                counts != null
                        && counts.length == HEAD + 2 * fields
                        && counts[0] == FORMAT
                        && counts[1] == entity.name().hashCode()
                        && counts[2] == entity.version();
        if (fits) {
            watch.records = counts[HEAD - 1];
            watch.written = watch.records;
            watch.nextSample = watch.records;
            watch.nextNeeded = watch.records;
            System.arraycopy(counts, HEAD, watch.valued, 0, fields);
            System.arraycopy(counts, HEAD + fields, watch.unread, 0, fields);
            watch.settle();
        }
        return watch;
    }

    /** The counts for state. */
    long[] counts() {
        int fields = valued.length;
        long[] counts = new long[HEAD + 2 * fields];
        counts[0] = FORMAT;
        counts[1] = entity.name().hashCode();
        counts[2] = entity.version();
        counts[HEAD - 1] = records;
        System.arraycopy(valued, 0, counts, HEAD, fields);
        System.arraycopy(unread, 0, counts, HEAD + fields, fields);
        written = records;
        return counts;
    }

    /**
     * Whether so much came since the counts were last written that they are worth a write.
     *
     * @param holding whether records wait, whose fate the counts decide
     */
    boolean isWorthWriting(boolean holding) {
        return records > written + (holding ? 0 : written / 4);
    }

    boolean isOf(EntitySchema other) {
        return entity == other;
    }

    /** The stream goes by another mapping from now on; what its fields were like stays. */
    void useOther() {
        use = null;
        check = null;
        lostOf.clear();
    }

    /** Whether a translated record lacks a regular field, or has one that cannot be read. */
    boolean isOdd(Translation translation) {
        if (translation.fault() != null) {
            return translation.fault().field() != null && records >= LEAST;
        }
        if (records < LEAST) {
            return false;
        }
        List<CanonicalEvent> events = translation.events();
        for (int i = 0; i < events.size(); i++) {
            if (!events.get(i).isDelete() && lacksRegular(events.get(i).values())) {
                return true;
            }
        }
        return !translation.unread().isEmpty() && !events.isEmpty() && !events.get(0).isDelete();
    }

    private boolean lacksRegular(int[] values) {
        for (int field : regular) {
            if (values[2 * field] < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #lost} knows the mapping. */
    boolean isReady() {
        return use != null;
    }

    /** Says what the mapping in effect reads. */
    void prepare(MappingUse read) {
        use = read;
        check();
    }

    private void check() {
        Set<String> regularNames = new HashSet<>();
        for (int field : regular) {
            regularNames.add(entity.fields().get(field).name());
        }
        Set<String> readable = new HashSet<>();
        for (EntityField field : entity.fields()) {
            if (unread[field.index()] <= (1 - RecordCheck.REGULAR) * records) {
                readable.add(field.name());
            }
        }
        check = new RecordCheck(use, regularNames, readable);
    }

    /**
     * The canonical fields that an odd record has lost; none where it may pass.
     *
     * @param each the nested arrays whose elements make one event each
     */
    List<String> lost(RawRecord record, Translation translation, List<SourcePath> each) {
        boolean byShape = translation.fault() == null && translation.unread().isEmpty();
        List<String> known = byShape ? lostOf.get(translation.shape()) : null;
        if (known != null) {
            return known;
        }
        Set<String> failed = new LinkedHashSet<>(translation.unread());
        if (translation.fault() != null) {
            failed.add(translation.fault().field());
        }
        RecordFields fields = RecordFields.of(record.value(), each);
        MappingRun.Result result =
                new MappingRun.Result(translation, null, false, failed, present(translation));
        List<String> lost = List.copyOf(check.lost(fields, result));
        if (byShape && lostOf.size() < MOST_SHAPES && isOneEvent(translation)) {
            lostOf.put(translation.shape(), lost);
        }
        return lost;
    }

    private static boolean isOneEvent(Translation translation) {
        return translation.events().size() == 1;
    }

    private Set<String> present(Translation translation) {
        Set<String> present = new HashSet<>();
        for (CanonicalEvent event : translation.events()) {
            for (EntityField field : entity.fields()) {
                if (event.values()[2 * field.index()] >= 0) {
                    present.add(field.name());
                }
            }
        }
        return present;
    }

    /** Counts a record that passed. */
    void count(Translation translation) {
        List<CanonicalEvent> events = translation.events();
        for (int i = 0; i < events.size(); i++) {
            CanonicalEvent event = events.get(i);
            if (event.isDelete()) {
                continue;
            }
            records++;
            int[] values = event.values();
            for (int field = 0; field < valued.length; field++) {
                if (values[2 * field] >= 0) {
                    valued[field]++;
                }
            }
        }
        for (String name : translation.unread()) {
            unread[entity.field(name).index()]++;
        }
        if (records >= settledAt) {
            settle();
        }
    }

    /** Works out anew which fields are regular, when a quarter more records came. */
    private void settle() {
        settledAt = Math.max(LEAST, records + Math.max(1, records / 4));
        int[] found = new int[valued.length];
        int count = 0;
        for (int field = 0; records >= LEAST && field < valued.length; field++) {
            if (valued[field] >= RecordCheck.REGULAR * records) {
                found[count++] = field;
            }
        }
        int[] now = Arrays.copyOf(found, count);
        if (!Arrays.equals(now, regular)) {
            regular = now;
            lostOf.clear();
            if (use != null) {
                check();
            }
        }
    }

    /** Whether the detecting stage should see the record: of a new shape, or its turn has come. */
    boolean isDue(Translation translation) {
        return !shapes.has(translation.shape()) || records >= nextSample;
    }

    /** What a record that is due would be shown for. */
    SampleBudget.Need need(Translation translation) {
        if (!shapes.has(translation.shape())) {
            return SampleBudget.Need.NOTICE;
        }
        if (records >= LEARNT) {
            return SampleBudget.Need.ROUTINE;
        }
        return records >= nextNeeded ? SampleBudget.Need.NOTICE : SampleBudget.Need.LEARNING;
    }

    /** The record was due and not shown: another is due soon, and one of a new shape at once. */
    void passedOver(SampleBudget.Need need) {
        long next = need == SampleBudget.Need.LEARNING ? nextNeeded : records + SOON;
        nextSample = Math.max(nextSample, next);
    }

    /** The detecting stage sees the record. */
    void sampled(Translation translation) {
        shapes.add(translation.shape());
        nextSample = records + Math.max(1, Math.min(records / 64, 1_024));
        nextNeeded = records + Math.max(1, records / NEEDED);
    }

    /** Some numbers, open addressing; keeps what fits and holds all for known then. */
    private static final class ShapeSet {

        private long[] slots = new long[16];
        private int size;

        boolean has(long shape) {
            if (shape == 0 || size >= MOST_SHAPES) {
                return true;
            }
            int mask = slots.length - 1;
            int at = (int) (shape ^ (shape >>> 32)) & mask;
            while (slots[at] != 0) {
                if (slots[at] == shape) {
                    return true;
                }
                at = (at + 1) & mask;
            }
            return false;
        }

        void add(long shape) {
            if (shape == 0 || size >= MOST_SHAPES || has(shape)) {
                return;
            }
            if (2 * ++size > slots.length) {
                long[] old = slots;
                slots = new long[2 * old.length];
                for (long each : old) {
                    put(each);
                }
            }
            put(shape);
        }

        private void put(long shape) {
            if (shape == 0) {
                return;
            }
            int mask = slots.length - 1;
            int at = (int) (shape ^ (shape >>> 32)) & mask;
            while (slots[at] != 0) {
                at = (at + 1) & mask;
            }
            slots[at] = shape;
        }
    }
}
