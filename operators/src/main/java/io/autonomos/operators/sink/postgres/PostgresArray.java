package io.autonomos.operators.sink.postgres;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * An array parameter in PostgreSQL's binary form, filled value by value and used again.
 *
 * <p>Text goes in as raw UTF-8, so nothing is quoted and nothing can be taken for syntax. Types
 * without a binary form of ours travel as text and are cast by the server.
 */
final class PostgresArray extends PGobject implements PGBinaryObject {

    private static final long serialVersionUID = 1L;
    private static final int HEADER = 20;
    private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

    /** What array type carries the values of a column type. */
    enum Carrier {
        TEXT("_text", 25),
        BIGINT("_int8", 20),
        INTEGER("_int4", 23),
        BOOLEAN("_bool", 16),
        TIMESTAMP("_timestamptz", 1184);

        private final String arrayType;
        private final int elementOid;

        Carrier(String arrayType, int elementOid) {
            this.arrayType = arrayType;
            this.elementOid = elementOid;
        }
    }

    private byte[] bytes = new byte[1024];
    private int length;
    private int count;
    private boolean hasNull;
    private final transient Carrier carrier;

    PostgresArray(Carrier carrier) {
        this.carrier = carrier;
        setType(carrier.arrayType);
        reset();
    }

    /** The carrier of a column type. */
    static Carrier carrier(String columnType) {
        return switch (columnType) {
            case "bigint" -> Carrier.BIGINT;
            case "integer" -> Carrier.INTEGER;
            case "boolean" -> Carrier.BOOLEAN;
            case "timestamptz" -> Carrier.TIMESTAMP;
            default -> Carrier.TEXT;
        };
    }

    /** The cast from the carrier's element to the column type, or nothing. */
    static String cast(String columnType) {
        boolean same = carrier(columnType) != Carrier.TEXT || columnType.equals("text");
        return same ? "" : "::" + columnType;
    }

    void reset() {
        length = HEADER;
        count = 0;
        hasNull = false;
    }

    void addNull() {
        int at = grow(4);
        putInt(at, -1);
        hasNull = true;
    }

    void addText(String text) {
        if (text == null) {
            addNull();
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            addText(utf8, 0, utf8.length);
        }
    }

    void addText(byte[] utf8, int start, int end) {
        int size = end - start;
        int at = grow(4 + size);
        putInt(at, size);
        System.arraycopy(utf8, start, bytes, at + 4, size);
    }

    void addLong(long value) {
        int at = grow(12);
        putInt(at, 8);
        putInt(at + 4, (int) (value >>> 32));
        putInt(at + 8, (int) value);
    }

    void addInt(int value) {
        int at = grow(8);
        putInt(at, 4);
        putInt(at + 4, value);
    }

    void addBoolean(boolean value) {
        int at = grow(5);
        putInt(at, 1);
        bytes[at + 4] = (byte) (value ? 1 : 0);
    }

    void addTimestamp(long epochMicros) {
        addLong(Math.subtractExact(epochMicros, EPOCH_2000_MICROS));
    }

    /** A time, or null. */
    void addTimestamp(Instant time) {
        if (time == null) {
            addNull();
            return;
        }
        long seconds = Math.multiplyExact(time.getEpochSecond(), 1_000_000L);
        addTimestamp(Math.addExact(seconds, time.getNano() / 1000));
    }

    private int grow(int size) {
        int at = length;
        length = Math.addExact(length, size);
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length * 2));
        }
        count++;
        return at;
    }

    private void putInt(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    @Override
    public int lengthInBytes() {
        return length;
    }

    @Override
    public void toBytes(byte[] into, int offset) {
        putInt(0, 1);
        putInt(4, hasNull ? 1 : 0);
        putInt(8, carrier.elementOid);
        putInt(12, count);
        putInt(16, 1);
        System.arraycopy(bytes, 0, into, offset, length);
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("Parameters only.");
    }
}
