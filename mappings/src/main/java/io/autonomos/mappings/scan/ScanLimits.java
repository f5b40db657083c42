package io.autonomos.mappings.scan;

/**
 * Bounds on one record.
 *
 * @param maxBytes longest payload
 * @param maxDepth deepest nesting
 * @param maxFields most object members in a record, nested ones included
 * @param maxPaths most distinct paths remembered for one plan; beyond it they are learned anew
 */
public record ScanLimits(int maxBytes, int maxDepth, int maxFields, int maxPaths) {

    /** Deeper nesting than this could overflow a thread's stack. */
    public static final int MOST_DEPTH = 1_000;

    public ScanLimits {
        if (maxBytes < 2 || maxFields < 1 || maxPaths < 1) {
            throw new IllegalArgumentException("limits must be positive.");
        }
        if (maxDepth < 1 || maxDepth > MOST_DEPTH) {
            throw new IllegalArgumentException(
                    "maxDepth must be 1 to %d, but was %d.".formatted(MOST_DEPTH, maxDepth));
        }
    }

    /** 16 MiB, 128 levels, 50,000 fields, 8,192 paths. */
    public static final ScanLimits DEFAULT = new ScanLimits(16 << 20, 128, 50_000, 8_192);
}
