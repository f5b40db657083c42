package io.autonomos.schemas.types;

import io.autonomos.schemas.ParkedRecord;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link ParkedRecord}. */
public final class ParkedRecordSerializer extends StreamTypeSerializer<ParkedRecord> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final ParkedRecord EMPTY =
            new ParkedRecord(new RawRecordSerializer().createInstance(), null, List.of(), 0);

    public ParkedRecordSerializer() {
        this(FORMAT);
    }

    private ParkedRecordSerializer(int format) {
        super(format);
    }

    @Override
    void write(ParkedRecord value, Codec with, DataOutputView out) throws IOException {
        RawRecordSerializer.writeRecord(value.record(), with, out);
        with.writeText(value.recordId(), out);
        with.writeTexts(value.lost(), out);
        out.writeLong(value.at());
    }

    @Override
    ParkedRecord read(Codec with, DataInputView in) throws IOException {
        return new ParkedRecord(
                RawRecordSerializer.readRecord(with, in),
                with.readText(in),
                with.readTexts(in),
                in.readLong());
    }

    @Override
    public ParkedRecordSerializer duplicate() {
        return new ParkedRecordSerializer(format());
    }

    @Override
    public ParkedRecord createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<ParkedRecord> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<ParkedRecord> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<ParkedRecord> serializer(int ofFormat) {
            return new ParkedRecordSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<ParkedRecord> {

        @Override
        public TypeInformation<ParkedRecord> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(ParkedRecord.class, new ParkedRecordSerializer(), false);
        }
    }
}
