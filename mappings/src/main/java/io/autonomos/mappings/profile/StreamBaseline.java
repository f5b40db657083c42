package io.autonomos.mappings.profile;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stream was like until now: its records, and what its mapping made of them. It moves only
 * when a drift is settled.
 *
 * @param source the schema of the records
 * @param canonical the same of the canonical values
 * @param unreadable by canonical field, records whose value could not be read
 */
public record StreamBaseline(
        StreamSchema source, StreamSchema canonical, Map<String, Long> unreadable) {

    private static final int VERSION = 1;

    /** Nothing was seen yet. */
    public static StreamBaseline empty() {
        return new StreamBaseline(new StreamSchema(), new StreamSchema(), Map.of());
    }

    /** How often a canonical field's value could not be read. */
    public long unreadable(String field) {
        return unreadable.getOrDefault(field, 0L);
    }

    /** The baseline as bytes, for state and messages. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(8192);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, SchemaCodec.write(source));
            write(out, SchemaCodec.write(canonical));
            out.writeShort(unreadable.size());
            for (Map.Entry<String, Long> each : unreadable.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeLong(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote. */
    public static StreamBaseline of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException(
                        "A stream's baseline was written in form %d, but this version reads %d."
                                .formatted(version, VERSION));
            }
            StreamSchema source = SchemaCodec.read(in.readNBytes(in.readInt()));
            StreamSchema canonical = SchemaCodec.read(in.readNBytes(in.readInt()));
            Map<String, Long> unreadable = new TreeMap<>();
            for (int i = in.readShort(); i > 0; i--) {
                unreadable.put(in.readUTF(), in.readLong());
            }
            return new StreamBaseline(source, canonical, unreadable);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }
}
