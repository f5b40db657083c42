package io.autonomos.mappings.profile;

import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.scan.SourcePath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which mapped fields a record has lost: those whose places the stream's records always had
 * and this one has not, and those whose value can no longer be read.
 *
 * <p>Null and empty values are none of these, nor is a field that records often lack.
 */
public final class RecordCheck {

    /** From which share of the records on a field counts as one that all records have. */
    public static final double REGULAR = 0.9;

    private static final double SELDOM = 0.1;

    private final Map<String, Set<SourcePath>> known = new LinkedHashMap<>();
    private final Set<String> regular = new LinkedHashSet<>();
    private final Set<String> readable = new LinkedHashSet<>();

    /** A check against what was seen so far. */
    public RecordCheck(Plan plan, StreamBaseline baseline) {
        StreamSchema source = baseline.source();
        MappingUse use = MappingUse.of(plan);
        for (String field : use.fields()) {
            Set<SourcePath> seen = new LinkedHashSet<>();
            double presence = baseline.canonical().valued(field);
            for (SourcePath path : use.paths(field)) {
                double share = presence(source, path);
                if (share > 0) {
                    seen.add(path);
                    presence = Math.max(presence, share);
                }
            }
            if (!seen.isEmpty()) {
                known.put(field, seen);
            }
            if (presence >= REGULAR) {
                regular.add(field);
            }
            if (baseline.unreadable(field) <= SELDOM * source.records()) {
                readable.add(field);
            }
        }
    }

    /**
     * A check where only the canonical values are known so far.
     *
     * @param use the mapping; all places that it names count as known
     * @param regular canonical fields that nearly all records had
     * @param readable canonical fields whose values could nearly always be read
     */
    public RecordCheck(MappingUse use, Set<String> regular, Set<String> readable) {
        use.fields().forEach(field -> known.put(field, use.paths(field)));
        known.values().removeIf(Set::isEmpty);
        this.regular.addAll(regular);
        this.readable.addAll(readable);
    }

    private static double presence(StreamSchema source, SourcePath path) {
        double exact = source.presence(path.toString());
        if (exact > 0) {
            return exact;
        }
        return source.fields().stream()
                .filter(field -> path.contains(field.path()))
                .mapToDouble(field -> source.presence(field.path().toString()))
                .max()
                .orElse(0);
    }

    /** The places that a canonical field was read from so far. */
    public Set<SourcePath> known(String field) {
        return known.getOrDefault(field, Set.of());
    }

    /** The canonical fields that the record has lost. */
    public Set<String> lost(RecordFields record, MappingRun.Result result) {
        return lost(record, result, Set.of(), List.of());
    }

    /**
     * The canonical fields that the record has lost.
     *
     * @param gone fields known to be gone, so that it counts even where records often lacked them
     * @param cameInstead places that came when those went; a record with one of them is of the new
     *     form
     */
    public Set<String> lost(
            RecordFields record,
            MappingRun.Result result,
            Set<String> gone,
            List<SourcePath> cameInstead) {
        Set<String> lost = new LinkedHashSet<>();
        if (result.isDelete() || record.leaves().isEmpty()) {
            return lost;
        }
        boolean filtered =
                result.translation().fault() == null && result.translation().events().isEmpty();
        boolean isNew = cameInstead.stream().anyMatch(record::has);
        for (Map.Entry<String, Set<SourcePath>> each : known.entrySet()) {
            String field = each.getKey();
            if (filtered || result.present().contains(field)) {
                continue;
            }
            boolean absent = each.getValue().stream().noneMatch(record::has);
            boolean counts = regular.contains(field) || (gone.contains(field) && isNew);
            boolean unread = result.unreadable().contains(field) && readable.contains(field);
            if (absent ? counts : unread && hasValue(record, each.getValue())) {
                lost.add(field);
            }
        }
        return lost;
    }

    private static boolean hasValue(RecordFields record, Set<SourcePath> places) {
        return record.leaves().values().stream()
                .anyMatch(
                        leaf ->
                                (leaf.hasValue() || leaf.type() == 0)
                                        && places.stream().anyMatch(p -> p.contains(leaf.path())));
    }
}
