package io.autonomos.mappings.registry;

import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What would become of records if another mapping translated them. */
public final class MappingImpact {

    private final StreamTarget before;
    private final StreamTarget after;
    private final Translator old = new Translator(ScanLimits.DEFAULT);
    private final Translator young = new Translator(ScanLimits.DEFAULT);
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int records;
    private int untouched;

    /**
     * How one field fares. {@code record_id}, {@code op} and {@code event_time} count as fields.
     */
    public static final class Field {

        private final String name;
        private int changed;
        private int gained;
        private int lost;
        private String record;
        private String was;
        private String is;

        private Field(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        /** Records in which it has another value. */
        public int changed() {
            return changed;
        }

        /** Records in which it has a value only now. */
        public int gained() {
            return gained;
        }

        /** Records in which it has no value any more. */
        public int lost() {
            return lost;
        }

        /** The id of the first record in which it differs. */
        public String record() {
            return record;
        }

        /** The value in that record as JSON, or null. */
        public String was() {
            return was;
        }

        /** The new value in that record as JSON, or null. */
        public String is() {
            return is;
        }
    }

    /**
     * A comparison of two translations of one stream.
     *
     * @param before null where the stream had no mapping
     */
    public MappingImpact(StreamTarget before, StreamTarget after) {
        this.before = before;
        this.after = after;
    }

    /** Translates a record both ways and notes what differs. */
    public void add(RawRecord record) {
        records++;
        Translation was = before == null ? null : old.translate(record, before);
        Translation is = young.translate(record, after);
        String from = outcome(was);
        String to = outcome(is);
        if (!from.equals(to)) {
            outcomes.merge(from + " -> " + to, 1, Integer::sum);
        }
        int both = was == null ? 0 : Math.min(was.events().size(), is.events().size());
        boolean same =
                from.equals(to) && (was == null || was.events().size() == is.events().size());
        for (int i = 0; i < both; i++) {
            same &= compare(was.events().get(i), is.events().get(i));
        }
        untouched += same ? 1 : 0;
    }

    private static String outcome(Translation translation) {
        if (translation == null) {
            return "no mapping";
        }
        if (translation.fault() != null) {
            return "dead letter " + translation.fault().code();
        }
        return translation.events().isEmpty() ? "filtered" : "canonical";
    }

    private boolean compare(CanonicalEvent was, CanonicalEvent is) {
        boolean same = note("record_id", is, was.recordId(), is.recordId());
        same &= note("op", is, was.op(), is.op());
        same &=
                note(
                        "event_time",
                        is,
                        Long.toString(was.eventTime()),
                        Long.toString(is.eventTime()));
        EntitySchema oldEntity = before.plan().entity();
        EntitySchema newEntity = after.plan().entity();
        same &= note("entity", is, oldEntity.name(), newEntity.name());
        Set<String> names = new LinkedHashSet<>(names(oldEntity));
        names.addAll(names(newEntity));
        for (String name : names) {
            same &= note(name, is, token(was, oldEntity, name), token(is, newEntity, name));
        }
        return same;
    }

    private boolean note(String name, CanonicalEvent event, String was, String is) {
        if (Objects.equals(was, is)) {
            return true;
        }
        Field field = fields.computeIfAbsent(name, Field::new);
        if (was == null) {
            field.gained++;
        } else if (is == null) {
            field.lost++;
        } else {
            field.changed++;
        }
        if (field.record == null) {
            field.record = event.recordId();
            field.was = was;
            field.is = is;
        }
        return false;
    }

    private static List<String> names(EntitySchema entity) {
        return entity.fields().stream().map(EntityField::name).toList();
    }

    private static String token(CanonicalEvent event, EntitySchema entity, String name) {
        for (EntityField field : entity.fields()) {
            if (field.name().equals(name)) {
                return EventValues.token(event, field);
            }
        }
        return null;
    }

    /** How many records were compared. */
    public int records() {
        return records;
    }

    /** How many of them stay as they are. */
    public int untouched() {
        return untouched;
    }

    /** The fields that differ somewhere. */
    public Collection<Field> fields() {
        return fields.values();
    }

    /** How many records fare otherwise, by a text such as {@code canonical -> filtered}. */
    public Map<String, Integer> outcomes() {
        return outcomes;
    }
}
