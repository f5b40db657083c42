package io.autonomos.mappings.language;

import io.autonomos.schemas.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Makes text of a mapping file's bytes, or says why they are none. */
final class FileText {

    private static final int MAX_BYTES = 1 << 19;
    private static final int LOOKED_AT = 64;
    private static final String AS_UTF8 = "Save the file as UTF-8.";

    private final String file;
    private final byte[] content;

    private FileText(String file, byte[] content) {
        this.file = file;
        this.content = content;
    }

    /** The text of a file; a byte order mark is no part of it. */
    static String of(String file, byte[] content) {
        return new FileText(file, content).read();
    }

    private String read() {
        if (content.length > MAX_BYTES) {
            throw refused(
                    1,
                    1,
                    "the file has more than %d bytes.".formatted(MAX_BYTES),
                    "Take one file for each stream, and fewer or shorter tests.");
        }
        if (isUtf16()) {
            throw refused(1, 1, "the file is not UTF-8, but looks like UTF-16.", AS_UTF8);
        }
        CharBuffer text = CharBuffer.allocate(content.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(content), text, true);
        text.flip();
        if (result.isError()) {
            throw after(text, "the file is not valid UTF-8.", AS_UTF8);
        }
        checkPrintable(text);
        return text.toString();
    }

    /** A byte order mark of UTF-16 or UTF-32, or many zero bytes as they have with Latin text. */
    private boolean isUtf16() {
        if (content.length < 2) {
            return false;
        }
        int first = (content[0] & 0xFF) << 8 | (content[1] & 0xFF);
        int length = Math.min(content.length, LOOKED_AT);
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            zeros += content[i] == 0 ? 1 : 0;
        }
        return first == 0xFFFE || first == 0xFEFF || zeros * 3 > length;
    }

    private static boolean isByteOrderMark(int at, int point) {
        return at == 0 && point == 0xFEFF;
    }

    private void checkPrintable(CharSequence text) {
        for (int at = 0; at < text.length(); ) {
            int point = Character.codePointAt(text, at);
            if (!isByteOrderMark(at, point) && !StreamReader.isPrintable(point)) {
                throw after(
                        text.subSequence(0, at),
                        "the character U+%04X is not allowed.".formatted(point),
                        "Leave it out; inside double quotes write it as \\u%04X.".formatted(point));
            }
            at += Character.charCount(point);
        }
    }

    /** A problem right behind the text that was read so far. */
    private MappingException after(CharSequence read, String message, String hint) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < read.length(); i++) {
            column++;
            if (read.charAt(i) == '\n') {
                line++;
                column = 1;
            }
        }
        return refused(line, column, message, hint);
    }

    private MappingException refused(int line, int column, String message, String hint) {
        return new MappingException(
                List.of(
                        new Problem(
                                ErrorCode.MAPPING_SYNTAX,
                                new Place(file, line, column),
                                message,
                                hint)));
    }
}
