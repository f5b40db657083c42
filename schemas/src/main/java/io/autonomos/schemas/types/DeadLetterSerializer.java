package io.autonomos.schemas.types;

import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of {@link DeadLetter}; its format must rise with that of {@link
 * io.autonomos.schemas.RawRecord}.
 */
public final class DeadLetterSerializer extends StreamTypeSerializer<DeadLetter> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 3;
    private static final DeadLetter EMPTY =
            new DeadLetter(
                    new RawRecordSerializer().createInstance(),
                    new Fault("", null, ""),
                    null,
                    null,
                    0,
                    1,
                    0);

    public DeadLetterSerializer() {
        this(FORMAT);
    }

    private DeadLetterSerializer(int format) {
        super(format);
    }

    @Override
    void write(DeadLetter letter, Codec with, DataOutputView out) throws IOException {
        RawRecordSerializer.writeRecord(letter.record(), with, out);
        RawRecordSerializer.writeFault(letter.fault(), with, out);
        with.writeText(letter.fingerprint(), out);
        with.writeText(letter.mapping(), out);
        Wire.writeSignedLong(letter.mappingVersion(), out);
        Wire.writeSignedLong(letter.attempt(), out);
        out.writeLong(letter.failedAt());
    }

    @Override
    DeadLetter read(Codec with, DataInputView in) throws IOException {
        RawRecord record = RawRecordSerializer.readRecord(with, in);
        return new DeadLetter(
                record,
                RawRecordSerializer.readFault(with, in),
                with.readText(in),
                with.readText(in),
                (int) Wire.readSignedLong(in),
                (int) Wire.readSignedLong(in),
                in.readLong());
    }

    @Override
    public DeadLetterSerializer duplicate() {
        return new DeadLetterSerializer(format());
    }

    @Override
    public DeadLetter createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<DeadLetter> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<DeadLetter> serializer(int ofFormat) {
            return new DeadLetterSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<DeadLetter> {

        @Override
        public TypeInformation<DeadLetter> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(DeadLetter.class, new DeadLetterSerializer(), false);
        }
    }
}
