package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.scan.SourcePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A schema as bytes, for state and messages. The first byte is the version of the form; a form that
 * is not known is refused, never guessed.
 */
public final class SchemaCodec {

    private static final int VERSION = 2;

    /** The first form that tells since when a field is there. */
    private static final int WITH_SINCE = 2;

    private SchemaCodec() {}

    /** The schema as bytes. */
    public static byte[] write(StreamSchema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(schema.records);
            out.writeLong(schema.unkept);
            out.writeInt(schema.fields.size());
            Map<String, Integer> numbers = new HashMap<>();
            for (Map.Entry<String, FieldProfile> each : schema.fields.entrySet()) {
                numbers.put(each.getKey(), numbers.size());
                out.writeUTF(each.getKey());
                writeField(out, each.getValue());
                out.writeLong(each.getValue().since);
            }
            writeSample(out, schema.sample, numbers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #write} wrote. */
    public static StreamSchema read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version < 1 || version > VERSION) {
                throw new IllegalStateException(
                        "A stream schema was written in form %d, but this version reads 1 to %d."
                                .formatted(version, VERSION));
            }
            StreamSchema schema = new StreamSchema();
            schema.records = in.readLong();
            schema.unkept = in.readLong();
            int count = in.readInt();
            List<String> paths = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String path = in.readUTF();
                paths.add(path);
                FieldProfile field = readField(in, path);
                field.since = version < WITH_SINCE ? 0 : in.readLong();
                schema.fields.put(path, field);
            }
            readSample(in, schema.sample, paths);
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeField(DataOutputStream out, FieldProfile field) throws IOException {
        out.writeLong(field.present);
        out.writeLong(field.valued);
        for (long type : field.types) {
            out.writeLong(type);
        }
        out.writeByte(field.kinds.size());
        for (Map.Entry<ValueKind, Long> each : field.kinds.entrySet()) {
            out.writeUTF(each.getKey().name());
            out.writeLong(each.getValue());
        }
        out.writeByte(field.timeForms.size());
        for (Map.Entry<String, Long> each : field.timeForms.entrySet()) {
            out.writeUTF(each.getKey());
            out.writeLong(each.getValue());
        }
        out.writeLong(field.lengths);
        out.writeLong(field.numbers);
        out.writeDouble(field.magnitudes);
        out.writeShort(field.numberSample.size());
        for (double number : field.numberSample) {
            out.writeDouble(number);
        }
        out.writeBoolean(field.moreDistinct);
        out.writeShort(field.distinct.size());
        for (Map.Entry<Long, Long> each : field.distinct.entrySet()) {
            out.writeLong(each.getKey());
            out.writeLong(each.getValue());
        }
        out.writeShort(field.words.size());
        for (long word : field.words) {
            out.writeLong(word);
        }
    }

    private static FieldProfile readField(DataInputStream in, String path) throws IOException {
        FieldProfile field =
                new FieldProfile(
                        path.isEmpty() ? new SourcePath(List.of()) : SourcePath.parse(path));
        field.present = in.readLong();
        field.valued = in.readLong();
        for (int i = 0; i < field.types.length; i++) {
            field.types[i] = in.readLong();
        }
        for (int i = in.readByte(); i > 0; i--) {
            field.kinds.put(ValueKind.valueOf(in.readUTF()), in.readLong());
        }
        for (int i = in.readByte(); i > 0; i--) {
            field.timeForms.put(in.readUTF(), in.readLong());
        }
        field.lengths = in.readLong();
        field.numbers = in.readLong();
        field.magnitudes = in.readDouble();
        for (int i = in.readShort(); i > 0; i--) {
            field.numberSample.add(in.readDouble());
        }
        field.moreDistinct = in.readBoolean();
        for (int i = in.readShort(); i > 0; i--) {
            field.distinct.put(in.readLong(), in.readLong());
        }
        for (int i = in.readShort(); i > 0; i--) {
            field.words.add(in.readLong());
        }
        return field;
    }

    private static void writeSample(
            DataOutputStream out, RecordSample sample, Map<String, Integer> numbers)
            throws IOException {
        out.writeInt(sample.records.size());
        for (Map.Entry<Long, Map<String, Long>> record : sample.records.entrySet()) {
            out.writeLong(record.getKey());
            Map<String, Long> kept = new LinkedHashMap<>(record.getValue());
            kept.keySet().retainAll(numbers.keySet());
            out.writeShort(kept.size());
            for (Map.Entry<String, Long> value : kept.entrySet()) {
                out.writeShort(numbers.get(value.getKey()));
                out.writeLong(value.getValue());
            }
        }
    }

    private static void readSample(DataInputStream in, RecordSample sample, List<String> paths)
            throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            long id = in.readLong();
            Map<String, Long> values = new LinkedHashMap<>();
            for (int j = in.readShort(); j > 0; j--) {
                values.put(paths.get(in.readShort()), in.readLong());
            }
            sample.records.put(id, values);
        }
    }
}
