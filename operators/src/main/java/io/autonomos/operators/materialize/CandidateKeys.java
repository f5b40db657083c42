package io.autonomos.operators.materialize;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says when a unified row begins or ends to be like others by a rule of its entity.
 *
 * <p>Keyed by row. State per row of an entity with such rules: by which it is like others. It ends
 * with the row, so it has no time to live.
 */
public final class CandidateKeys extends KeyedProcessFunction<String, ViewChange, BlockUpdate> {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String BLOCKS_STATE = "row-blocks";

    private transient ValueState<List<String>> blocks;
    private transient Map<String, BlockRules> rules;

    /** Whether rows of the entity can be candidates. */
    public static boolean concerns(ViewChange change) {
        EntitySchema entity = EntityModel.shipped().entity(change.entity());
        return entity != null && !entity.candidates().isEmpty();
    }

    @Override
    public void open(OpenContext context) {
        rules = new HashMap<>();
        blocks =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(BLOCKS_STATE, Types.LIST(Types.STRING)));
    }

    @Override
    public void processElement(ViewChange change, Context context, Collector<BlockUpdate> out)
            throws Exception {
        EntitySchema entity = EntityModel.shipped().entity(change.entity());
        List<String> kept = blocks.value();
        List<String> before = kept == null ? List.of() : kept;
        List<String> after = change.isDelete() ? List.of() : rules(entity).blocks(change);
        if (before.equals(after)) {
            return;
        }
        for (String block : before) {
            if (!after.contains(block)) {
                out.collect(update(change, block, null));
            }
        }
        RowFacts facts = after.isEmpty() ? null : RowFacts.of(change, entity);
        for (String block : after) {
            if (!before.contains(block)) {
                out.collect(update(change, block, facts));
            }
        }
        if (after.isEmpty()) {
            blocks.clear();
        } else {
            blocks.update(new ArrayList<>(after));
        }
    }

    private BlockRules rules(EntitySchema entity) {
        return rules.computeIfAbsent(entity.name(), name -> new BlockRules(entity));
    }

    private static BlockUpdate update(ViewChange change, String block, RowFacts facts) {
        return new BlockUpdate(
                change.tenant(),
                change.entity(),
                BlockRules.rule(block),
                BlockRules.value(block),
                change.id(),
                facts);
    }
}
