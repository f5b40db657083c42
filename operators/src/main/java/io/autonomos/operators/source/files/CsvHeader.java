package io.autonomos.operators.source.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.operators.source.files.CsvParser.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The first row of a CSV file.
 *
 * @param names of the columns that have one, trimmed
 * @param columns with the trailing ones that have no name
 * @param problem why it cannot be used, or null
 */
record CsvHeader(List<String> names, int columns, String problem) {

    /** Reads the row that the parser has just parsed. */
    static CsvHeader of(Outcome outcome, CsvParser parser, ByteWindow window) throws IOException {
        if (outcome != Outcome.ROW) {
            return unusable("the header is " + words(outcome));
        }
        byte[] bytes = window.array();
        if (isUtf16(bytes, window.base(), window.base() + parser.length())) {
            return unusable("the file looks like UTF-16, not UTF-8");
        }
        if (!Utf8.isValid(bytes, window.base(), window.base() + parser.length())) {
            return unusable("the header is not valid UTF-8");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < parser.fields(); i++) {
            String name =
                    new String(
                            bytes,
                            window.base() + parser.from(i),
                            parser.to(i) - parser.from(i),
                            UTF_8);
            names.add((parser.hasDoubledQuotes(i) ? name.replace("\"\"", "\"") : name).strip());
        }
        int columns = names.size();
        while (!names.isEmpty() && names.get(names.size() - 1).isEmpty()) {
            names.remove(names.size() - 1);
        }
        return new CsvHeader(List.copyOf(names), columns, problem(names));
    }

    /** Whether the bytes begin with a mark of UTF-16, or hold zero bytes as its Latin text does. */
    private static boolean isUtf16(byte[] bytes, int from, int to) {
        int zeros = 0;
        for (int i = from; i < to; i++) {
            zeros += bytes[i] == 0 ? 1 : 0;
        }
        int first = to - from < 2 ? 0 : (bytes[from] & 0xFF) << 8 | (bytes[from + 1] & 0xFF);
        return first == 0xFFFE || first == 0xFEFF || zeros * 3 > to - from;
    }

    boolean isUsable() {
        return problem == null;
    }

    private static String problem(List<String> names) {
        if (names.isEmpty()) {
            return "no column of the header has a name";
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                return "column %d of the header has no name".formatted(i + 1);
            }
            if (!seen.add(names.get(i))) {
                return "column %d of the header has the name of another".formatted(i + 1);
            }
        }
        return null;
    }

    private static CsvHeader unusable(String problem) {
        return new CsvHeader(List.of(), 0, problem);
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case OPEN_QUOTE -> "not closed by a quote";
            case TEXT_AFTER_QUOTE -> "not quoted rightly";
            case TOO_LONG -> "too long";
            default -> "missing";
        };
    }
}
