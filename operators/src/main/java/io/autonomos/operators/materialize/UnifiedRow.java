package io.autonomos.operators.materialize;

import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Header;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A unified row: its records, and what was last said of it.
 *
 * @param members by address
 * @param shown whether the row is there for the sinks
 * @param hashHigh of the row as it was sent last
 * @param hashLow of the row as it was sent last
 * @param eventTime of the row as it was sent last
 * @param run the run of the job that said it
 */
record UnifiedRow(
        List<Member> members,
        boolean shown,
        long hashHigh,
        long hashLow,
        long eventTime,
        long run) {

    /** The run of a job that was not restored: what is not kept here was never said. */
    static final long FIRST_RUN = -1;

    static final UnifiedRow NEW = new UnifiedRow(List.of(), false, 0, 0, Long.MIN_VALUE, FIRST_RUN);

    /** How rows are kept. */
    public static final class Kept implements Form<UnifiedRow> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<UnifiedRow> type() {
            return UnifiedRow.class;
        }

        @Override
        public int number() {
            return 2;
        }

        @Override
        public void write(UnifiedRow row, Codec with, DataOutputView out) throws IOException {
            Wire.writeVarLong(row.members.size(), out);
            for (Member member : row.members) {
                write(member, with, out);
            }
            out.writeBoolean(row.shown);
            out.writeLong(row.hashHigh);
            out.writeLong(row.hashLow);
            out.writeLong(row.eventTime);
            out.writeLong(row.run);
        }

        private static void write(Member member, Codec with, DataOutputView out)
                throws IOException {
            out.writeBoolean(member.contribution() != null);
            if (member.contribution() != null) {
                member.contribution().write(with, out);
            } else {
                with.writeHeader(member.key(), null, null, null, null, 0, out);
                with.writeText(member.recordId(), out);
            }
            Link.writeAll(member.links(), with, out);
        }

        @Override
        public UnifiedRow read(int number, Codec with, DataInputView in) throws IOException {
            int count = Wire.readLength(in);
            List<Member> members = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                members.add(member(number > 1, with, in));
            }
            return new UnifiedRow(
                    members,
                    in.readBoolean(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong());
        }

        private static Member member(boolean versioned, Codec with, DataInputView in)
                throws IOException {
            if (in.readBoolean()) {
                Contribution said = Contribution.read(versioned, with, in);
                return new Member(said.key(), said.recordId(), said, Link.readAll(with, in));
            }
            Header header = with.readHeader(in);
            return new Member(header.key(), with.readText(in), null, Link.readAll(with, in));
        }
    }
}
