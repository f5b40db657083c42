package io.autonomos.jobs.verify;

import io.autonomos.jobs.verify.ViewStore.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Compares the unified rows of stores by tenant and entity, and what is made of them: the graph and
 * the aggregates.
 *
 * <p>The stores commit at their own pace while the job runs, so what differs is compared again
 * until it was equal once, or for as long as allowed.
 */
public final class Verification {

    private static final long PAUSE_MILLIS = 500;
    private static final int MAX_DIFFERENCES = 10;

    private final List<ViewStore> stores;
    private final Selection all;
    private final Map<String, Relation> relations = new LinkedHashMap<>();

    /**
     * @param tenant null for all
     * @param entity with the aggregates made of it; null for all, and for the graph
     * @param mappings whether it counts which mapping made a unified row, and in which version
     */
    Verification(List<ViewStore> stores, String tenant, String entity, boolean mappings) {
        this.stores = stores;
        for (Relation each : Relation.all()) {
            if ((entity == null || each.isOf(entity)) && isComparable(each)) {
                relations.put(each.name(), each);
            }
        }
        all = new Selection(tenant, List.copyOf(relations.values()), mappings);
    }

    /** What one store alone holds is shown where it is the rows themselves, with their number. */
    private boolean isComparable(Relation relation) {
        long holding = stores.stream().filter(store -> store.holds(relation)).count();
        return holding > 1 || relation instanceof Relation.Rows;
    }

    /** Compares until all is equal, or for as long as given. */
    VerifyResult run(Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<ViewKey, Map<String, Tally>> equal = new TreeMap<>();
        Selection selection = all;
        while (true) {
            Map<ViewKey, Map<String, Tally>> different = compare(selection, equal);
            if (different.isEmpty() || System.nanoTime() >= deadline) {
                return new VerifyResult(equal, different, differences(different.keySet()));
            }
            selection = all.of(relationsOf(different.keySet()));
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private List<Relation> relationsOf(Set<ViewKey> keys) {
        return keys.stream().map(ViewKey::entity).distinct().map(relations::get).toList();
    }

    /** Reads the relations that were not equal yet; adds those that are now. */
    private Map<ViewKey, Map<String, Tally>> compare(
            Selection selection, Map<ViewKey, Map<String, Tally>> equal) throws Exception {
        Map<ViewKey, Map<String, Tally>> tallies = new TreeMap<>();
        for (ViewStore store : stores) {
            Map<ViewKey, Tally.Sum> sums = new HashMap<>();
            store.hashes(
                    selection.in(store),
                    (key, id, hash) -> sums.computeIfAbsent(key, k -> new Tally.Sum()).add(hash));
            sums.forEach(
                    (key, sum) ->
                            tallies.computeIfAbsent(key, k -> new LinkedHashMap<>())
                                    .put(store.name(), sum.tally()));
        }
        Map<ViewKey, Map<String, Tally>> different = new TreeMap<>();
        tallies.forEach(
                (key, found) -> {
                    Map<String, Tally> ofAll = new LinkedHashMap<>();
                    for (ViewStore store : holding(key)) {
                        ofAll.put(store.name(), found.getOrDefault(store.name(), Tally.NONE));
                    }
                    boolean isEqual = Set.copyOf(ofAll.values()).size() == 1;
                    if (isEqual) {
                        equal.put(key, ofAll);
                    } else if (!equal.containsKey(key)) {
                        different.put(key, ofAll);
                    }
                });
        return different;
    }

    private List<ViewStore> holding(ViewKey key) {
        Relation relation = relations.get(key.entity());
        return stores.stream().filter(store -> store.holds(relation)).toList();
    }

    /** The first rows that differ, of some relations; each store is read twice at most. */
    private List<RowDifference> differences(Set<ViewKey> keys) throws Exception {
        if (keys.isEmpty()) {
            return List.of();
        }
        List<String> tenants = keys.stream().map(ViewKey::tenant).distinct().toList();
        String only = tenants.size() == 1 ? tenants.get(0) : all.tenant();
        Selection selection = new Selection(only, relationsOf(keys), all.mappings());
        Set<RowKey> rows = different(selection, keys);
        Map<RowKey, Map<String, RowImage>> images = images(selection, rows);
        List<RowDifference> found = new ArrayList<>();
        for (RowKey row : rows) {
            List<String> names = relations.get(row.key().entity()).columns();
            found.add(RowDifference.of(row.key(), row.id(), names, images.get(row)));
        }
        return found;
    }

    private record RowKey(ViewKey key, String id) {}

    /** The first rows that not all stores have alike, in order. */
    private Set<RowKey> different(Selection selection, Set<ViewKey> keys) throws Exception {
        Map<ViewKey, Map<String, Map<String, RowHash>>> hashes = new TreeMap<>();
        for (ViewStore store : stores) {
            store.hashes(
                    selection.in(store),
                    (key, id, hash) -> {
                        if (keys.contains(key)) {
                            hashes.computeIfAbsent(key, k -> new TreeMap<>())
                                    .computeIfAbsent(id, k -> new HashMap<>())
                                    .put(store.name(), hash);
                        }
                    });
        }
        Set<RowKey> different = new LinkedHashSet<>();
        hashes.forEach(
                (key, byId) ->
                        byId.forEach(
                                (id, byStore) -> {
                                    boolean alike =
                                            byStore.size() == holding(key).size()
                                                    && Set.copyOf(byStore.values()).size() == 1;
                                    if (!alike && different.size() < MAX_DIFFERENCES) {
                                        different.add(new RowKey(key, id));
                                    }
                                }));
        return different;
    }

    /** The rows by store; null where one has none. */
    private Map<RowKey, Map<String, RowImage>> images(Selection selection, Set<RowKey> rows)
            throws Exception {
        Map<RowKey, Map<String, RowImage>> images = new HashMap<>();
        rows.forEach(row -> images.put(row, new LinkedHashMap<>()));
        for (ViewStore store : stores) {
            images.forEach(
                    (row, byStore) -> {
                        if (holding(row.key()).contains(store)) {
                            byStore.put(store.name(), null);
                        }
                    });
            store.read(
                    selection.in(store),
                    row -> {
                        Map<String, RowImage> byStore = images.get(new RowKey(row.key(), row.id()));
                        if (byStore != null) {
                            byStore.put(store.name(), selection.seen(row));
                        }
                    });
        }
        return images;
    }
}
