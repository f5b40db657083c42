package io.autonomos.operators.materialize;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.types.Codec;
import io.autonomos.schemas.types.Form;
import io.autonomos.schemas.types.Header;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A field of a record that refers to another record. */
record Holder(StreamKey key, String entity, String recordId, int field) {

    /** How these are kept, as keys of a map. */
    public static final class Kept implements Form<Holder> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<Holder> type() {
            return Holder.class;
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public void write(Holder value, Codec with, DataOutputView out) throws IOException {
            with.writeHeader(value.key, value.entity, null, null, null, value.field, out);
            with.writeText(value.recordId, out);
        }

        @Override
        public Holder read(int number, Codec with, DataInputView in) throws IOException {
            Header header = with.readHeader(in);
            return new Holder(header.key(), header.first(), with.readText(in), header.number());
        }
    }

    /**
     * Where the record that refers belongs to.
     *
     * @param source of its stream
     * @param row its unified row
     */
    record Place(String source, String row) {

        /** How these are kept. */
        public static final class Kept implements Form<Place> {

            private static final long serialVersionUID = 1L;

            @Override
            public Class<Place> type() {
                return Place.class;
            }

            @Override
            public int number() {
                return 1;
            }

            @Override
            public void write(Place value, Codec with, DataOutputView out) throws IOException {
                with.writeText(value.source, out);
                with.writeText(value.row, out);
            }

            @Override
            public Place read(int number, Codec with, DataInputView in) throws IOException {
                return new Place(with.readName(in), with.readText(in));
            }
        }
    }
}
