package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.DocumentKey;
import io.autonomos.mappings.scan.ExtendedJson;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A mapping version compiled against the canonical model. Immutable; tasks share it and run it
 * through a {@link PlanRunner} each.
 */
public final class Plan {

    private final String mapping;
    private final int version;
    private final EntitySchema entity;
    private final ScanPlan scan;
    private final FieldPlan[] fields;
    private final int[][] recordIdSlots;
    private final int[] clockSlots;
    private final TimeCast clockCast;
    private final Computed idBy;
    private final Computed clockBy;
    private final int[] deleteSlots;
    private final List<Set<String>> deleteValues;
    private final Computed deleteIf;
    private final Computed filter;
    private final List<SourcePath> each;
    private final boolean eachOrOuter;
    private final int[] eventSlots;
    private final Map<String, Set<SourcePath>> reads;
    private final boolean[] keys;

    Plan(
            String mapping,
            int version,
            EntitySchema entity,
            ScanPlan scan,
            FieldPlan[] fields,
            int[][] recordIdSlots,
            int[] clockSlots,
            TimeCast clockCast,
            Computed idBy,
            Computed clockBy,
            int[] deleteSlots,
            List<Set<String>> deleteValues,
            Computed deleteIf,
            Computed filter,
            List<SourcePath> each,
            boolean eachOrOuter,
            int[] eventSlots) {
        this.mapping = mapping;
        this.version = version;
        this.entity = entity;
        this.scan = scan;
        this.fields = fields;
        this.recordIdSlots = recordIdSlots;
        this.clockSlots = clockSlots;
        this.clockCast = clockCast;
        this.idBy = idBy;
        this.clockBy = clockBy;
        this.deleteSlots = deleteSlots;
        this.deleteValues = List.copyOf(deleteValues);
        this.deleteIf = deleteIf;
        this.filter = filter;
        this.each = List.copyOf(each);
        this.eachOrOuter = eachOrOuter;
        this.eventSlots = eventSlots;
        List<SourcePath> paths = scan.paths();
        this.keys = new boolean[paths.size()];
        for (int slot = 0; slot < keys.length; slot++) {
            keys[slot] = DocumentKey.standsAt(paths.get(slot));
        }
        this.reads = Collections.unmodifiableMap(reads(paths, fields));
    }

    /** The mapping's id. */
    public String mapping() {
        return mapping;
    }

    /** The mapping's version. */
    public int version() {
        return version;
    }

    /** The entity it makes. */
    public EntitySchema entity() {
        return entity;
    }

    /** The names of the canonical fields it fills. */
    public List<String> mapped() {
        return Arrays.stream(fields).map(each -> each.field().name()).toList();
    }

    /**
     * The places that each canonical field which it fills is made of, in the order of the model.
     */
    public Map<String, Set<SourcePath>> reads() {
        return reads;
    }

    private static Map<String, Set<SourcePath>> reads(List<SourcePath> paths, FieldPlan[] fields) {
        Map<String, Set<SourcePath>> reads = new LinkedHashMap<>();
        for (FieldPlan each : fields) {
            Set<SourcePath> from = new LinkedHashSet<>();
            for (int slot : each.slots()) {
                from.add(paths.get(slot));
            }
            if (each.computed() != null) {
                for (int slot : each.computed().slots()) {
                    from.add(paths.get(slot));
                }
            }
            reads.put(each.field().name(), Collections.unmodifiableSet(from));
        }
        return reads;
    }

    /** The same by names. */
    public List<FieldSources> sources() {
        List<FieldSources> sources = new ArrayList<>(fields.length);
        reads().forEach(
                        (field, from) ->
                                sources.add(
                                        new FieldSources(
                                                field,
                                                from.stream().map(SourcePath::toString).toList())));
        return List.copyOf(sources);
    }

    /** Whether a field's value comes from an expression that can fail with all its inputs there. */
    public boolean canFail(String field) {
        return Arrays.stream(fields)
                .filter(each -> each.field().name().equals(field) && each.computed() != null)
                .anyMatch(each -> each.computed().isFallible());
    }

    /** Whether what holds the last of the nested arrays makes an event where that is empty. */
    boolean isEachOrOuter() {
        return eachOrOuter;
    }

    /** The nested arrays whose elements make one event each, outermost first; usually empty. */
    public List<SourcePath> each() {
        return each;
    }

    /** Members that only events around records have. */
    int[] eventSlots() {
        return eventSlots;
    }

    /** The plain value that an object of MongoDB's in a slot stands for, or null. */
    ExtendedJson.Inside inside(byte[] bytes, int open, int slot) {
        ExtendedJson.Inside inside = ExtendedJson.value(bytes, open);
        return inside == null && keys[slot] ? DocumentKey.text(bytes, open) : inside;
    }

    ScanPlan scan() {
        return scan;
    }

    FieldPlan[] fields() {
        return fields;
    }

    int[][] recordIdSlots() {
        return recordIdSlots;
    }

    int[] clockSlots() {
        return clockSlots;
    }

    TimeCast clockCast() {
        return clockCast;
    }

    int[] deleteSlots() {
        return deleteSlots;
    }

    List<Set<String>> deleteValues() {
        return deleteValues;
    }

    /** What holds for a record that is gone at its source, or null. */
    Computed idBy() {
        return idBy;
    }

    Computed clockBy() {
        return clockBy;
    }

    Computed deleteIf() {
        return deleteIf;
    }

    /** What holds for the records to keep, or null: all. */
    Computed filter() {
        return filter;
    }
}
