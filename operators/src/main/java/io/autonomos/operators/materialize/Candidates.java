package io.autonomos.operators.materialize;

import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The live records of one connection and entity that have one id: mostly one, but two streams can
 * use the same ids.
 */
record Candidates(List<Candidate> all) {

    static final Candidates NONE = new Candidates(List.of());

    /** A record by its stream, and the row it belongs to. */
    record Candidate(String stream, String source, String row) {}

    /** These with the record of a stream in another row, or gone where the row is null. */
    Candidates with(String stream, String source, String row) {
        List<Candidate> next = new ArrayList<>(all);
        next.removeIf(each -> each.stream().equals(stream));
        if (row != null) {
            next.add(new Candidate(stream, source, row));
        }
        next.sort(Comparator.comparing(Candidate::stream));
        return new Candidates(List.copyOf(next));
    }

    /** The row that a reference from a record of the source means, or null: its own kind first. */
    String row(String source) {
        for (Candidate each : all) {
            if (each.source().equals(source)) {
                return each.row();
            }
        }
        return all.isEmpty() ? null : all.get(0).row();
    }

    /** How these are kept. */
    public static final class Kept implements Form<Candidates> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<Candidates> type() {
            return Candidates.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(Candidates value, Codec with, DataOutputView out) throws IOException {
            Wire.writeVarLong(value.all.size(), out);
            for (Candidate each : value.all) {
                with.writeText(each.stream, out);
                with.writeText(each.source, out);
                with.writeText(each.row, out);
            }
        }

        @Override
        public Candidates read(int number, Codec with, DataInputView in) throws IOException {
            int count = Wire.readLength(in);
            List<Candidate> all = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                all.add(new Candidate(with.readName(in), with.readName(in), with.readText(in)));
            }
            return new Candidates(all);
        }
    }
}
