package io.autonomos.schemas.types;

import io.autonomos.schemas.CanonicalEvent;
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

/** Serializer of {@link CanonicalEvent}. */
public final class CanonicalEventSerializer extends StreamTypeSerializer<CanonicalEvent> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 1;
    private static final CanonicalEvent EMPTY =
            new CanonicalEvent(
                    "",
                    StreamKey.UNADDRESSED,
                    "",
                    "",
                    RawRecord.UPSERT,
                    "",
                    0,
                    0,
                    "",
                    0,
                    new byte[0],
                    new int[0],
                    0,
                    0);

    public CanonicalEventSerializer() {
        this(FORMAT);
    }

    private CanonicalEventSerializer(int format) {
        super(format);
    }

    @Override
    void write(CanonicalEvent event, Codec with, DataOutputView out) throws IOException {
        with.writeHeader(
                event.key(),
                event.source(),
                event.entity(),
                event.op(),
                event.mapping(),
                event.mappingVersion(),
                out);
        with.writeText(event.id(), out);
        with.writeText(event.recordId(), out);
        out.writeLong(event.eventTime());
        Wire.writeSignedLong(event.position(), out);
        Wire.writeBytes(event.json(), out);
        Wire.writeOffsets(event.values(), out);
        Wire.writeSignedLong(event.extrasStart(), out);
        Wire.writeSignedLong(event.extrasEnd(), out);
    }

    @Override
    CanonicalEvent read(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        return new CanonicalEvent(
                with.readText(in),
                header.key(),
                header.first(),
                header.second(),
                header.third(),
                with.readText(in),
                in.readLong(),
                Wire.readSignedLong(in),
                header.fourth(),
                header.number(),
                Wire.readBytes(in),
                Wire.readOffsets(in),
                (int) Wire.readSignedLong(in),
                (int) Wire.readSignedLong(in));
    }

    @Override
    public CanonicalEventSerializer duplicate() {
        return new CanonicalEventSerializer(format());
    }

    @Override
    public CanonicalEvent createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<CanonicalEvent> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<CanonicalEvent> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<CanonicalEvent> serializer(int ofFormat) {
            return new CanonicalEventSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<CanonicalEvent> {

        @Override
        public TypeInformation<CanonicalEvent> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(
                    CanonicalEvent.class, new CanonicalEventSerializer(), false);
        }
    }
}
