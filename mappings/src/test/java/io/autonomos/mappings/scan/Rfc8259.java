package io.autonomos.mappings.scan;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * RFC 8259 written as its grammar reads, for tests: tokens by regular expression, structure by a
 * small automaton. Slow, and made of nothing that the scanner is made of.
 */
final class Rfc8259 {

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<space>[ \\t\\n\\r]+)"
                            + "|(?<string>\"(?:[^\"\\\\\\x00-\\x1F]"
                            + "|\\\\(?:[\"\\\\/bfnrt]|u[0-9A-Fa-f]{4}))*+\")"
                            + "|(?<scalar>-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?"
                            + "|true|false|null)"
                            + "|(?<mark>[\\[\\]{},:])");

    private enum Expect {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    private final Deque<Character> open = new ArrayDeque<>();
    private Expect expect = Expect.VALUE;

    private Rfc8259() {}

    /** Whether the bytes are a JSON text. */
    static boolean accepts(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return false;
        }
        Rfc8259 grammar = new Rfc8259();
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!token.region(at, text.length()).lookingAt()) {
                return false;
            }
            if (token.group("space") == null && !grammar.take(token)) {
                return false;
            }
            at = token.end();
        }
        return grammar.expect == Expect.NOTHING;
    }

    private boolean take(Matcher token) {
        if (token.group("scalar") != null) {
            return value();
        }
        if (token.group("string") != null) {
            if (expect == Expect.NAME || expect == Expect.NAME_OR_END) {
                expect = Expect.COLON;
                return true;
            }
            return value();
        }
        char mark = token.group("mark").charAt(0);
        return switch (mark) {
            case '{', '[' -> open(mark);
            case '}' -> expect != Expect.NAME && close('{', Expect.NAME_OR_END);
            case ']' -> expect != Expect.VALUE && close('[', Expect.VALUE_OR_END);
            case ':' -> colon();
            default -> comma();
        };
    }

    private boolean value() {
        boolean fits = expect == Expect.VALUE || expect == Expect.VALUE_OR_END;
        expect = open.isEmpty() ? Expect.NOTHING : Expect.COMMA_OR_END;
        return fits;
    }

    private boolean open(char mark) {
        boolean fits = expect == Expect.VALUE || expect == Expect.VALUE_OR_END;
        open.push(mark);
        expect = mark == '{' ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
        return fits;
    }

    private boolean close(char mark, Expect empty) {
        if (open.isEmpty() || open.peek() != mark) {
            return false;
        }
        if (expect != Expect.COMMA_OR_END && expect != empty) {
            return false;
        }
        open.pop();
        expect = open.isEmpty() ? Expect.NOTHING : Expect.COMMA_OR_END;
        return true;
    }

    private boolean colon() {
        boolean fits = expect == Expect.COLON;
        expect = Expect.VALUE;
        return fits;
    }

    private boolean comma() {
        boolean fits = expect == Expect.COMMA_OR_END;
        expect = !open.isEmpty() && open.peek() == '{' ? Expect.NAME : Expect.VALUE;
        return fits;
    }
}
