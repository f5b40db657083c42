package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.sketch.DistinctValues;
import io.autonomos.mappings.sketch.Quantiles;
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

    private static final int VERSION = 3;

    /** The first form that tells since when a field is there. */
    private static final int WITH_SINCE = 2;

    /** The first form with sketches in the place of samples. */
    private static final int WITH_SKETCHES = 3;

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
                FieldProfile field = readField(in, path, version);
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
        out.writeDouble(field.magnitudes);
        out.writeLong(field.newest);
        field.numbers.write(out);
        field.distinct.write(out);
        field.words.write(out);
    }

    private static FieldProfile readField(DataInputStream in, String path, int version)
            throws IOException {
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
        if (version < WITH_SKETCHES) {
            readSamples(in, field);
            return field;
        }
        field.magnitudes = in.readDouble();
        field.newest = in.readLong();
        field.numbers = Quantiles.read(in);
        field.distinct = DistinctValues.read(in);
        field.words = DistinctValues.read(in);
        return field;
    }

    /** The samples of earlier forms; how many numbers there were is told by the sample. */
    private static void readSamples(DataInputStream in, FieldProfile field) throws IOException {
        long numbers = in.readLong();
        double magnitudes = in.readDouble();
        for (int i = in.readShort(); i > 0; i--) {
            field.numbers.add(in.readDouble());
        }
        field.magnitudes = numbers == 0 ? 0 : magnitudes / numbers * field.numbers.count();
        field.newest = field.valued;
        field.distinct = in.readBoolean() ? DistinctValues.incomplete() : new DistinctValues();
        for (int i = in.readShort(); i > 0; i--) {
            field.distinct.add(in.readLong());
            in.readLong(); // how often it came
        }
        for (int i = in.readShort(); i > 0; i--) {
            field.words.add(in.readLong());
        }
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
