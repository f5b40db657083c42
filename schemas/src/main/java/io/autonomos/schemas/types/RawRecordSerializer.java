package io.autonomos.schemas.types;

import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link RawRecord}. */
public final class RawRecordSerializer extends StreamTypeSerializer<RawRecord> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final RawRecord EMPTY =
            new RawRecord(
                    StreamKey.UNADDRESSED,
                    "",
                    null,
                    null,
                    0,
                    "",
                    0,
                    0,
                    null,
                    new byte[0],
                    null,
                    null);

    public RawRecordSerializer() {
        this(FORMAT);
    }

    private RawRecordSerializer(int format) {
        super(format);
    }

    @Override
    void write(RawRecord record, Codec with, DataOutputView out) throws IOException {
        writeRecord(record, with, out);
    }

    @Override
    RawRecord read(Codec with, DataInputView in) throws IOException {
        return readRecord(with, in);
    }

    static void writeRecord(RawRecord record, Codec with, DataOutputView out) throws IOException {
        with.writeHeader(
                record.key(),
                record.source(),
                record.op(),
                record.origin(),
                null,
                record.partition(),
                out);
        with.writeText(record.recordId(), out);
        out.writeLong(record.emittedAt());
        Wire.writeSignedLong(record.position(), out);
        Wire.writeBytes(record.rawKey(), out);
        Wire.writeBytes(record.value(), out);
        Wire.writeBytes(record.original(), out);
        writeFault(record.fault(), with, out);
    }

    static RawRecord readRecord(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        String recordId = with.readText(in);
        long emittedAt = in.readLong();
        long position = Wire.readSignedLong(in);
        byte[] rawKey = Wire.readBytes(in);
        byte[] value = Wire.readBytes(in);
        byte[] original = Wire.readBytes(in);
        return new RawRecord(
                header.key(),
                header.first(),
                header.second(),
                recordId,
                emittedAt,
                header.third(),
                header.number(),
                position,
                rawKey,
                value,
                original,
                readFault(with, in));
    }

    static void writeFault(Fault fault, Codec with, DataOutputView out) throws IOException {
        out.writeBoolean(fault != null);
        if (fault != null) {
            with.writeText(fault.code(), out);
            with.writeText(fault.field(), out);
            with.writeText(fault.message(), out);
        }
    }

    static Fault readFault(Codec with, DataInputView in) throws IOException {
        return in.readBoolean()
                ? new Fault(with.readText(in), with.readText(in), with.readText(in))
                : null;
    }

    @Override
    public RawRecordSerializer duplicate() {
        return new RawRecordSerializer(format());
    }

    @Override
    public RawRecord createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<RawRecord> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<RawRecord> serializer(int ofFormat) {
            return new RawRecordSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<RawRecord> {

        @Override
        public TypeInformation<RawRecord> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(RawRecord.class, new RawRecordSerializer(), false);
        }
    }
}
