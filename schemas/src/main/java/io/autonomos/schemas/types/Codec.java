package io.autonomos.schemas.types;

import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes and reads what records have in common. A header or key read before is not decoded again,
 * and no new text is made for it; what was written last is not encoded again.
 *
 * <p>Belongs to one serializer instance and thus to one thread. Its memory is bounded by {@link
 * RecentTable#MAX_SLOTS} entries of at most {@link #MAX_REMEMBERED} bytes; what does not fit is
 * read all the same. The writer remembers only one header: looking up one of ten thousand takes
 * longer than encoding it.
 */
public final class Codec {

    static final int MAX_REMEMBERED = 1024;

    private final Wire.Scratch blocks = new Wire.Scratch();
    private final Wire.Scratch texts = new Wire.Scratch();
    private final RecentTable<Header> headers = new RecentTable<>();
    private final RecentTable<Key> keys = new RecentTable<>();
    private final Names names = new Names();

    /** The bytes of {@link #lastKey}. */
    private final DataOutputSerializer keyBlock = new DataOutputSerializer(128);

    private StreamKey lastKey;

    /** The bytes of {@link #lastNames} and {@link #lastNumber}; none before the first header. */
    private final DataOutputSerializer nameBlock = new DataOutputSerializer(128);

    private final String[] lastNames = new String[4];
    private int lastNumber;

    private static final class Key extends RecentTable.Entry {
        private final StreamKey value;

        Key(byte[] block, StreamKey value) {
            super(block);
            this.value = value;
        }
    }

    public void writeText(String text, DataOutputView out) throws IOException {
        Wire.writeText(text, out);
    }

    public String readText(DataInputView in) throws IOException {
        return Wire.readText(in, texts);
    }

    void writeTexts(List<String> all, DataOutputView out) throws IOException {
        Wire.writeVarLong(all.size(), out);
        for (String text : all) {
            Wire.writeText(text, out);
        }
    }

    List<String> readTexts(DataInputView in) throws IOException {
        List<String> all = new ArrayList<>();
        for (int left = Wire.readLength(in); left > 0; left--) {
            all.add(readText(in));
        }
        return all;
    }

    public void writeHeader(
            StreamKey key, String a, String b, String c, String d, int number, DataOutputView out)
            throws IOException {
        encodeKey(key);
        if (nameBlock.length() == 0 || !areLastNames(a, b, c, d, number)) {
            encodeNames(a, b, c, d, number);
        }
        int keyLength = keyBlock.length();
        int length = Wire.sizeOf(keyLength) + keyLength + nameBlock.length();
        Wire.writeVarLong(length, out);
        writeBlock(keyBlock, out);
        out.write(nameBlock.getSharedBuffer(), 0, nameBlock.length());
    }

    public Header readHeader(DataInputView in) throws IOException {
        int length = Wire.readLength(in);
        byte[] bytes = blocks.atLeast(length);
        in.readFully(bytes, 0, length);
        Header known = headers.find(bytes, length);
        if (known != null) {
            return known;
        }
        // A copy: reading the key inside the block reuses the scratch that holds the block.
        byte[] block = Arrays.copyOf(bytes, length);
        DataInputDeserializer parts = new DataInputDeserializer(block);
        Header header =
                new Header(
                        block,
                        readKey(parts),
                        readName(parts),
                        readName(parts),
                        readName(parts),
                        readName(parts),
                        (int) Wire.readSignedLong(parts));
        if (length <= MAX_REMEMBERED) {
            headers.put(header);
        }
        return header;
    }

    /** The key as one block of its own, as keyed state holds it. */
    public void writeKey(StreamKey key, DataOutputView out) throws IOException {
        encodeKey(key);
        writeBlock(keyBlock, out);
    }

    public StreamKey readKey(DataInputView in) throws IOException {
        int length = Wire.readLength(in);
        byte[] bytes = blocks.atLeast(length);
        in.readFully(bytes, 0, length);
        Key known = keys.find(bytes, length);
        if (known != null) {
            return known.value;
        }
        DataInputDeserializer parts = new DataInputDeserializer(bytes, 0, length);
        StreamKey key = new StreamKey(readText(parts), readName(parts), readName(parts));
        if (length <= MAX_REMEMBERED) {
            keys.put(new Key(Arrays.copyOf(bytes, length), key));
        }
        return key;
    }

    /** A text that many values share. */
    public String readName(DataInputView in) throws IOException {
        return names.same(readText(in));
    }

    private void encodeKey(StreamKey key) throws IOException {
        if (!key.equals(lastKey)) {
            lastKey = null;
            keyBlock.clear();
            Wire.writeText(key.tenant(), keyBlock);
            Wire.writeText(key.connection(), keyBlock);
            Wire.writeText(key.stream(), keyBlock);
            lastKey = key;
        }
    }

    private void encodeNames(String a, String b, String c, String d, int number)
            throws IOException {
        nameBlock.clear();
        Wire.writeText(a, nameBlock);
        Wire.writeText(b, nameBlock);
        Wire.writeText(c, nameBlock);
        Wire.writeText(d, nameBlock);
        Wire.writeSignedLong(number, nameBlock);
        lastNames[0] = a;
        lastNames[1] = b;
        lastNames[2] = c;
        lastNames[3] = d;
        lastNumber = number;
    }

    private boolean areLastNames(String a, String b, String c, String d, int number) {
        return number == lastNumber
                && Objects.equals(a, lastNames[0])
                && Objects.equals(b, lastNames[1])
                && Objects.equals(c, lastNames[2])
                && Objects.equals(d, lastNames[3]);
    }

    private static void writeBlock(DataOutputSerializer block, DataOutputView out)
            throws IOException {
        Wire.writeVarLong(block.length(), out);
        out.write(block.getSharedBuffer(), 0, block.length());
    }
}
