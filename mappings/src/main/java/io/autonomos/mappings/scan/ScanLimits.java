package io.autonomos.mappings.scan;

/**
 * Bounds on one record.
 *
 * @param maxBytes longest payload
 * @param maxDepth deepest nesting
 * @param maxFields most object members in a record, nested ones included
 * @param maxPaths most distinct paths remembered for one plan; paths beyond it work, more slowly
 */
public record ScanLimits(int maxBytes, int maxDepth, int maxFields, int maxPaths) {

    /** 16 MiB, 128 levels, 50,000 fields, 8,192 paths. */
    public static final ScanLimits DEFAULT = new ScanLimits(16 << 20, 128, 50_000, 8_192);
}
