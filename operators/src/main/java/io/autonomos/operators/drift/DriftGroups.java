package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ParkedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records that drifted, grouped by what they no longer have: two changes of one stream are looked
 * at one by one, and an odd record does not hide what all others have in common.
 */
final class DriftGroups {

    private final CompiledMapping mapping;
    private final RecordCheck check;
    private final Map<Set<String>, List<ParkedRecord>> groups = new LinkedHashMap<>();

    /** Groups records that lost something under this mapping. */
    DriftGroups(CompiledMapping mapping, StreamBaseline baseline, List<ParkedRecord> records) {
        this.mapping = mapping;
        this.check = new RecordCheck(mapping.plan(), baseline);
        for (ParkedRecord each : records) {
            groups.computeIfAbsent(missing(each), g -> new ArrayList<>()).add(each);
        }
    }

    private Set<String> missing(ParkedRecord record) {
        RecordFields fields = RecordFields.of(record.record().value(), mapping.mapping().each());
        Set<String> missing = new TreeSet<>();
        for (String field : record.lost()) {
            Set<SourcePath> known = check.known(field);
            if (known.stream().noneMatch(fields::has)) {
                known.forEach(place -> missing.add(place.toString()));
            }
        }
        return missing;
    }

    /** How many groups there are. */
    int size() {
        return groups.size();
    }

    /**
     * The group to look at first: one with a field that no repair was asked for, then one with as
     * many records as confirm a drift, then the one that lost most, then the largest.
     */
    List<ParkedRecord> first(int confirms, Set<String> unanswered) {
        List<ParkedRecord> best = List.of();
        long bestRank = -1;
        for (Map.Entry<Set<String>, List<ParkedRecord>> each : groups.entrySet()) {
            List<ParkedRecord> group = each.getValue();
            long rank = fields(group).stream().anyMatch(unanswered::contains) ? 1 : 0;
            rank = (rank << 1) + (group.size() >= confirms ? 1 : 0);
            rank = (rank << 16) + Math.min(each.getKey().size(), 0xFFFF);
            rank = (rank << 32) + group.size();
            if (rank > bestRank) {
                best = group;
                bestRank = rank;
            }
        }
        return best;
    }

    private static Set<String> fields(List<ParkedRecord> group) {
        Set<String> fields = new HashSet<>();
        group.forEach(each -> fields.addAll(each.lost()));
        return fields;
    }
}
