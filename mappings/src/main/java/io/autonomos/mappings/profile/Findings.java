package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a comparison of a stream's records with its baseline shows.
 *
 * @param compositions fields that were split or merged
 * @param changes fields that stayed, with other values
 * @param partners by path of a field that is gone, the new path that likely has its values; one to
 *     one
 */
public record Findings(
        SchemaDiff diff,
        List<Composition> compositions,
        List<ValueChange> changes,
        Map<String, String> partners) {

    /**
     * How likely it may be at most that a field only happens to be missing, in records that are
     * known to have drifted.
     */
    public static final double CHANCE = 0.05;

    /** How often a field must come to be noticed, unless there are fewer records. */
    private static final int LEAST = 3;

    /**
     * Compares a stream's records with its baseline.
     *
     * @param records the records, with their ids as far as known
     * @param chance how likely it may be at most that a field that is gone only happens to be
     *     missing
     */
    public static Findings of(
            String stream,
            StreamBaseline baseline,
            List<Seen> records,
            double chance,
            SchemaMatcher matcher) {
        StreamSchema now = new StreamSchema();
        records.forEach(each -> now.add(each.recordId(), each.fields()));
        SchemaDiff diff = new SchemaDiff(stream, baseline.source(), now, LEAST, chance, matcher);
        List<SchemaDiff.Known> known = diff.known(records);
        List<Composition> compositions = Compositions.find(diff, known);
        List<ValueChange> changes = ValueChanges.find(diff, records, known);
        return new Findings(diff, compositions, changes, partners(diff, compositions));
    }

    private static Map<String, String> partners(SchemaDiff diff, List<Composition> compositions) {
        Set<String> taken = new HashSet<>();
        Set<String> composed = new HashSet<>();
        compositions.forEach(each -> taken.addAll(each.after()));
        compositions.forEach(each -> composed.addAll(each.before()));
        List<FieldDecision> decisions = new ArrayList<>();
        Map<FieldDecision, String> paths = new LinkedHashMap<>();
        for (FieldProfile field : diff.gone()) {
            FieldDecision decision = diff.decision(field.path().toString());
            if (decision != null && decision.tier() != Tier.REJECT) {
                decisions.add(decision);
                paths.put(decision, field.path().toString());
            }
        }
        decisions.sort(Comparator.comparingDouble(FieldDecision::confidence).reversed());
        Map<String, String> partners = new LinkedHashMap<>();
        for (FieldDecision decision : decisions) {
            String to = diff.pathAfter(decision.after());
            String from = paths.get(decision);
            boolean isNew = to != null && diff.isNew(to);
            if (isNew && !composed.contains(from) && taken.add(to)) {
                partners.put(from, to);
            }
        }
        return partners;
    }

    /** The places that came when others went. */
    public List<SourcePath> cameInstead() {
        List<SourcePath> places = new ArrayList<>();
        partners.values().forEach(path -> places.add(SourcePath.parse(path)));
        compositions.forEach(
                each -> each.after().forEach(path -> places.add(SourcePath.parse(path))));
        return places;
    }

    /** The split or merge that a field was part of, or null. */
    public Composition composition(String path) {
        return compositions.stream()
                .filter(each -> each.before().contains(path))
                .findFirst()
                .orElse(null);
    }
}
