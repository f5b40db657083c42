package io.autonomos.schemas.types;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and reads what records have in common, and remembers it in both directions: a header or
 * key seen before is neither encoded nor decoded again, and no new text is made for it.
 *
 * <p>Belongs to one serializer instance and thus to one thread. Its memory is bounded by {@link
 * RecentTable#MAX_SLOTS} entries of at most {@link #MAX_REMEMBERED} bytes; what does not fit is
 * read and written all the same.
 */
final class Codec {

    static final int MAX_REMEMBERED = 1024;

    private static final Hasher64 HASH = Hashing.komihash5_0();

    private final Wire.Scratch blocks = new Wire.Scratch();
    private final Wire.Scratch texts = new Wire.Scratch();
    private final RecentTable<Decoded<Header>> decodedHeaders = new RecentTable<>();
    private final RecentTable<Decoded<StreamKey>> decodedKeys = new RecentTable<>();
    private final RecentTable<EncodedHeader> encodedHeaders = new RecentTable<>();
    private final DataOutputSerializer buffer = new DataOutputSerializer(256);

    private static final class Decoded<T> extends RecentTable.Entry {
        final byte[] bytes;
        final T value;

        Decoded(int hash, byte[] bytes, T value) {
            super(hash);
            this.bytes = bytes;
            this.value = value;
        }
    }

    private static final class EncodedHeader extends RecentTable.Entry {
        final Header header;
        final byte[] bytes;

        EncodedHeader(int hash, Header header, byte[] bytes) {
            super(hash);
            this.header = header;
            this.bytes = bytes;
        }
    }

    void writeText(String text, DataOutputView out) throws IOException {
        Wire.writeText(text, out);
    }

    String readText(DataInputView in) throws IOException {
        return Wire.readText(in, texts);
    }

    void writeHeader(
            StreamKey key, String a, String b, String c, String d, int number, DataOutputView out)
            throws IOException {
        int hash = Header.hash(key, a, b, c, d, number);
        for (int probe = 0; probe < RecentTable.PROBES; probe++) {
            EncodedHeader seen = encodedHeaders.at(hash, probe);
            if (seen == null) {
                break;
            }
            if (seen.hash == hash && seen.header.holds(key, a, b, c, d, number)) {
                writeBlock(seen.bytes, out);
                return;
            }
        }
        byte[] bytes = encode(key, a, b, c, d, number);
        if (bytes.length <= MAX_REMEMBERED) {
            Header header = new Header(key, a, b, c, d, number);
            encodedHeaders.put(new EncodedHeader(hash, header, bytes));
        }
        writeBlock(bytes, out);
    }

    Header readHeader(DataInputView in) throws IOException {
        int length = Wire.readLength(in);
        byte[] bytes = blocks.atLeast(length);
        in.readFully(bytes, 0, length);
        int hash = HASH.hashBytesToInt(bytes, 0, length);
        Header known = find(decodedHeaders, hash, bytes, length);
        if (known != null) {
            return known;
        }
        // A copy: reading the key inside the block reuses the scratch that holds the block.
        byte[] block = Arrays.copyOf(bytes, length);
        DataInputDeserializer in2 = new DataInputDeserializer(block);
        Header header =
                new Header(
                        readKey(in2),
                        readText(in2),
                        readText(in2),
                        readText(in2),
                        readText(in2),
                        (int) Wire.readSignedLong(in2));
        if (length <= MAX_REMEMBERED) {
            decodedHeaders.put(new Decoded<>(hash, block, header));
        }
        return header;
    }

    /** The key as one block of its own, as keyed state holds it. */
    void writeKey(StreamKey key, DataOutputView out) throws IOException {
        buffer.clear();
        writeParts(key, buffer);
        Wire.writeVarLong(buffer.length(), out);
        out.write(buffer.getSharedBuffer(), 0, buffer.length());
    }

    StreamKey readKey(DataInputView in) throws IOException {
        int length = Wire.readLength(in);
        byte[] bytes = blocks.atLeast(length);
        in.readFully(bytes, 0, length);
        int hash = HASH.hashBytesToInt(bytes, 0, length);
        StreamKey known = find(decodedKeys, hash, bytes, length);
        if (known != null) {
            return known;
        }
        DataInputDeserializer parts = new DataInputDeserializer(bytes, 0, length);
        StreamKey key = new StreamKey(readText(parts), readText(parts), readText(parts));
        if (length <= MAX_REMEMBERED) {
            decodedKeys.put(new Decoded<>(hash, Arrays.copyOf(bytes, length), key));
        }
        return key;
    }

    private byte[] encode(StreamKey key, String a, String b, String c, String d, int number)
            throws IOException {
        DataOutputSerializer block = new DataOutputSerializer(128);
        writeKey(key, block);
        Wire.writeText(a, block);
        Wire.writeText(b, block);
        Wire.writeText(c, block);
        Wire.writeText(d, block);
        Wire.writeSignedLong(number, block);
        return block.getCopyOfBuffer();
    }

    private static void writeParts(StreamKey key, DataOutputView out) throws IOException {
        Wire.writeText(key.tenant(), out);
        Wire.writeText(key.connection(), out);
        Wire.writeText(key.stream(), out);
    }

    private static void writeBlock(byte[] bytes, DataOutputView out) throws IOException {
        Wire.writeVarLong(bytes.length, out);
        out.write(bytes, 0, bytes.length);
    }

    private static <T> T find(RecentTable<Decoded<T>> table, int hash, byte[] bytes, int length) {
        for (int probe = 0; probe < RecentTable.PROBES; probe++) {
            Decoded<T> seen = table.at(hash, probe);
            if (seen == null) {
                return null;
            }
            if (seen.hash == hash
                    && Arrays.equals(seen.bytes, 0, seen.bytes.length, bytes, 0, length)) {
                return seen.value;
            }
        }
        return null;
    }
}
