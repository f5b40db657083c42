package io.autonomos.operators.source;

import io.autonomos.mappings.scan.DuplicateNames;
import io.autonomos.mappings.scan.JsonText;
import io.autonomos.mappings.scan.RecordScanner;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.Fingerprint;
import java.util.Arrays;

/**
 * Finds members of a JSON message by their paths, which are numbered as they are given. It is as
 * strict as the scanner of records, so what it finds is sound JSON; of equal names the last counts.
 */
final class MessageScanner {

    private static final int MAX_PATHS = 8_192;

    private final RecordScanner scanner;
    private final Slots slots;
    private byte[] bytes;

    MessageScanner(int maxBytes, String... paths) {
        ScanPlan plan = new ScanPlan();
        for (String path : paths) {
            plan.slot(SourcePath.parse(path));
        }
        int depth = ScanLimits.MOST_DEPTH;
        scanner = plan.newScanner(new ScanLimits(maxBytes, depth, Integer.MAX_VALUE, MAX_PATHS));
        slots = scanner.slots();
    }

    void scan(byte[] message) throws ScanException {
        bytes = message;
        scanner.scan(message);
        if (scanner.duplicateName() != null) {
            bytes = DuplicateNames.lastWins(message);
            scanner.scan(bytes);
        }
    }

    /** The bytes that positions refer to. */
    byte[] bytes() {
        return bytes;
    }

    int start(int path) {
        return slots.start(path);
    }

    int end(int path) {
        return slots.end(path);
    }

    boolean has(int path) {
        return slots.type(path) != Slots.ABSENT && !isNull(path);
    }

    /** Whether the member stands there, be it null. */
    boolean isThere(int path) {
        return slots.type(path) != Slots.ABSENT;
    }

    boolean isNull(int path) {
        return slots.type(path) == Fingerprint.NULL;
    }

    boolean isObject(int path) {
        return slots.type(path) == Fingerprint.OBJECT;
    }

    boolean isString(int path) {
        return slots.type(path) == Fingerprint.STRING;
    }

    boolean isNumber(int path) {
        return slots.type(path) == Fingerprint.NUMBER;
    }

    /** The value's own bytes. */
    byte[] slice(int path) {
        return Arrays.copyOfRange(bytes, start(path), end(path));
    }

    /** The text of a string as UTF-8, or null where no string stands there. */
    byte[] text(int path) {
        if (!isString(path)) {
            return null;
        }
        int from = start(path) + 1;
        int to = end(path) - 1;
        return JsonText.hasEscape(bytes, from, to)
                ? JsonText.unescape(bytes, from, to)
                : Arrays.copyOfRange(bytes, from, to);
    }

    /** Whether the string is that ASCII text. */
    boolean is(int path, String ascii) {
        int from = start(path) + 1;
        if (!isString(path) || end(path) - 1 - from != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (bytes[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Epoch milliseconds or an ISO time, or {@link EmittedAt#INVALID}. */
    long time(int path) {
        if (isNumber(path)) {
            return EmittedAt.parse(slice(path));
        }
        byte[] text = text(path);
        return text == null ? EmittedAt.INVALID : EmittedAt.parse(text);
    }
}
