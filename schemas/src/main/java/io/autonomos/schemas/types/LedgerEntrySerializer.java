package io.autonomos.schemas.types;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link LedgerEntry}. */
public final class LedgerEntrySerializer extends StreamTypeSerializer<LedgerEntry> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final LedgerEntry EMPTY =
            new LedgerEntry(StreamKey.UNADDRESSED, "", null, 0, 0, 0, 0, 0, 0, 0);

    public LedgerEntrySerializer() {
        this(FORMAT);
    }

    private LedgerEntrySerializer(int format) {
        super(format);
    }

    @Override
    void write(LedgerEntry entry, Codec with, DataOutputView out) throws IOException {
        with.writeHeader(entry.key(), entry.source(), entry.entity(), null, null, 0, out);
        Wire.writeSignedLong(entry.in(), out);
        Wire.writeSignedLong(entry.canonical(), out);
        Wire.writeSignedLong(entry.filtered(), out);
        Wire.writeSignedLong(entry.parked(), out);
        Wire.writeSignedLong(entry.deadLettered(), out);
        Wire.writeSignedLong(entry.events(), out);
        out.writeLong(entry.at());
    }

    @Override
    LedgerEntry read(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        return new LedgerEntry(
                header.key(),
                header.first(),
                header.second(),
                Wire.readSignedLong(in),
                Wire.readSignedLong(in),
                Wire.readSignedLong(in),
                Wire.readSignedLong(in),
                Wire.readSignedLong(in),
                Wire.readSignedLong(in),
                in.readLong());
    }

    @Override
    public LedgerEntrySerializer duplicate() {
        return new LedgerEntrySerializer(format());
    }

    @Override
    public LedgerEntry createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<LedgerEntry> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<LedgerEntry> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<LedgerEntry> serializer(int ofFormat) {
            return new LedgerEntrySerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<LedgerEntry> {

        @Override
        public TypeInformation<LedgerEntry> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(LedgerEntry.class, new LedgerEntrySerializer(), false);
        }
    }
}
