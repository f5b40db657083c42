package io.autonomos.operators.materialize;

import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.Comparator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a rebuild says of a record, until its commit.
 *
 * @param message the latest version that it has; null where it has none
 * @param replaces a live version that it replaces, or ends where it has none, whatever the clocks
 *     say; or null
 * @param seen the last position of the record that the rebuild knows
 */
record StagedRecord(RebuildMessage message, RebuildMessage replaces, long seen) {

    private static final Comparator<RebuildMessage.Said> ORDER =
            Comparator.comparing(RebuildMessage.Said::eventTime)
                    .thenComparingLong(RebuildMessage.Said::position)
                    .thenComparing(RebuildMessage.Said::version);

    static StagedRecord of(RebuildMessage message) {
        return new StagedRecord(null, null, Long.MIN_VALUE).with(message);
    }

    /** This and what the same rebuild says later. */
    StagedRecord with(RebuildMessage later) {
        if (later.kind().equals(RebuildMessage.REMOVE)) {
            return new StagedRecord(message, later, seen);
        }
        boolean newer = message == null || ORDER.compare(message.record(), later.record()) < 0;
        return new StagedRecord(
                newer ? later : message, replaces, Math.max(seen, later.record().position()));
    }

    private RebuildMessage any() {
        return message == null ? replaces : message;
    }

    String tenant() {
        return any().tenant();
    }

    String entity() {
        return any().record().entity();
    }

    boolean isOf(String rebuild) {
        return any().rebuild().equals(rebuild);
    }

    /** How these are kept. */
    public static final class Kept implements Form<StagedRecord> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<StagedRecord> type() {
            return StagedRecord.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(StagedRecord staged, Codec with, DataOutputView out) throws IOException {
            write(staged.message, out);
            write(staged.replaces, out);
            Wire.writeSignedLong(staged.seen, out);
        }

        private static void write(RebuildMessage message, DataOutputView out) throws IOException {
            Wire.writeBytes(message == null ? null : MessageJson.write(message), out);
        }

        @Override
        public StagedRecord read(int number, Codec with, DataInputView in) throws IOException {
            return new StagedRecord(read(in), read(in), Wire.readSignedLong(in));
        }

        private static RebuildMessage read(DataInputView in) throws IOException {
            byte[] json = Wire.readBytes(in);
            try {
                return json == null ? null : MessageJson.read(RebuildMessage.class, json);
            } catch (MessageException e) {
                throw new IOException(e);
            }
        }
    }
}
