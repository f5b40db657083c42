package io.autonomos.schemas.types;

import io.autonomos.schemas.Observation;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link Observation}. */
public final class ObservationSerializer extends StreamTypeSerializer<Observation> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final Observation EMPTY =
            new Observation(
                    StreamKey.UNADDRESSED,
                    "",
                    null,
                    0,
                    new RawRecordSerializer().createInstance(),
                    List.of(),
                    false,
                    0,
                    0);

    public ObservationSerializer() {
        this(FORMAT);
    }

    private ObservationSerializer(int format) {
        super(format);
    }

    @Override
    void write(Observation value, Codec with, DataOutputView out) throws IOException {
        with.writeHeader(
                value.key(), value.source(), null, null, null, value.mappingVersion(), out);
        with.writeText(value.mapping(), out);
        RawRecordSerializer.writeRecord(value.record(), with, out);
        with.writeTexts(value.lost(), out);
        out.writeBoolean(value.confirmed());
        Wire.writeSignedLong(value.parked(), out);
        out.writeLong(value.at());
    }

    @Override
    Observation read(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        return new Observation(
                header.key(),
                header.first(),
                with.readText(in),
                header.number(),
                RawRecordSerializer.readRecord(with, in),
                with.readTexts(in),
                in.readBoolean(),
                Wire.readSignedLong(in),
                in.readLong());
    }

    @Override
    public ObservationSerializer duplicate() {
        return new ObservationSerializer(format());
    }

    @Override
    public Observation createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<Observation> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<Observation> serializer(int ofFormat) {
            return new ObservationSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<Observation> {

        @Override
        public TypeInformation<Observation> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(Observation.class, new ObservationSerializer(), false);
        }
    }
}
