package io.autonomos.mappings.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random JSON values for tests: maps, lists, texts, {@link Num}, booleans and null; and random ways
 * to write one value down.
 */
public final class RandomJson {

    private static final String[] NAMES = {
        "a",
        "b",
        "id",
        "Name",
        "a.b",
        "",
        "é",
        "日本",
        "x\"y",
        "x\\y",
        "\n",
        "\u0000",
        "\uD83D\uDE00",
        "\uD800",
        "\uDC00",
        "a[]",
        "longer_name_than_eight_bytes",
        " ",
        "null",
        "\uFEFF"
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "text",
        "é",
        "日本語",
        "\uD83D\uDE00",
        "q\"q",
        "b\\b",
        "/",
        "\b\f\n\r\t",
        "\u001F",
        "0123456789abcdef",
        "\u007F",
        "\u2028",
        "{}",
        "1",
        "null",
        "longer than sixteen bytes é"
    };
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "1",
        "-1",
        "1.50",
        "1e3",
        "1E-3",
        "-2.5e+10",
        "12345678901234567890",
        "0.1",
        "9007199254740993",
        "1e400",
        "100"
    };
    private static final String[] SPACES = {"", "", "", "", " ", "\n", "\t", "\r\n", "  \n  "};

    /** A number as it is written. */
    public record Num(String text) {}

    private final Random random;
    private int fresh;

    public RandomJson(Random random) {
        this.random = random;
    }

    /** An object, with objects and arrays in it down to a depth. */
    public Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            object.put(name(), value(depth - 1));
        }
        return object;
    }

    private Object value(int depth) {
        int kind = random.nextInt(depth > 0 ? 8 : 5);
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> new Num(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3, 4 -> TEXTS[random.nextInt(TEXTS.length)];
            case 5 -> list(depth);
            default -> object(depth);
        };
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(value(depth - 1));
        }
        return list;
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    /** A name that no value from here has. */
    public String freshName() {
        return "fresh" + random.nextInt(10) + "_" + fresh++;
    }

    /** The same value with its members in another order. */
    public Object reordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
            Collections.shuffle(members, random);
            Map<Object, Object> other = new LinkedHashMap<>();
            members.forEach(each -> other.put(each.getKey(), reordered(each.getValue())));
            return other;
        }
        return value instanceof List<?> list
                ? new ArrayList<>(list.stream().map(this::reordered).toList())
                : value;
    }

    /** Other values of the same types; arrays are longer and in another order. */
    public Object revalued(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> other = new LinkedHashMap<>();
            map.forEach((name, each) -> other.put(name, revalued(each)));
            return other;
        }
        if (value instanceof List<?> list) {
            List<Object> other = new ArrayList<>();
            for (Object each : list) {
                for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                    other.add(revalued(each));
                }
            }
            Collections.shuffle(other, random);
            return other;
        }
        if (value instanceof Num) {
            return new Num(Integer.toString(random.nextInt()));
        }
        if (value instanceof Boolean) {
            return random.nextBoolean();
        }
        return value == null ? null : "other" + random.nextInt(1000);
    }

    /** The value on one line without spaces, escapes only where they must be. */
    public static byte[] plain(Object value) {
        StringBuilder out = new StringBuilder();
        new Writer(null, false, out).write(value);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The value with random spaces, line breaks and escapes. */
    public byte[] styled(Object value) {
        return styled(value, false);
    }

    /** The same, with other members of the same names before some members. */
    public byte[] styledWithDuplicates(Object value) {
        return styled(value, true);
    }

    /** A text for a test's report, where not all characters survive. */
    public static String show(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append("<%04x>".formatted((int) c));
            }
        }
        return out.toString();
    }

    private byte[] styled(Object value, boolean duplicates) {
        StringBuilder out = new StringBuilder();
        Writer writer = new Writer(random, duplicates, out);
        writer.space();
        writer.write(value);
        writer.space();
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private record Writer(Random random, boolean duplicates, StringBuilder out) {

        void write(Object value) {
            if (value instanceof Map<?, ?> map) {
                object(map);
            } else if (value instanceof List<?> list) {
                array(list);
            } else if (value instanceof String text) {
                string(text);
            } else {
                out.append(value instanceof Num number ? number.text() : String.valueOf(value));
            }
        }

        private void object(Map<?, ?> map) {
            out.append('{');
            space();
            String separator = "";
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.append(separator);
                separator = ",";
                if (duplicates && random.nextInt(4) == 0) {
                    member(member.getKey(), new RandomJson(random).value(2));
                    out.append(',');
                }
                member(member.getKey(), member.getValue());
            }
            out.append('}');
        }

        private void member(Object name, Object value) {
            space();
            string((String) name);
            space();
            out.append(':');
            space();
            write(value);
            space();
        }

        private void array(List<?> list) {
            out.append('[');
            space();
            String separator = "";
            for (Object each : list) {
                out.append(separator);
                separator = ",";
                space();
                write(each);
                space();
            }
            out.append(']');
        }

        void space() {
            if (random != null) {
                out.append(SPACES[random.nextInt(SPACES.length)]);
            }
        }

        private void string(String text) {
            out.append('"');
            for (int i = 0; i < text.length(); i++) {
                character(text, i);
            }
            out.append('"');
        }

        private void character(String text, int i) {
            char c = text.charAt(i);
            boolean must = c < 0x20 || c == '"' || c == '\\' || isHalf(text, i);
            boolean pair = !must && Character.isSurrogate(c);
            if (!must && (pair || random == null || random.nextInt(8) > 0)) {
                out.append(c);
                return;
            }
            int at = "\"\\/\b\f\n\r\t".indexOf(c);
            if (at >= 0 && (random == null || random.nextBoolean())) {
                out.append('\\').append("\"\\/bfnrt".charAt(at));
            } else {
                String hex = "%04x".formatted((int) c);
                out.append("\\u").append(random != null && random.nextBoolean() ? upper(hex) : hex);
            }
        }

        private static String upper(String hex) {
            return hex.toUpperCase(java.util.Locale.ROOT);
        }

        private static boolean isHalf(String text, int i) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
            }
            return Character.isLowSurrogate(c)
                    && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
        }
    }
}
