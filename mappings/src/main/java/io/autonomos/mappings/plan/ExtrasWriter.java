package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.Extras;
import io.autonomos.mappings.scan.JsonBuffer;
import java.util.Arrays;

/**
 * Renders extras: every member of the source that no mapping names, untouched, in its place.
 *
 * <p>A mapped value that did not become the canonical value as it stands (it could not be cast, or
 * another path came first with a different value) goes to extras too, so nothing is lost.
 */
final class ExtrasWriter {

    private int[] openPieces = new int[16];

    void write(
            byte[] bytes, Extras extras, FieldEvaluator evaluator, JsonBuffer out) {
        out.put('{');
        int open = 0;
        int written = 0;
        boolean comma = false;
        for (int i = 0; i < extras.size(); i++) {
            int kind = extras.kind(i);
            if (kind == Extras.OPEN) {
                if (open == openPieces.length) {
                    openPieces = Arrays.copyOf(openPieces, 2 * open);
                }
                openPieces[open++] = i;
            } else if (kind == Extras.CLOSE) {
                if (written == open) {
                    out.put('}');
                    written--;
                    comma = true;
                }
                open--;
            } else if (kind == Extras.ALWAYS || (kind >= 0 && evaluator.isLeftOver(kind))) {
                for (; written < open; written++) {
                    if (comma) {
                        out.put(',');
                    }
                    int piece = openPieces[written];
                    out.put(bytes, extras.start(piece), extras.end(piece)).put('{');
                    comma = false;
                }
                if (comma) {
                    out.put(',');
                }
                out.put(bytes, extras.start(i), extras.end(i));
                comma = true;
            }
        }
        out.put('}');
    }
}
