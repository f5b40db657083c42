package io.autonomos.mappings.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** JSON texts that RFC 8259 allows and forbids: the lines of two files, and what rules make. */
final class JsonCorpus {

    private static final String NUMBER_CHARACTERS = "+-.eE019";
    private static final byte[] PLACEHOLDER = "1".getBytes(StandardCharsets.US_ASCII);

    private JsonCorpus() {}

    static List<byte[]> allowed() {
        return lines("/json/allowed.txt");
    }

    static List<byte[]> forbidden() {
        return lines("/json/forbidden.txt");
    }

    /** Texts of either kind that rules make: only an oracle says which. */
    static List<byte[]> generated() {
        List<byte[]> texts = new ArrayList<>();
        for (String number : upTo(5)) {
            texts.add(ascii(number));
        }
        for (int b = 0; b < 256; b++) {
            texts.add(new byte[] {(byte) b});
            texts.add(around("\"", "\"", b));
            texts.add(around("\"\\", "\"", b));
            texts.add(around("\"\\u004", "\"", b));
            texts.add(around("\"abcdefghijklmnop", "qrstuvwxyz\"", b));
            texts.add(around("{", "\"a\":1}", b));
            texts.add(around("{\"a\"", "1}", b));
            texts.add(around("{\"a\":1", "}", b));
            texts.add(around("{}", "", b));
            texts.add(around("", "{}", b));
            texts.add(around("[1", "2]", b));
            texts.add(around("nul", "", b));
        }
        for (int lead = 0xC0; lead < 0x100; lead++) {
            for (int second :
                    new int[] {0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2}) {
                for (int length = 2; length <= 5; length++) {
                    texts.add(sequence(lead, second, length));
                }
            }
        }
        return texts;
    }

    /** The text in the places of a record where a value or a name may stand. */
    static List<byte[]> inPlaces(byte[] text) {
        List<byte[]> places = new ArrayList<>();
        places.add(text);
        for (String place :
                List.of(
                        "{\"a\":1}",
                        "{\"b\":2,\"a\":1,\"c\":3}",
                        "{\"a\":[1]}",
                        "{\"a\":[0,{\"b\":1}]}",
                        "{\"a\":{\"b\":{\"c\": 1 } } }")) {
            places.add(replace(place.getBytes(StandardCharsets.US_ASCII), text));
        }
        return places;
    }

    private static byte[] replace(byte[] frame, byte[] text) {
        int at = new String(frame, StandardCharsets.US_ASCII).indexOf('1');
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame, 0, at);
        out.writeBytes(text);
        out.write(frame, at + PLACEHOLDER.length, frame.length - at - PLACEHOLDER.length);
        return out.toByteArray();
    }

    private static Set<String> upTo(int length) {
        Set<String> texts = new LinkedHashSet<>();
        texts.add("");
        List<String> last = List.of("");
        for (int i = 0; i < length; i++) {
            List<String> longer = new ArrayList<>();
            for (String text : last) {
                for (int next = 0; next < NUMBER_CHARACTERS.length(); next++) {
                    longer.add(text + NUMBER_CHARACTERS.charAt(next));
                }
            }
            texts.addAll(longer);
            last = longer;
        }
        return texts;
    }

    private static byte[] sequence(int lead, int second, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('"');
        out.write(lead);
        out.write(second);
        for (int i = 2; i < length; i++) {
            out.write(0x80);
        }
        out.write('"');
        return out.toByteArray();
    }

    private static byte[] around(String before, String after, int b) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii(before));
        out.write(b);
        out.writeBytes(ascii(after));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<byte[]> lines(String resource) {
        try (InputStream in = JsonCorpus.class.getResourceAsStream(resource)) {
            List<byte[]> texts = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.startsWith("# ")) {
                    texts.add(unquote(line));
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes written as %NN; all else is itself. */
    private static byte[] unquote(String line) {
        byte[] quoted = line.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < quoted.length; i++) {
            if (quoted[i] == '%') {
                out.write(
                        Character.digit(quoted[i + 1], 16) << 4
                                | Character.digit(quoted[i + 2], 16));
                i += 2;
            } else {
                out.write(quoted[i]);
            }
        }
        return out.toByteArray();
    }
}
