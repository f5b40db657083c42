package io.autonomos.mappings.scan;

import io.autonomos.schemas.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Finds the plain value inside a value of MongoDB's Extended JSON, in its versions 1 and 2, such as
 * {@code {"$oid": "..."}} or {@code {"$date": {"$numberLong": "..."}}}.
 */
public final class ExtendedJson {

    private static final byte[] DATE = quoted("$date");
    private static final byte[] TIMESTAMP = quoted("$timestamp");
    private static final byte[] BINARY = quoted("$binary");
    private static final byte[] BASE64 = quoted("base64");
    private static final byte[][] TYPES =
            Stream.of(
                            "$oid",
                            "$numberInt",
                            "$numberLong",
                            "$numberDouble",
                            "$numberDecimal",
                            "$uuid",
                            "$symbol")
                    .map(ExtendedJson::quoted)
                    .toArray(byte[][]::new);

    /** What may stand beside the bytes of a binary value. */
    private static final byte[][] SUBTYPES = {quoted("$type"), quoted("subType")};

    /** Sixteen bytes in base64, in quotes. */
    private static final int UUID_LENGTH = 26;

    private static final byte[] OBJECT_ID = "\"ObjectId(".getBytes(StandardCharsets.US_ASCII);
    private static final int OBJECT_ID_DIGITS = 24;
    private static final int OBJECT_ID_LENGTH = OBJECT_ID.length + OBJECT_ID_DIGITS + 2;

    private ExtendedJson() {}

    /**
     * Where a plain value stands.
     *
     * @param bytes the record's, or those of a value that had to be written anew
     * @param to behind its last byte
     * @param type {@link Fingerprint#STRING} or {@link Fingerprint#NUMBER}
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
    public record Inside(byte[] bytes, int from, int to, int type) {}

    /** The text or number inside the object that opens there; null if none. */
    public static Inside value(byte[] bytes, int open) {
        int name = JsonArrays.skipSpace(bytes, open + 1);
        if (bytes[name] != '"') {
            return null;
        }
        int nameEnd = JsonArrays.endOfValue(bytes, name);
        int start = JsonArrays.skipSpace(bytes, JsonArrays.skipSpace(bytes, nameEnd) + 1);
        int end = JsonArrays.endOfValue(bytes, start);
        if (is(bytes, name, nameEnd, TIMESTAMP) && bytes[start] == '{') {
            return closes(bytes, end, false) ? timestamp(JsonMembers.of(bytes, start)) : null;
        }
        boolean binary = is(bytes, name, nameEnd, BINARY) || is(bytes, name, nameEnd, BASE64);
        boolean nests = is(bytes, name, nameEnd, DATE) || is(bytes, name, nameEnd, BINARY);
        if ((!binary && !nests && !isAny(bytes, name, nameEnd, TYPES))
                || !closes(bytes, end, binary)) {
            return null;
        }
        byte first = bytes[start];
        if (first == '"' || first == '-' || (first >= '0' && first <= '9')) {
            int type = first == '"' ? Fingerprint.STRING : Fingerprint.NUMBER;
            byte[] uuid = binary && first == '"' ? uuid(bytes, start, end) : null;
            return uuid == null
                    ? new Inside(bytes, start, end, type)
                    : new Inside(uuid, 0, uuid.length, type);
        }
        return nests && first == '{' ? value(bytes, start) : null;
    }

    /**
     * The instant of a timestamp. What orders timestamps within a second stands far behind the
     * microseconds, where nothing is kept of it.
     */
    private static Inside timestamp(JsonMembers parts) {
        long seconds = unsigned(parts.text("t"));
        long ordinal = unsigned(parts.text("i"));
        if (seconds < 0 || ordinal < 0 || parts.places().size() != 2) {
            return null;
        }
        String second = Instant.ofEpochSecond(seconds).toString().replace("Z", "");
        byte[] text = quoted(ordinal == 0 ? second + "Z" : "%s.%016dZ".formatted(second, ordinal));
        return new Inside(text, 0, text.length, Fingerprint.STRING);
    }

    /** A number of at most 32 bits, or -1. */
    private static long unsigned(String text) {
        return text != null && text.matches("[0-9]{1,10}") ? Long.parseLong(text) : -1;
    }

    /**
     * The usual text of a UUID in quotes, where bytes are of its subtypes 3 or 4; else null. Of the
     * old subtype 3 the bytes are taken in their order, as the drivers of Python write it.
     */
    private static byte[] uuid(byte[] bytes, int from, int to) {
        int next = JsonArrays.skipSpace(bytes, to);
        if (to - from != UUID_LENGTH || bytes[next] != ',') {
            return null;
        }
        int name = JsonArrays.skipSpace(bytes, next + 1);
        int nameEnd = JsonArrays.endOfValue(bytes, name);
        int start = JsonArrays.skipSpace(bytes, JsonArrays.skipSpace(bytes, nameEnd) + 1);
        int end = JsonArrays.endOfValue(bytes, start);
        String subtype =
                new String(bytes, start, end - start, StandardCharsets.US_ASCII).replace("\"", "");
        if (!subtype.matches("0?[34]")) {
            return null;
        }
        try {
            byte[] text = Arrays.copyOfRange(bytes, from + 1, to - 1);
            ByteBuffer value = ByteBuffer.wrap(Base64.getDecoder().decode(text));
            return value.remaining() == 2 * Long.BYTES
                    ? quoted(new UUID(value.getLong(), value.getLong()).toString())
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether a text is an id as mongoexport writes it to CSV: {@code ObjectId(24 digits)}. */
    public static boolean isObjectId(byte[] bytes, int from, int to) {
        if (to - from != OBJECT_ID_LENGTH || bytes[from + 1] != 'O') {
            return false;
        }
        int digits = from + OBJECT_ID.length;
        for (int i = digits; i < digits + OBJECT_ID_DIGITS; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return bytes[to - 2] == ')'
                && Arrays.equals(bytes, from, digits, OBJECT_ID, 0, OBJECT_ID.length);
    }

    /** Where its digits start; they end two bytes before the text does. */
    public static int digits(int from) {
        return from + OBJECT_ID.length;
    }

    /** Whether the object ends there, or after a subtype. */
    private static boolean closes(byte[] bytes, int end, boolean binary) {
        int next = JsonArrays.skipSpace(bytes, end);
        if (bytes[next] == ',' && binary) {
            int name = JsonArrays.skipSpace(bytes, next + 1);
            int nameEnd = JsonArrays.endOfValue(bytes, name);
            if (!isAny(bytes, name, nameEnd, SUBTYPES)) {
                return false;
            }
            int start = JsonArrays.skipSpace(bytes, JsonArrays.skipSpace(bytes, nameEnd) + 1);
            next = JsonArrays.skipSpace(bytes, JsonArrays.endOfValue(bytes, start));
        }
        return bytes[next] == '}';
    }

    private static boolean isAny(byte[] bytes, int from, int to, byte[]... names) {
        for (byte[] name : names) {
            if (is(bytes, from, to, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(byte[] bytes, int from, int to, byte[] name) {
        return to - from == name.length && Arrays.equals(bytes, from, to, name, 0, name.length);
    }

    private static byte[] quoted(String name) {
        return ('"' + name + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
