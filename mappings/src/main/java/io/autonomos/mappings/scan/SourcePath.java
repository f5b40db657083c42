package io.autonomos.mappings.scan;

import java.util.ArrayList;
import java.util.List;

/**
 * A place inside a record: names joined by dots, {@code "quoted"} where a name holds other
 * characters than letters, digits, {@code _ - $ /}, and {@code [n]} for an element of an array.
 */
public record SourcePath(List<Step> steps) {

    /**
     * One step down.
     *
     * @param name the member's name, or null for an element
     * @param index the element's index where {@code name} is null
     */
    public record Step(String name, int index) {}

    public SourcePath {
        steps = List.copyOf(steps);
    }

    /** A path of one name, whatever characters it holds. */
    public static SourcePath ofName(String name) {
        return new SourcePath(List.of(new Step(name, 0)));
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is not one; the message says where
     */
    public static SourcePath parse(String text) {
        return new Parser(text).parse();
    }

    /** Whether the other path is this one or lies below it. */
    public boolean contains(SourcePath other) {
        return other.steps.size() >= steps.size()
                && other.steps.subList(0, steps.size()).equals(steps);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            if (step.name == null) {
                text.append('[').append(step.index).append(']');
                continue;
            }
            if (text.length() > 0) {
                text.append('.');
            }
            boolean plain = !step.name.isEmpty() && step.name.chars().allMatch(SourcePath::isPlain);
            text.append(
                    plain
                            ? step.name
                            : '"' + step.name.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return text.toString();
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || "_-$/:".indexOf(c) >= 0;
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        SourcePath parse() {
            List<Step> steps = new ArrayList<>();
            steps.add(name());
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '.') {
                    steps.add(name());
                } else if (c == '[') {
                    steps.add(element());
                } else {
                    throw wrong("'" + c + "' needs quotes around the name");
                }
            }
            return new SourcePath(steps);
        }

        private Step name() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int from = at;
            while (at < text.length() && isPlain(text.charAt(at))) {
                at++;
            }
            if (at == from) {
                throw wrong("a name is missing");
            }
            return new Step(text.substring(from, at), 0);
        }

        private Step quoted() {
            StringBuilder name = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return new Step(name.toString(), 0);
                }
                if (c == '\\' && at + 1 < text.length()) {
                    c = text.charAt(++at);
                }
                name.append(c);
            }
            throw wrong("a quote is not closed");
        }

        private Step element() {
            int close = text.indexOf(']', at);
            String index = close < 0 ? "" : text.substring(at, close);
            if (!index.matches("[0-9]{1,4}")) {
                throw wrong("an index from 0 to 9999 is missing between [ and ]");
            }
            at = close + 1;
            return new Step(null, Integer.parseInt(index));
        }

        private IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException(why + " at character " + (at + 1));
        }
    }
}
