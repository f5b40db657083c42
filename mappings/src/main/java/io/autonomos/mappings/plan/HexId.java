package io.autonomos.mappings.plan;

import java.nio.charset.StandardCharsets;

/** Renders 128 bits as 32 hexadecimal digits. */
final class HexId {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private HexId() {}

    static String of(long high, long low) {
        byte[] text = new byte[32];
        for (int i = 0; i < 16; i++) {
            text[i] = DIGITS[(int) (high >>> 60 - 4 * i) & 15];
            text[16 + i] = DIGITS[(int) (low >>> 60 - 4 * i) & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
