package io.autonomos.schemas.types;

import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
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
    private static final int FORMAT = 3;
    private static final int HAS_FAULT = 1;

    /** Since format 2; format 1 wrote no more than whether there is a fault. */
    private static final int HAS_RETRY = 2;

    /** Since format 3. */
    private static final int HAS_MESSAGE_FORMAT = 4;

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
                record.csvHeader(),
                record.partition(),
                out);
        with.writeText(record.recordId(), out);
        out.writeLong(record.emittedAt());
        Wire.writeSignedLong(record.position(), out);
        Wire.writeBytes(record.rawKey(), out);
        Wire.writeBytes(record.value(), out);
        Wire.writeBytes(record.original(), out);
        Fault fault = record.fault();
        Retry retry = record.retry();
        String format = record.format();
        out.writeByte(
                (fault == null ? 0 : HAS_FAULT)
                        | (retry == null ? 0 : HAS_RETRY)
                        | (format == null ? 0 : HAS_MESSAGE_FORMAT));
        if (fault != null) {
            writeParts(fault, with, out);
        }
        if (retry != null) {
            Wire.writeSignedLong(retry.attempt(), out);
            out.writeLong(retry.firstFailedAt());
        }
        if (format != null) {
            with.writeText(format, out);
        }
    }

    static RawRecord readRecord(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        String recordId = with.readText(in);
        long emittedAt = in.readLong();
        long position = Wire.readSignedLong(in);
        byte[] rawKey = Wire.readBytes(in);
        byte[] value = Wire.readBytes(in);
        byte[] original = Wire.readBytes(in);
        int parts = in.readByte();
        Fault fault = (parts & HAS_FAULT) == 0 ? null : readParts(with, in);
        Retry retry =
                (parts & HAS_RETRY) == 0
                        ? null
                        : new Retry((int) Wire.readSignedLong(in), in.readLong());
        String format = (parts & HAS_MESSAGE_FORMAT) == 0 ? null : with.readText(in);
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
                fault,
                header.fourth(),
                retry,
                format);
    }

    static void writeFault(Fault fault, Codec with, DataOutputView out) throws IOException {
        out.writeBoolean(fault != null);
        if (fault != null) {
            writeParts(fault, with, out);
        }
    }

    private static void writeParts(Fault fault, Codec with, DataOutputView out) throws IOException {
        with.writeText(fault.code(), out);
        with.writeText(fault.field(), out);
        with.writeText(fault.message(), out);
    }

    static Fault readFault(Codec with, DataInputView in) throws IOException {
        return in.readBoolean() ? readParts(with, in) : null;
    }

    private static Fault readParts(Codec with, DataInputView in) throws IOException {
        return new Fault(with.readText(in), with.readText(in), with.readText(in));
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
