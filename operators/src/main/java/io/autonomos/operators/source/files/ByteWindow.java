package io.autonomos.operators.source.files;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A window over a stream: bytes stay readable by index from its start until consumed. */
final class ByteWindow implements Closeable {

    static final int END = -1;

    private static final int BUFFER = 1 << 16;
    private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private long offset;
    private boolean ended;

    ByteWindow(InputStream in) {
        this.in = in;
    }

    /** The byte at that index from the window's start, or {@link #END}. */
    int peek(int index) throws IOException {
        if (start + index < end || fill(index)) {
            return buffer[start + index] & 0xFF;
        }
        return END;
    }

    /** Moves the window's start. */
    void consume(int bytes) {
        start += bytes;
        offset += bytes;
    }

    /** Bytes of the file before the window's start. */
    long offset() {
        return offset;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(buffer, start + from, start + to);
    }

    /** The bytes; index 0 of the window is at {@link #base()}. Valid until the next peek. */
    byte[] array() {
        return buffer;
    }

    int base() {
        return start;
    }

    void skipByteOrderMark() throws IOException {
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (peek(i) != BYTE_ORDER_MARK[i]) {
                return;
            }
        }
        consume(BYTE_ORDER_MARK.length);
    }

    /** Moves the start forward to that offset of the file. */
    void skipTo(long target) throws IOException {
        while (offset < target) {
            int buffered = (int) Math.min(end - start, target - offset);
            consume(buffered);
            if (offset < target) {
                long skipped = in.skip(target - offset);
                if (skipped <= 0) {
                    skipped = in.read() < 0 ? 0 : 1;
                }
                if (skipped == 0) {
                    throw new EOFException("The file is shorter than when it was read before.");
                }
                offset += skipped;
            }
        }
    }

    /** Consumes everything to the end of the line, its end not included; returns how much. */
    long consumeLine(boolean lineFeedOnly) throws IOException {
        long before = offset;
        int c = peek(0);
        while (c != END && c != '\n' && (lineFeedOnly || c != '\r')) {
            consume(1);
            c = peek(0);
        }
        return offset - before;
    }

    private boolean fill(int index) throws IOException {
        while (!ended && start + index >= end) {
            if (start > 0 && end == buffer.length) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            if (end == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 2);
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                ended = true;
            } else {
                end += read;
            }
        }
        return start + index < end;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
