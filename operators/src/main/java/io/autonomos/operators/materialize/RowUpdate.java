package io.autonomos.operators.materialize;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Header;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What changes in one unified row: a record joins it or says something new, or leaves it, or a
 * reference of a record is resolved or no longer is.
 *
 * @param key of the record; its tenant is the row's
 * @param contribution what the record says; null where it leaves, or where a link says otherwise
 * @param link the reference that changes, or null
 */
public record RowUpdate(
        String entity,
        String row,
        StreamKey key,
        String recordId,
        long eventTime,
        Contribution contribution,
        Link link) {

    static RowUpdate join(String entity, String row, Contribution contribution) {
        return new RowUpdate(
                entity,
                row,
                contribution.key(),
                contribution.recordId(),
                contribution.eventTime(),
                contribution,
                null);
    }

    static RowUpdate leave(
            String entity, String row, StreamKey key, String recordId, long eventTime) {
        return new RowUpdate(entity, row, key, recordId, eventTime, null, null);
    }

    static RowUpdate link(String entity, String row, StreamKey key, String recordId, Link link) {
        return new RowUpdate(entity, row, key, recordId, Long.MIN_VALUE, null, link);
    }

    /** The row, with tenant and entity, as one text: what the merging half is keyed by. */
    public String rowKey() {
        return Keys.of(entity, key.tenant(), row);
    }

    /** How updates travel. */
    public static final class Sent implements Form<RowUpdate> {

        private static final long serialVersionUID = 1L;
        private static final int LEAVE = 0;
        private static final int JOIN = 1;
        private static final int LINK = 2;

        @Override
        public Class<RowUpdate> type() {
            return RowUpdate.class;
        }

        @Override
        public int number() {
            return 2;
        }

        @Override
        public void write(RowUpdate update, Codec with, DataOutputView out) throws IOException {
            with.writeText(update.entity, out);
            with.writeText(update.row, out);
            if (update.contribution != null) {
                out.writeByte(JOIN);
                update.contribution.write(with, out);
                return;
            }
            out.writeByte(update.link == null ? LEAVE : LINK);
            with.writeHeader(update.key, null, null, null, null, 0, out);
            with.writeText(update.recordId, out);
            if (update.link == null) {
                out.writeLong(update.eventTime);
            } else {
                update.link.write(with, out);
            }
        }

        @Override
        public RowUpdate read(int number, Codec with, DataInputView in) throws IOException {
            String entity = with.readName(in);
            String row = with.readText(in);
            int kind = in.readByte();
            if (kind == JOIN) {
                return join(entity, row, Contribution.read(number > 1, with, in));
            }
            Header header = with.readHeader(in);
            String recordId = with.readText(in);
            return kind == LEAVE
                    ? leave(entity, row, header.key(), recordId, in.readLong())
                    : link(entity, row, header.key(), recordId, Link.read(with, in));
        }
    }
}
