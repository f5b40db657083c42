package io.autonomos.mappings.match;

import java.util.regex.Pattern;

/** What a value looks like; the first kind that fits is taken. */
public enum ValueKind {
    EMPTY("\\s*"),
    BOOLEAN("(?i)true|false|yes|no"),
    INTEGER("[+-]?\\d{1,18}"),
    DECIMAL("[+-]?\\d{1,18}[.,]\\d+([eE][+-]?\\d+)?"),
    DATE("\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[/.]\\d{1,2}[/.]\\d{2,4}"),
    DATE_TIME("\\d{4}-\\d{2}-\\d{2}[T ]\\d{1,2}:\\d{2}.*"),
    UUID("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"),
    EMAIL("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"),
    URL("(?i)(https?|ftp|s3)://.*|www\\..*"),
    JSON("[\\[{\"].*"),
    PHONE("\\+?[\\d\\s().-]{7,20}"),
    HEX("(?i)[0-9a-f]{16,}"),
    /** Base64 and other unreadable text: long, one word, digits and letters mixed. */
    TOKEN("(?=.*\\d)(?=.*[a-zA-Z])[\\w/+=-]{15,}"),
    /** A prefixed or hyphenated identifier such as {@code cus_9a1} or {@code i-0abc}. */
    CODE("(?=.*\\d)[A-Za-z]+[_:-][\\w:/-]+"),
    CONSTANT("[A-Z][A-Z0-9_]*"),
    WORD("[a-z][a-z0-9_-]*"),
    TITLE("\\p{Lu}[\\p{L}'-]*"),
    TEXT(".*");

    private static final ValueKind[] ALL = values();

    private final Pattern pattern;

    ValueKind(String regex) {
        pattern = Pattern.compile(regex, Pattern.DOTALL);
    }

    /** What the value looks like. */
    public static ValueKind of(String value) {
        String head = value.length() > 200 ? value.substring(0, 200) : value;
        for (ValueKind kind : ALL) {
            if (kind.mayBe(head) && kind.fits(head)) {
                return kind;
            }
        }
        return TEXT;
    }

    boolean fits(String head) {
        return pattern.matcher(head).matches();
    }

    /** Whether length and first letter allow it: most kinds are out at a glance. */
    private boolean mayBe(String head) {
        int length = head.length();
        char first = length == 0 ? ' ' : head.charAt(0);
        boolean digit = first >= '0' && first <= '9';
        boolean number = digit || first == '+' || first == '-';
        return switch (this) {
            case EMPTY -> first <= ' ';
            case BOOLEAN -> length >= 2 && length <= 5;
            case INTEGER -> number && length <= 19;
            case DECIMAL -> number;
            case DATE -> digit && length <= 10;
            case DATE_TIME -> digit && length >= 15;
            case UUID -> length == 36;
            case EMAIL -> head.indexOf('@') > 0;
            case URL -> "hfswHFSW".indexOf(first) >= 0;
            case JSON -> first == '{' || first == '[' || first == '"';
            case PHONE -> length >= 7 && length <= 21 && first < 'A';
            case HEX -> length >= 16;
            case TOKEN -> length >= 15;
            case CODE -> first >= 'A' && first <= 'z';
            case CONSTANT -> first >= 'A' && first <= 'Z';
            case WORD -> first >= 'a' && first <= 'z';
            case TITLE, TEXT -> true;
        };
    }
}
