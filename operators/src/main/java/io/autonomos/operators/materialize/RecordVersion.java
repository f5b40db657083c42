package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The latest version of a source record.
 *
 * @param row the unified row it belongs to, or null where the record is gone
 * @param targetId the id by which other records refer to it, or null where the record is gone
 * @param references what it refers to itself
 */
record RecordVersion(
        String eventId,
        long eventTime,
        long position,
        String row,
        String targetId,
        List<Link> references) {

    /** How an event stands to the latest version. */
    enum Order {
        NEWER,
        SAME,
        OLDER
    }

    boolean isGone() {
        return row == null;
    }

    /**
     * How the event stands to this version: by the source's clock, then by position. Two changes
     * that have both in common are told apart by their ids, so that their order never matters.
     */
    Order orderOf(CanonicalEvent event) {
        if (event.id().equals(eventId)) {
            return Order.SAME;
        }
        int byTime = Long.compare(event.eventTime(), eventTime);
        int byPosition = byTime != 0 ? byTime : Long.compare(event.position(), position);
        int all = byPosition != 0 ? byPosition : event.id().compareTo(eventId);
        return all > 0 ? Order.NEWER : Order.OLDER;
    }

    /** The version as a repetition of it stands further on. */
    RecordVersion seenAt(long later) {
        return new RecordVersion(eventId, eventTime, later, row, targetId, references);
    }

    /** The version in the row that its own one is part of. */
    RecordVersion in(String whole) {
        return isGone() || whole.equals(row)
                ? this
                : new RecordVersion(eventId, eventTime, position, whole, targetId, references);
    }

    /** How versions are kept. */
    public static final class Kept implements Form<RecordVersion> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<RecordVersion> type() {
            return RecordVersion.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(RecordVersion version, Codec with, DataOutputView out)
                throws IOException {
            with.writeText(version.eventId, out);
            out.writeLong(version.eventTime);
            Wire.writeSignedLong(version.position, out);
            with.writeText(version.row, out);
            with.writeText(version.targetId, out);
            Link.writeAll(version.references, with, out);
        }

        @Override
        public RecordVersion read(int number, Codec with, DataInputView in) throws IOException {
            String eventId = with.readText(in);
            long eventTime = in.readLong();
            long position = Wire.readSignedLong(in);
            String row = with.readText(in);
            String targetId = with.readText(in);
            return new RecordVersion(
                    eventId, eventTime, position, row, targetId, Link.readAll(with, in));
        }
    }
}
