package io.autonomos.mappings.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte buffer that renders JSON tokens. Not thread safe; reused from record to record.
 */
public final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final short[] HEX_PAIRS = new short[256];
    private static final int LARGE = 1 << 18;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final short[] PAIRS = new short[100];

    /** Up to here a copy by words costs less than a call to copy. */
    private static final int SHORT_COPY = 48;

    /** Dates as text are kept by the lowest bits of their day. */
    private static final int DATES = 64;

    private static final int DATE_LENGTH = 10;

    static {
        for (int i = 0; i < 100; i++) {
            PAIRS[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        for (int i = 0; i < 256; i++) {
            HEX_PAIRS[i] = (short) (HEX[i >> 4] | HEX[i & 15] << 8);
        }
    }

    private byte[] bytes;
    private int size;
    private long[] dateDays;
    private byte[] dateTexts;

    public JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many bytes there are; also the position of the next one. */
    public int size() {
        return size;
    }

    /** Forgets everything from {@code position} on. */
    public void truncate(int position) {
        size = position;
    }

    /** Forgets everything, and gives back what one large record took. */
    public void reset() {
        size = 0;
        if (bytes.length > LARGE) {
            bytes = new byte[LARGE];
        }
    }

    /** A copy of the contents. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** The byte at a position. */
    public byte at(int position) {
        return bytes[position];
    }

    /** A copy of the contents between two positions. */
    public byte[] toBytes(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** The contents between two positions, which must be ASCII. */
    public String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Appends the contents to another buffer. */
    public void copyTo(JsonBuffer other) {
        other.put(bytes, 0, size);
    }

    public JsonBuffer put(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    public JsonBuffer put(byte[] part) {
        return put(part, 0, part.length);
    }

    public JsonBuffer put(byte[] from, int start, int end) {
        int length = end - start;
        reserve(length + 8);
        if (length <= SHORT_COPY && start + length + 8 <= from.length) {
            // Whole words: what is too much is overwritten by what comes next.
            for (int i = 0; i < length; i += 8) {
                LONG.set(bytes, size + i, (long) LONG.get(from, start + i));
            }
        } else {
            System.arraycopy(from, start, bytes, size, length);
        }
        size += length;
        return this;
    }

    /** Text that needs no escape. */
    public JsonBuffer ascii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return this;
    }

    /** The same as {@link #quoted(String)} of well-formed UTF-8. */
    public JsonBuffer quoted(byte[] utf8) {
        if (JsonBytes.endOfPlain(utf8, 0, utf8.length) < utf8.length) {
            return quoted(new String(utf8, StandardCharsets.UTF_8));
        }
        return put('"').put(utf8).put('"');
    }

    /** A JSON string: quotes, escapes; half a surrogate pair becomes its escape. */
    public JsonBuffer quoted(String text) {
        reserve(6 * text.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
                bytes[size++] = (byte) c;
            } else if (c == '"' || c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = (byte) c;
            } else if (c < 0x20) {
                escape(c);
            } else if (!Character.isSurrogate(c)) {
                utf8(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                escape(c);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | (point >> 6));
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | (point >> 12));
            } else {
                bytes[size++] = (byte) (0xF0 | (point >> 18));
                bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            }
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (point & 0x3F));
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        bytes[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[size++] = HEX[c >> shift & 15];
        }
    }

    public JsonBuffer number(long value) {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        reserve(digits);
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    /** 16 hexadecimal digits. */
    public JsonBuffer hex(long value) {
        reserve(16);
        for (int shift = 56; shift >= 0; shift -= 8) {
            SHORT.set(bytes, size, HEX_PAIRS[(int) (value >>> shift) & 0xFF]);
            size += 2;
        }
        return this;
    }

    /** A date in quotes that stands in a text as {@code 2026-01-31}. */
    public JsonBuffer date(byte[] text, int from) {
        return put('"').put(text, from, from + DATE_LENGTH).put('"');
    }

    /** An instant in quotes whose date and time stand in a text, with any byte for the T. */
    public JsonBuffer instant(byte[] text, int from, int micros) {
        put('"').put(text, from, from + DATE_LENGTH).put('T');
        put(text, from + DATE_LENGTH + 1, from + DATE_LENGTH + 9);
        return endOfInstant(micros);
    }

    /** A date in quotes, {@code "2026-01-31"}; the year is 1 to 9999. */
    public JsonBuffer date(long epochDay) {
        reserve(12);
        bytes[size++] = '"';
        civil(epochDay);
        bytes[size++] = '"';
        return this;
    }

    /** An instant in quotes, UTC, with no, 3 or 6 digits of fraction as needed. */
    public JsonBuffer instant(long epochMicros) {
        reserve(29);
        long seconds = Math.floorDiv(epochMicros, 1_000_000L);
        int micros = (int) Math.floorMod(epochMicros, 1_000_000L);
        int second = (int) Math.floorMod(seconds, 86_400L);
        bytes[size++] = '"';
        civil(Math.floorDiv(seconds, 86_400L));
        bytes[size++] = 'T';
        pair(second / 3600);
        bytes[size++] = ':';
        pair(second / 60 % 60);
        bytes[size++] = ':';
        pair(second % 60);
        return endOfInstant(micros);
    }

    private JsonBuffer endOfInstant(int micros) {
        reserve(9);
        if (micros != 0) {
            bytes[size++] = '.';
            bytes[size++] = (byte) ('0' + micros / 100_000);
            pair(micros / 1_000 % 100);
            if (micros % 1_000 != 0) {
                bytes[size++] = (byte) ('0' + micros / 100 % 10);
                pair(micros % 100);
            }
        }
        bytes[size++] = 'Z';
        bytes[size++] = '"';
        return this;
    }

    private void civil(long epochDay) {
        if (dateDays == null) {
            dateDays = new long[DATES];
            Arrays.fill(dateDays, Long.MIN_VALUE);
            dateTexts = new byte[DATES * DATE_LENGTH];
        }
        int slot = (int) epochDay & (DATES - 1);
        if (dateDays[slot] == epochDay) {
            System.arraycopy(dateTexts, slot * DATE_LENGTH, bytes, size, DATE_LENGTH);
            size += DATE_LENGTH;
            return;
        }
        calculate(epochDay);
        System.arraycopy(bytes, size - DATE_LENGTH, dateTexts, slot * DATE_LENGTH, DATE_LENGTH);
        dateDays[slot] = epochDay;
    }

    /** Days to civil date, by the algorithm of Howard Hinnant's date paper. */
    private void calculate(long epochDay) {
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra =
                (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthIndex = (5 * dayOfYear + 2) / 153;
        int month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        pair(year / 100);
        pair(year % 100);
        bytes[size++] = '-';
        pair(month);
        bytes[size++] = '-';
        pair(dayOfYear - (153 * monthIndex + 2) / 5 + 1);
    }

    private void pair(int value) {
        SHORT.set(bytes, size, PAIRS[value]);
        size += 2;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
