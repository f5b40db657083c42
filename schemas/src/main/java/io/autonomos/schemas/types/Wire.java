package io.autonomos.schemas.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The encodings that all serializers share.
 *
 * <p>Null is length 0, everything else its length plus 1. Text is UTF-8; text with half a surrogate
 * pair, which UTF-8 cannot say, is kept as UTF-16. The lowest bit of a text's header tells which.
 * Equal values always have equal bytes, as state backends compare keys by their bytes.
 */
public final class Wire {

    private Wire() {}

    public static void writeVarLong(long value, DataOutputView out) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** How many bytes {@link #writeVarLong} takes for it. */
    public static int sizeOf(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    public static long readVarLong(DataInputView in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("Serialized number has more than 10 bytes: the stream is corrupt.");
    }

    public static void writeSignedLong(long value, DataOutputView out) throws IOException {
        writeVarLong((value << 1) ^ (value >> 63), out);
    }

    public static long readSignedLong(DataInputView in) throws IOException {
        long value = readVarLong(in);
        return (value >>> 1) ^ -(value & 1);
    }

    /** A length or count. */
    public static int readLength(DataInputView in) throws IOException {
        return checkedLength(readVarLong(in));
    }

    public static int checkedLength(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw new IOException("Serialized length is " + length + ": the stream is corrupt.");
        }
        return (int) length;
    }

    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        if (bytes == null) {
            out.writeByte(0);
            return;
        }
        writeVarLong(bytes.length + 1L, out);
        out.write(bytes, 0, bytes.length);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        long header = readVarLong(in);
        if (header == 0) {
            return null;
        }
        byte[] bytes = new byte[checkedLength(header - 1)];
        in.readFully(bytes);
        return bytes;
    }

    public static void writeText(String text, DataOutputView out) throws IOException {
        if (text == null) {
            out.writeByte(0);
            return;
        }
        boolean utf8 = isWellFormed(text);
        byte[] bytes = utf8 ? text.getBytes(StandardCharsets.UTF_8) : utf16(text);
        writeVarLong((((long) bytes.length << 1) | (utf8 ? 0 : 1)) + 1, out);
        out.write(bytes, 0, bytes.length);
    }

    public static String readText(DataInputView in, Scratch scratch) throws IOException {
        long header = readVarLong(in);
        if (header == 0) {
            return null;
        }
        int length = checkedLength((header - 1) >>> 1);
        byte[] bytes = scratch.atLeast(length);
        in.readFully(bytes, 0, length);
        return ((header - 1) & 1) == 0
                ? new String(bytes, 0, length, StandardCharsets.UTF_8)
                : ofUtf16(bytes, length);
    }

    /** Each offset as the distance from the one before it, 0 for the -1 of a null field. */
    public static void writeOffsets(int[] offsets, DataOutputView out) throws IOException {
        if (offsets == null) {
            out.writeByte(0);
            return;
        }
        writeVarLong(offsets.length + 1L, out);
        long last = 0;
        for (int offset : offsets) {
            if (offset == -1) {
                out.writeByte(0);
            } else {
                long step = offset - last;
                writeVarLong(((step << 1) ^ (step >> 63)) + 1, out);
                last = offset;
            }
        }
    }

    public static int[] readOffsets(DataInputView in) throws IOException {
        long header = readVarLong(in);
        if (header == 0) {
            return null;
        }
        int[] offsets = new int[checkedLength(header - 1)];
        long last = 0;
        for (int i = 0; i < offsets.length; i++) {
            long step = readVarLong(in) - 1;
            if (step < 0) {
                offsets[i] = -1;
            } else {
                last += (step >>> 1) ^ -(step & 1);
                offsets[i] = (int) last;
            }
        }
        return offsets;
    }

    private static boolean isWellFormed(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == length
                        || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static byte[] utf16(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    private static String ofUtf16(byte[] bytes, int length) {
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF));
        }
        return new String(chars);
    }

    /** A buffer that is reused from value to value; large values get one of their own. */
    public static final class Scratch {

        private static final int KEPT = 1 << 12;
        private final byte[] kept = new byte[KEPT];

        public byte[] atLeast(int length) {
            return length <= KEPT ? kept : new byte[length];
        }
    }
}
