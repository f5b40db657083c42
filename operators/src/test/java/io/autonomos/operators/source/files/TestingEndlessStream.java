package io.autonomos.operators.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.Arrays;

/** So many bytes of one letter without holding them, then a tail. */
final class TestingEndlessStream extends InputStream {

    private final byte[] tail;
    private long left;
    private int at;

    TestingEndlessStream(long left, String tail) {
        this.left = left;
        this.tail = tail.getBytes(UTF_8);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
        if (left > 0) {
            int some = (int) Math.min(left, length);
            Arrays.fill(bytes, from, from + some, (byte) 'x');
            left -= some;
            return some;
        }
        if (at == tail.length) {
            return -1;
        }
        bytes[from] = tail[at++];
        return 1;
    }
}
