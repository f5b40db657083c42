package io.autonomos.jobs.verify;

import io.autonomos.jobs.verify.ViewStore.Selection;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Compares the unified rows of stores, by tenant and entity.
 *
 * <p>The stores commit at their own pace while the job runs, so an entity that differs is compared
 * again until it was equal once, or for as long as allowed.
 */
public final class Verification {

    private static final long PAUSE_MILLIS = 500;
    private static final int MAX_DIFFERENCES = 10;

    private final List<ViewStore> stores;
    private final String tenant;
    private final Map<String, EntitySchema> entities = new LinkedHashMap<>();

    /**
     * @param tenant null for all
     * @param entity null for all
     */
    Verification(List<ViewStore> stores, String tenant, String entity) {
        this.stores = stores;
        this.tenant = tenant;
        for (EntitySchema each : EntityModel.shipped().entities()) {
            if (entity == null || entity.equals(each.name())) {
                entities.put(each.name(), each);
            }
        }
    }

    /** Compares until all is equal, or for as long as given. */
    VerifyResult run(Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        Map<ViewKey, Map<String, Tally>> equal = new TreeMap<>();
        while (true) {
            Map<ViewKey, Map<String, Tally>> different = compare(equal);
            if (different.isEmpty() || System.nanoTime() >= deadline) {
                return new VerifyResult(equal, different, differences(different.keySet()));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Reads the entities that were not equal yet; adds those that are now. */
    private Map<ViewKey, Map<String, Tally>> compare(Map<ViewKey, Map<String, Tally>> equal)
            throws Exception {
        Map<ViewKey, Map<String, Tally>> tallies = new TreeMap<>();
        for (ViewStore store : stores) {
            Map<ViewKey, Tally.Sum> sums = new HashMap<>();
            store.hashes(
                    all(),
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
                    stores.forEach(
                            store ->
                                    ofAll.put(
                                            store.name(),
                                            found.getOrDefault(store.name(), Tally.NONE)));
                    boolean isEqual = Set.copyOf(ofAll.values()).size() == 1;
                    if (isEqual) {
                        equal.put(key, ofAll);
                    } else if (!equal.containsKey(key)) {
                        different.put(key, ofAll);
                    }
                });
        return different;
    }

    private Selection all() {
        return new Selection(tenant, List.copyOf(entities.values()));
    }

    /** The first rows that differ, of some entities. */
    private List<RowDifference> differences(Set<ViewKey> keys) throws Exception {
        List<RowDifference> found = new java.util.ArrayList<>();
        for (ViewKey key : keys) {
            if (found.size() < MAX_DIFFERENCES) {
                differences(key, found);
            }
        }
        return found;
    }

    private void differences(ViewKey key, List<RowDifference> into) throws Exception {
        EntitySchema entity = entities.get(key.entity());
        Selection selection = new Selection(key.tenant(), List.of(entity));
        Map<String, Map<String, RowHash>> hashes = new LinkedHashMap<>();
        Set<String> ids = new TreeSet<>();
        for (ViewStore store : stores) {
            Map<String, RowHash> ofStore = new HashMap<>();
            store.hashes(selection, (k, id, hash) -> ofStore.put(id, hash));
            hashes.put(store.name(), ofStore);
            ids.addAll(ofStore.keySet());
        }
        Set<String> different = new TreeSet<>();
        for (String id : ids) {
            long versions = hashes.values().stream().map(rows -> rows.get(id)).distinct().count();
            if (versions > 1 && into.size() + different.size() < MAX_DIFFERENCES) {
                different.add(id);
            }
        }
        Map<String, Map<String, RowImage>> images = images(selection, different);
        for (String id : different) {
            into.add(RowDifference.of(key, id, RowImage.names(entity), images.get(id)));
        }
    }

    /** The rows of the ids, by id and store. */
    private Map<String, Map<String, RowImage>> images(Selection selection, Set<String> ids)
            throws Exception {
        Map<String, Map<String, RowImage>> images = new HashMap<>();
        ids.forEach(id -> images.put(id, new LinkedHashMap<>()));
        for (ViewStore store : stores) {
            images.values().forEach(rows -> rows.put(store.name(), null));
            store.read(
                    selection,
                    row -> {
                        if (ids.contains(row.id())) {
                            images.get(row.id()).put(store.name(), row);
                        }
                    });
        }
        return images;
    }
}
