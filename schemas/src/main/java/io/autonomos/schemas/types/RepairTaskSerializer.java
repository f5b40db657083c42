package io.autonomos.schemas.types;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairHints;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link RepairTask}. */
public final class RepairTaskSerializer extends StreamTypeSerializer<RepairTask> {

    private static final long serialVersionUID = 1L;
    private static final int FORMAT = 2;
    private static final int WITH_HINTS = 2;
    private static final RepairTask EMPTY =
            new RepairTask(
                    StreamKey.UNADDRESSED,
                    "",
                    null,
                    0,
                    new byte[0],
                    new byte[0],
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    0,
                    RepairHints.NONE);

    public RepairTaskSerializer() {
        this(FORMAT);
    }

    private RepairTaskSerializer(int format) {
        super(format);
    }

    @Override
    void write(RepairTask value, Codec with, DataOutputView out) throws IOException {
        with.writeHeader(
                value.key(), value.source(), null, null, null, value.mappingVersion(), out);
        with.writeText(value.mapping(), out);
        Wire.writeBytes(value.baseline(), out);
        Wire.writeBytes(value.event(), out);
        with.writeTexts(value.lost(), out);
        with.writeTexts(value.suspect(), out);
        Wire.writeVarLong(value.records().size(), out);
        for (RawRecord record : value.records()) {
            RawRecordSerializer.writeRecord(record, with, out);
        }
        Wire.writeSignedLong(value.parked(), out);
        out.writeLong(value.at());
        if (format() >= WITH_HINTS) {
            Wire.writeBytes(MessageJson.write(value.hints()), out);
        }
    }

    @Override
    RepairTask read(Codec with, DataInputView in) throws IOException {
        Header header = with.readHeader(in);
        String mapping = with.readText(in);
        byte[] baseline = Wire.readBytes(in);
        byte[] event = Wire.readBytes(in);
        List<String> lost = with.readTexts(in);
        List<String> suspect = with.readTexts(in);
        List<RawRecord> records = new ArrayList<>();
        for (int left = Wire.readLength(in); left > 0; left--) {
            records.add(RawRecordSerializer.readRecord(with, in));
        }
        return new RepairTask(
                header.key(),
                header.first(),
                mapping,
                header.number(),
                baseline,
                event,
                lost,
                suspect,
                records,
                Wire.readSignedLong(in),
                in.readLong(),
                format() >= WITH_HINTS ? hints(Wire.readBytes(in)) : RepairHints.NONE);
    }

    private static RepairHints hints(byte[] json) throws IOException {
        try {
            return MessageJson.read(RepairHints.class, json);
        } catch (MessageException e) {
            throw new IOException(e);
        }
    }

    @Override
    public RepairTaskSerializer duplicate() {
        return new RepairTaskSerializer(format());
    }

    @Override
    public RepairTask createInstance() {
        return EMPTY;
    }

    @Override
    public TypeSerializerSnapshot<RepairTask> snapshotConfiguration() {
        return new Snapshot(format());
    }

    /** Remembers the format of the state. */
    public static final class Snapshot extends StreamTypeSnapshot<RepairTask> {

        /** For Flink, which fills it by reading. */
        public Snapshot() {
            super(FORMAT);
        }

        private Snapshot(int format) {
            super(FORMAT, format);
        }

        @Override
        StreamTypeSerializer<RepairTask> serializer(int ofFormat) {
            return new RepairTaskSerializer(ofFormat);
        }
    }

    /** Finds this serializer for Flink's type extraction. */
    public static final class Factory extends TypeInfoFactory<RepairTask> {

        @Override
        public TypeInformation<RepairTask> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new StreamTypeInfo<>(RepairTask.class, new RepairTaskSerializer(), false);
        }
    }
}
