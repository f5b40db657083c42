package io.autonomos.operators.materialize;

import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A unified row joins or leaves those that a candidate rule finds alike.
 *
 * @param value what the rows have in common, in the rule's normal forms
 * @param row the row's id
 * @param says what it says, or null where it leaves
 */
public record BlockUpdate(
        String tenant, String entity, String rule, String value, String row, RowFacts says) {

    /** The rows that the rule finds alike, tenant and entity included. */
    public String blockKey() {
        return Keys.of(entity, tenant, rule, value);
    }

    /** How updates travel. */
    public static final class Sent implements Form<BlockUpdate> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<BlockUpdate> type() {
            return BlockUpdate.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(BlockUpdate update, Codec with, DataOutputView out) throws IOException {
            with.writeText(update.tenant, out);
            with.writeText(update.entity, out);
            with.writeText(update.rule, out);
            with.writeText(update.value, out);
            with.writeText(update.row, out);
            out.writeBoolean(update.says != null);
            if (update.says != null) {
                update.says.write(out);
            }
        }

        @Override
        public BlockUpdate read(int number, Codec with, DataInputView in) throws IOException {
            return new BlockUpdate(
                    with.readName(in),
                    with.readName(in),
                    with.readName(in),
                    with.readText(in),
                    with.readText(in),
                    in.readBoolean() ? RowFacts.read(in) : null);
        }
    }
}
