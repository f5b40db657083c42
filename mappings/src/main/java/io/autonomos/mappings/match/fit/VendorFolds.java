package io.autonomos.mappings.match.fit;

import io.autonomos.mappings.match.fit.MatchFitter.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deals cases out to folds so that cases of one vendor are together. Cases of two vendors that
 * share one with each other are together too, apart from the cases of one vendor only.
 */
final class VendorFolds {

    private static final int MOST = 8;

    private VendorFolds() {}

    static List<List<Sample>> of(List<Sample> cases) {
        Map<Set<String>, List<Sample>> groups = new LinkedHashMap<>();
        for (Sample sample : cases) {
            groups.computeIfAbsent(key(sample, cases), key -> new ArrayList<>()).add(sample);
        }
        List<List<Sample>> folds = new ArrayList<>();
        groups.values().stream()
                .sorted(Comparator.comparingInt((List<Sample> group) -> -size(group)))
                .forEach(group -> deal(folds, group));
        return folds;
    }

    private static void deal(List<List<Sample>> folds, List<Sample> group) {
        if (folds.size() < MOST) {
            folds.add(new ArrayList<>(group));
        } else {
            folds.stream()
                    .min(Comparator.comparingInt(VendorFolds::size))
                    .orElseThrow()
                    .addAll(group);
        }
    }

    private static int size(Collection<Sample> group) {
        return group.stream().mapToInt(sample -> sample.table().rows()).sum();
    }

    private static Set<String> key(Sample sample, List<Sample> cases) {
        Set<String> vendors = new LinkedHashSet<>(sample.drift().vendors());
        boolean grown = vendors.size() > 1;
        while (grown) {
            int before = vendors.size();
            for (Sample other : cases) {
                Set<String> theirs = other.drift().vendors();
                if (theirs.size() > 1 && !Collections.disjoint(theirs, vendors)) {
                    vendors.addAll(theirs);
                }
            }
            grown = vendors.size() > before;
        }
        return new LinkedHashSet<>(vendors.stream().sorted().toList());
    }
}
