package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.Extras;
import io.autonomos.mappings.scan.JsonBuffer;
import java.util.Arrays;

/**
 * Renders extras: every member of the source that no mapping names, untouched, in its place.
 *
 * <p>A mapped value that did not become the canonical value as it stands (it could not be cast, or
 * another path came first with a different value) goes to extras too, so nothing is lost. An array
 * of which only elements are mapped is kept whole, for its places would shift otherwise.
 */
final class ExtrasWriter {

    private int[] openPieces = new int[16];
    private int open;
    private int written;
    private boolean comma;

    void write(byte[] bytes, Extras extras, FieldEvaluator evaluator, JsonBuffer out) {
        open = 0;
        written = 0;
        comma = false;
        out.put('{');
        for (int i = 0; i < extras.size(); i++) {
            int kind = extras.kind(i);
            int slot = extras.slot(i);
            if (kind == Extras.CLOSE) {
                close(out);
            } else if (slot >= 0 && !evaluator.isLeftOver(slot)) {
                i = kind == Extras.OPEN ? endOfObject(extras, i) : i;
            } else if (kind == Extras.OPEN) {
                open(i);
            } else {
                openPending(bytes, extras, out);
                separate(out);
                out.put(bytes, extras.start(i), extras.end(i));
            }
        }
        out.put('}');
    }

    private void open(int piece) {
        if (open == openPieces.length) {
            openPieces = Arrays.copyOf(openPieces, 2 * open);
        }
        openPieces[open++] = piece;
    }

    /** Objects are written only once something inside them is. */
    private void openPending(byte[] bytes, Extras extras, JsonBuffer out) {
        for (; written < open; written++) {
            separate(out);
            int piece = openPieces[written];
            out.put(bytes, extras.start(piece), extras.end(piece)).put('{');
            comma = false;
        }
    }

    private void close(JsonBuffer out) {
        if (written == open) {
            out.put('}');
            written--;
            comma = true;
        }
        open--;
    }

    private void separate(JsonBuffer out) {
        if (comma) {
            out.put(',');
        }
        comma = true;
    }

    /** The piece that closes the object which a piece opens. */
    private static int endOfObject(Extras extras, int piece) {
        int depth = 1;
        int i = piece;
        while (depth > 0) {
            i++;
            int kind = extras.kind(i);
            depth += kind == Extras.OPEN ? 1 : kind == Extras.CLOSE ? -1 : 0;
        }
        return i;
    }
}
