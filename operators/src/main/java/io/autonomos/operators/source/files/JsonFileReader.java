package io.autonomos.operators.source.files;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import java.io.IOException;

/** The whole file is one record. */
final class JsonFileReader implements RecordReader {

    private static final int CHUNK = 1 << 16;

    /** Any place but the start: there is no second record. */
    private static final Place END = new Place(1, 1);

    private final ByteWindow window;
    private final String name;
    private final int limit;
    private boolean done;

    JsonFileReader(ByteWindow window, String name, int limit, Place from) {
        this.window = window;
        this.name = name;
        this.limit = limit;
        this.done = from.offset() > 0;
    }

    @Override
    public FileRecord next() throws IOException {
        if (done) {
            return null;
        }
        done = true;
        int length = 0;
        while (length <= limit && window.peek(length) != ByteWindow.END) {
            length++;
        }
        Fault fault = null;
        byte[] bytes = window.copy(0, length > limit ? Math.min(limit, Faults.KEPT) : length);
        if (length > limit) {
            fault = Faults.tooLarge(name, 1, rest(), limit);
        } else if (length == 0) {
            fault = Faults.at(ErrorCode.VALUE_EMPTY, name, 1, "the file is empty.");
        }
        return new FileRecord(1, bytes, null, fault, END);
    }

    private long rest() throws IOException {
        long before = window.offset();
        while (window.peek(CHUNK) != ByteWindow.END) {
            window.consume(CHUNK);
        }
        while (window.peek(0) != ByteWindow.END) {
            window.consume(1);
        }
        return window.offset() - before;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}
