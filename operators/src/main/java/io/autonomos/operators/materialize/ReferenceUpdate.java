package io.autonomos.operators.materialize;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Header;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * News of a record that others may refer to: which row it belongs to now, or who begins or ends to
 * refer to it.
 *
 * @param entity of the record that is referred to
 * @param id of that record in its source
 * @param kind {@link #TARGET}, {@link #REFER} or {@link #UNREFER}
 * @param key of the stream that speaks: of the record itself, or of the one that refers to it
 * @param source of that stream
 * @param row of the record that speaks; null where the record itself is gone
 * @param holder entity of the record that refers to it, or null
 * @param holderId the id of that record, or null
 * @param field its field, or -1
 */
public record ReferenceUpdate(
        String entity,
        String id,
        int kind,
        StreamKey key,
        String source,
        String row,
        String holder,
        String holderId,
        int field) {

    static final int TARGET = 0;
    static final int REFER = 1;
    static final int UNREFER = 2;

    static ReferenceUpdate target(
            String entity, String id, StreamKey key, String source, String row) {
        return new ReferenceUpdate(entity, id, TARGET, key, source, row, null, null, -1);
    }

    /** The record by its tenant, entity, connection and id: what references are keyed by. */
    public String targetKey() {
        return Keys.of(entity, key.tenant(), key.connection(), id);
    }

    /** How these travel. */
    public static final class Sent implements Form<ReferenceUpdate> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<ReferenceUpdate> type() {
            return ReferenceUpdate.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(ReferenceUpdate update, Codec with, DataOutputView out)
                throws IOException {
            with.writeHeader(
                    update.key,
                    update.source,
                    update.entity,
                    update.holder,
                    null,
                    update.kind,
                    out);
            with.writeText(update.id, out);
            with.writeText(update.row, out);
            with.writeText(update.holderId, out);
            Wire.writeSignedLong(update.field, out);
        }

        @Override
        public ReferenceUpdate read(int number, Codec with, DataInputView in) throws IOException {
            Header header = with.readHeader(in);
            return new ReferenceUpdate(
                    header.second(),
                    with.readText(in),
                    header.number(),
                    header.key(),
                    header.first(),
                    with.readText(in),
                    header.third(),
                    with.readText(in),
                    (int) Wire.readSignedLong(in));
        }
    }
}
