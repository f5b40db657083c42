package io.autonomos.jobs.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.verify.ViewStore.Selection;
import io.autonomos.schemas.model.EntitySchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a tenant's unified rows would be if they were made anew, against what they are.
 *
 * <p>Rows are compared by their hashes; what differs is read once more from both.
 */
public final class RebuildPlan {

    private static final int SHOWN = 10;
    private static final String LIVE = "live";
    private static final String REBUILT = "rebuilt";

    /** A row by entity and id. */
    private record RowKey(ViewKey key, String id) {}

    /**
     * A version of a record that a live row has and no rebuilt row.
     *
     * @param eventTime of the version
     * @param replaced whether a rebuilt row has another version
     */
    public record Lost(
            String entity,
            String connection,
            String source,
            String stream,
            String recordId,
            Instant eventTime,
            boolean replaced) {

        private Lost by(Lost rebuilt) {
            return eventTime.equals(rebuilt.eventTime)
                    ? null
                    : new Lost(entity, connection, source, stream, recordId, eventTime, true);
        }

        private String address() {
            return List.of(entity, connection, stream, recordId).toString();
        }
    }

    /** How many rows of an entity are new, different, gone, and as they were. */
    public record Counts(long added, long changed, long removed, long same) {

        private Counts plus(RowHash live, RowHash rebuilt) {
            if (live == null) {
                return new Counts(added + 1, changed, removed, same);
            }
            if (rebuilt == null) {
                return new Counts(added, changed, removed + 1, same);
            }
            return live.equals(rebuilt)
                    ? new Counts(added, changed, removed, same + 1)
                    : new Counts(added, changed + 1, removed, same);
        }
    }

    private final ViewStore live;
    private final Selection selection;
    private final Map<String, Counts> counts = new TreeMap<>();
    private final Map<RowKey, RowHash> before = new HashMap<>();
    private final Set<RowKey> different = new LinkedHashSet<>();
    private final List<RowDifference> rows = new ArrayList<>();
    private final Map<String, Lost> lost = new LinkedHashMap<>();

    private RebuildPlan(ViewStore live, Selection selection) {
        this.live = live;
        this.selection = selection;
    }

    static RebuildPlan of(ViewStore live, ViewStore rebuilt, Selection selection) throws Exception {
        RebuildPlan plan = new RebuildPlan(live, selection);
        plan.compare(rebuilt);
        if (!plan.different.isEmpty()) {
            plan.look(rebuilt);
        }
        return plan;
    }

    private void compare(ViewStore rebuilt) throws Exception {
        live.hashes(selection, (key, id, hash) -> before.put(new RowKey(key, id), hash));
        Map<RowKey, RowHash> after = new HashMap<>();
        rebuilt.hashes(selection, (key, id, hash) -> after.put(new RowKey(key, id), hash));
        Set<RowKey> all = new LinkedHashSet<>(before.keySet());
        all.addAll(after.keySet());
        for (RowKey row : all) {
            RowHash was = before.get(row);
            RowHash is = after.get(row);
            Counts sum = counts.getOrDefault(row.key().entity(), new Counts(0, 0, 0, 0));
            counts.put(row.key().entity(), sum.plus(was, is));
            if (was == null || !was.equals(is)) {
                different.add(row);
            }
        }
    }

    private void look(ViewStore rebuilt) throws Exception {
        List<RowKey> shown =
                different.stream()
                        .sorted(Comparator.comparing(RowKey::key).thenComparing(RowKey::id))
                        .limit(SHOWN)
                        .toList();
        Map<RowKey, Map<String, RowImage>> images = new HashMap<>();
        for (RowKey row : shown) {
            Map<String, RowImage> none = new LinkedHashMap<>();
            none.put(LIVE, null);
            none.put(REBUILT, null);
            images.put(row, none);
        }
        live.read(
                selection,
                image -> {
                    if (note(images, LIVE, image)) {
                        links(image).forEach(each -> lost.put(each.address(), each));
                    }
                });
        rebuilt.read(
                selection,
                image -> {
                    if (note(images, REBUILT, image)) {
                        links(image)
                                .forEach(
                                        each ->
                                                lost.computeIfPresent(
                                                        each.address(),
                                                        (address, was) -> was.by(each)));
                    }
                });
        for (RowKey row : shown) {
            List<String> names = RowImage.names(entity(row.key().entity()));
            rows.add(RowDifference.of(row.key(), row.id(), names, images.get(row)));
        }
    }

    /** Whether the row is one that differs; those that are shown are kept. */
    private boolean note(Map<RowKey, Map<String, RowImage>> images, String side, RowImage image) {
        RowKey row = new RowKey(image.key(), image.id());
        if (images.containsKey(row)) {
            images.get(row).put(side, image);
        }
        return different.contains(row);
    }

    private List<Lost> links(RowImage image) {
        List<String> names = RowImage.names(entity(image.key().entity()));
        List<Lost> links = new ArrayList<>();
        for (JsonNode link : Canonical.parse(image.columns().get(names.indexOf("links")))) {
            links.add(
                    new Lost(
                            image.key().entity(),
                            link.path("connection").asText(),
                            link.path("source").asText(),
                            link.path("stream").asText(),
                            link.path("record_id").asText(),
                            Instant.parse(link.path("event_time").asText()),
                            false));
        }
        return links;
    }

    private EntitySchema entity(String name) {
        return selection.entities().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether nothing would change. */
    public boolean isEmpty() {
        return different.isEmpty();
    }

    /** By entity. */
    public Map<String, Counts> counts() {
        return counts;
    }

    /** The first rows that would change, in order. */
    public List<RowDifference> rows() {
        return rows;
    }

    /** Versions of records that live rows have and rebuilt rows have not. */
    public Collection<Lost> lost() {
        return lost.values();
    }

    /** How many records live rows have and rebuilt rows have not. */
    public long missing() {
        return lost.values().stream().filter(each -> !each.replaced()).count();
    }

    /** How many rows that were to change are still as they were. */
    public long waiting() throws Exception {
        Map<RowKey, RowHash> now = new HashMap<>();
        live.hashes(selection, (key, id, hash) -> now.put(new RowKey(key, id), hash));
        return different.stream()
                .filter(row -> Objects.equals(now.get(row), before.get(row)))
                .count();
    }
}
