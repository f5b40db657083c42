package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeNews;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.types.Form;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes a candidate of each two rows that a rule finds alike, and takes it back where one of them
 * goes. What many rows have in common is no evidence: from then on the block asks nothing more.
 *
 * <p>Keyed by tenant, entity, rule and common value. State per block: its rows, at most {@link
 * #MOST_ROWS}, each with hashes of its texts; or that it is common. It ends with its rows, so it
 * has no time to live; that a block is common stays.
 */
public final class CandidateBlocks extends KeyedProcessFunction<String, BlockUpdate, MergeNews> {

    /** Most rows that have something in common of which it is evidence. */
    static final int MOST_ROWS = 6;

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String ROWS_STATE = "block-rows";
    static final String COMMON_STATE = "block-is-common";

    private transient MapState<String, RowFacts> rows;
    private transient ValueState<Boolean> common;
    private transient Map<String, BlockRules> rules;

    @Override
    public void open(OpenContext context) {
        rules = new HashMap<>();
        rows =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        ROWS_STATE,
                                        Types.STRING,
                                        Form.typeOf(new RowFacts.Kept())));
        common =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>(COMMON_STATE, Types.BOOLEAN));
    }

    @Override
    public void processElement(BlockUpdate update, Context context, Collector<MergeNews> out)
            throws Exception {
        if (common.value() != null) {
            return;
        }
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        Map<String, RowFacts> all = new TreeMap<>();
        rows.entries().forEach(each -> all.put(each.getKey(), each.getValue()));
        if (update.says() == null) {
            RowFacts gone = all.remove(update.row());
            if (gone != null) {
                rows.remove(update.row());
                pairs(update, gone, all, true, now, out);
            }
        } else if (all.containsKey(update.row()) || all.size() < MOST_ROWS) {
            boolean isNew = all.remove(update.row()) == null;
            rows.put(update.row(), update.says());
            if (isNew) {
                pairs(update, update.says(), all, false, now, out);
            }
        } else {
            takeBack(update, all, now, out);
        }
    }

    private void takeBack(
            BlockUpdate update, Map<String, RowFacts> all, Instant now, Collector<MergeNews> out)
            throws Exception {
        Map<String, RowFacts> left = new TreeMap<>(all);
        for (Map.Entry<String, RowFacts> each : all.entrySet()) {
            left.remove(each.getKey());
            BlockUpdate gone =
                    new BlockUpdate(
                            update.tenant(),
                            update.entity(),
                            update.rule(),
                            update.value(),
                            each.getKey(),
                            null);
            pairs(gone, each.getValue(), left, true, now, out);
        }
        rows.clear();
        common.update(true);
    }

    private void pairs(
            BlockUpdate update,
            RowFacts facts,
            Map<String, RowFacts> others,
            boolean gone,
            Instant now,
            Collector<MergeNews> out) {
        EntitySchema entity = EntityModel.shipped().entity(update.entity());
        if (entity == null) {
            return;
        }
        BlockRules own = rules.computeIfAbsent(entity.name(), name -> new BlockRules(entity));
        Comparator<String> strongestFirst = own.strongestFirst();
        others.forEach(
                (row, said) -> {
                    if (own.isOpen(update.rule(), update.row(), row)) {
                        boolean stays = strongestFirst.compare(update.row(), row) < 0;
                        out.collect(
                                new MergeNews(
                                        new MergeCandidate(
                                                MergeCandidate.id(
                                                        update.tenant(),
                                                        update.entity(),
                                                        update.row(),
                                                        row),
                                                update.tenant(),
                                                update.entity(),
                                                stays ? row : update.row(),
                                                stays ? update.row() : row,
                                                List.of(update.rule()),
                                                facts.compare(said, entity),
                                                now),
                                        gone));
                    }
                });
    }
}
