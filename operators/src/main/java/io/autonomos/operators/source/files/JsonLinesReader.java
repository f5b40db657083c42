package io.autonomos.operators.source.files;

import io.autonomos.schemas.Fault;
import java.io.IOException;
import java.util.Arrays;

/** One record a line; blank lines are skipped. */
final class JsonLinesReader implements RecordReader {

    private final ByteWindow window;
    private final String name;
    private final int limit;
    private long line;

    JsonLinesReader(ByteWindow window, String name, int limit, Place from) throws IOException {
        this.window = window;
        this.name = name;
        this.limit = limit;
        this.line = from.line();
        window.skipTo(from.offset());
    }

    @Override
    public FileRecord next() throws IOException {
        while (window.peek(0) != ByteWindow.END) {
            int length = lengthToLimit();
            if (length > limit) {
                return tooLarge();
            }
            byte[] bytes = window.copy(0, length);
            window.consume(length);
            long begun = endLine();
            if (!isBlank(bytes)) {
                return new FileRecord(begun, withoutReturn(bytes), null, null, place());
            }
        }
        return null;
    }

    private int lengthToLimit() throws IOException {
        int length = 0;
        int c = window.peek(0);
        while (c != ByteWindow.END && c != '\n' && length <= limit) {
            c = window.peek(++length);
        }
        return length;
    }

    private FileRecord tooLarge() throws IOException {
        byte[] kept = window.copy(0, Math.min(limit, Faults.KEPT));
        long bytes = window.consumeLine(true);
        long begun = endLine();
        Fault fault = Faults.tooLarge(name, begun, bytes, limit);
        return new FileRecord(begun, kept, null, fault, place());
    }

    private long endLine() throws IOException {
        if (window.peek(0) == '\n') {
            window.consume(1);
        }
        return line++;
    }

    private Place place() {
        return new Place(window.offset(), line);
    }

    private static byte[] withoutReturn(byte[] bytes) {
        int last = bytes.length - 1;
        return bytes[last] == '\r' ? Arrays.copyOf(bytes, last) : bytes;
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
