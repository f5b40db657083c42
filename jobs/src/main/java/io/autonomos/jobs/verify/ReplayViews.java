package io.autonomos.jobs.verify;

import io.autonomos.jobs.ViewReplay;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The unified rows as a replay of the job's inputs makes them. */
final class ReplayViews implements ViewStore {

    private final ViewReplay replay;

    private record RowKey(ViewKey key, String id) {}

    ReplayViews(ViewReplay replay) {
        this.replay = replay;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public boolean holds(Relation relation) {
        return relation instanceof Relation.Rows;
    }

    @Override
    public void hashes(Selection selection, HashConsumer each) throws Exception {
        last(selection, selection::hash)
                .forEach((row, hash) -> each.accept(row.key(), row.id(), hash));
    }

    @Override
    public void read(Selection selection, Consumer<RowImage> each) throws Exception {
        last(selection, Function.identity()).values().forEach(each);
    }

    /** What is kept of the last change of each row that is there. */
    private <T> Map<RowKey, T> last(Selection selection, Function<RowImage, T> keep)
            throws Exception {
        List<String> entities = selection.entities().stream().map(EntitySchema::name).toList();
        Map<RowKey, T> last = new HashMap<>();
        replay.run(
                change -> {
                    if (selection.has(change.tenant()) && entities.contains(change.entity())) {
                        apply(change, keep, last);
                    }
                });
        return last;
    }

    private static <T> void apply(
            ViewChange change, Function<RowImage, T> keep, Map<RowKey, T> into) {
        RowKey key = new RowKey(new ViewKey(change.tenant(), change.entity()), change.id());
        if (change.isDelete()) {
            into.remove(key);
            return;
        }
        EntitySchema entity = EntityModel.shipped().entity(change.entity());
        String json = new String(change.json(), StandardCharsets.UTF_8);
        into.put(key, keep.apply(KafkaViews.image(entity, Canonical.parse(json))));
    }
}
