package io.autonomos.operators.materialize;

import io.autonomos.schemas.types.Form;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells each row that refers to a record which unified row that record belongs to, whichever of the
 * two comes first, and again when it moves.
 *
 * <p>Keyed by {@link ReferenceUpdate#targetKey}. State per record that is referred to: the row it
 * belongs to, and who refers to it. Both end with the records they speak of, so they have no time
 * to live.
 */
public final class ReferenceResolver
        extends KeyedProcessFunction<String, ReferenceUpdate, RowUpdate> {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String CANDIDATES_STATE = "reference-candidates";
    static final String HOLDERS_STATE = "reference-holders";

    private transient ValueState<Candidates> candidates;
    private transient MapState<Holder, Holder.Place> holders;

    @Override
    public void open(OpenContext context) {
        candidates =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        CANDIDATES_STATE, Form.typeOf(new Candidates.Kept())));
        holders =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        HOLDERS_STATE,
                                        Form.typeOf(new Holder.Kept()),
                                        Form.typeOf(new Holder.Place.Kept())));
    }

    @Override
    public void processElement(ReferenceUpdate update, Context context, Collector<RowUpdate> out)
            throws Exception {
        Candidates stored = candidates.value();
        Candidates known = stored == null ? Candidates.NONE : stored;
        if (update.kind() == ReferenceUpdate.TARGET) {
            move(update, known, out);
            return;
        }
        Holder holder =
                new Holder(update.key(), update.holder(), update.holderId(), update.field());
        boolean refers = update.kind() == ReferenceUpdate.REFER;
        if (refers) {
            holders.put(holder, new Holder.Place(update.source(), update.row()));
        } else {
            holders.remove(holder);
        }
        String row = known.row(update.source());
        if (row != null) {
            out.collect(link(update, holder, update.row(), refers ? row : null));
        }
    }

    private void move(ReferenceUpdate update, Candidates known, Collector<RowUpdate> out)
            throws Exception {
        Candidates next = known.with(update.key().stream(), update.source(), update.row());
        if (next.all().isEmpty()) {
            candidates.clear();
        } else {
            candidates.update(next);
        }
        for (Map.Entry<Holder, Holder.Place> each : holders.entries()) {
            Holder.Place place = each.getValue();
            String row = next.row(place.source());
            if (!Objects.equals(row, known.row(place.source()))) {
                out.collect(link(update, each.getKey(), place.row(), row));
            }
        }
    }

    private static RowUpdate link(
            ReferenceUpdate update, Holder holder, String holderRow, String row) {
        return RowUpdate.link(
                holder.entity(),
                holderRow,
                holder.key(),
                holder.recordId(),
                new Link(holder.field(), update.entity(), update.id(), row));
    }
}
