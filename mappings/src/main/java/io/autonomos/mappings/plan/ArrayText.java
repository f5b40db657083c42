package io.autonomos.mappings.plan;

import java.util.ArrayList;
import java.util.List;

/** Reads arrays as PostgreSQL writes them as text: {@code {a,"b, c",NULL}}. */
final class ArrayText {

    private final String text;
    private int at = 1;

    private ArrayText(String text) {
        this.text = text;
    }

    /** The elements without nulls, or null where the text is no array of one dimension. */
    static List<String> elements(String text) {
        String array = text.strip();
        if (array.length() < 2 || array.charAt(0) != '{' || !array.endsWith("}")) {
            return null;
        }
        return new ArrayText(array).read();
    }

    private List<String> read() {
        List<String> elements = new ArrayList<>();
        int end = text.length() - 1;
        skipSpace();
        if (at == end) {
            return elements;
        }
        while (true) {
            skipSpace();
            boolean quoted = text.charAt(at) == '"';
            String element = quoted ? quoted() : plain();
            if (element == null) {
                return null;
            }
            if (quoted || !element.equalsIgnoreCase("null")) {
                elements.add(element);
            }
            skipSpace();
            if (at == end) {
                return elements;
            }
            if (text.charAt(at++) != ',') {
                return null;
            }
        }
    }

    private String quoted() {
        StringBuilder element = new StringBuilder();
        for (at++; at < text.length() - 1; at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return element.toString();
            }
            if (c == '\\') {
                c = text.charAt(++at);
            }
            element.append(c);
        }
        return null;
    }

    private String plain() {
        StringBuilder element = new StringBuilder();
        for (; at < text.length() - 1 && text.charAt(at) != ','; at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '{' || c == '}') {
                return null;
            }
            if (c == '\\') {
                c = text.charAt(++at);
            }
            element.append(c);
        }
        String stripped = element.toString().strip();
        return stripped.isEmpty() || at >= text.length() ? null : stripped;
    }

    private void skipSpace() {
        while (at < text.length() - 1 && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
