package io.autonomos.mappings.plan;

import io.autonomos.mappings.scan.JsonArrays;
import io.autonomos.mappings.scan.RecordScanner;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.Slots;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a record that holds many: one copy of its bytes per element of a nested array, in which
 * the array is replaced by that element. Not thread safe; one per plan and task.
 */
final class Exploder {

    /** How many times the longest record all copies together may be. */
    private static final int MOST_COPIED = 4;

    private final List<SourcePath> arrays;
    private final boolean orOuter;
    private final List<RecordScanner> scanners = new ArrayList<>();
    private final long mostBytes;
    private long copied;

    /** An array that is not there, or more elements than the limits allow. */
    static final class ExplodeException extends Exception {

        private static final long serialVersionUID = 1L;

        private final ErrorCode code;

        ExplodeException(ErrorCode code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        ErrorCode code() {
            return code;
        }
    }

    /**
     * @param orOuter whether what holds the last array is a record where that is empty or absent
     */
    Exploder(List<SourcePath> arrays, boolean orOuter, ScanLimits limits) {
        this.arrays = arrays;
        this.orOuter = orOuter;
        this.mostBytes = (long) MOST_COPIED * limits.maxBytes();
        for (SourcePath each : arrays) {
            ScanPlan plan = new ScanPlan();
            plan.slot(each);
            scanners.add(plan.newScanner(limits));
        }
    }

    /** The records, in the order of the elements; the payload has no equal names. */
    List<byte[]> explode(byte[] payload) throws ScanException, ExplodeException {
        copied = 0;
        List<byte[]> records = new ArrayList<>();
        split(payload, 0, records);
        return records;
    }

    private void split(byte[] record, int level, List<byte[]> into)
            throws ScanException, ExplodeException {
        RecordScanner scanner = scanners.get(level);
        scanner.scan(record);
        Slots slots = scanner.slots();
        if (orOuter && level + 1 == arrays.size() && isEmpty(record, slots)) {
            into.add(record);
            return;
        }
        if (slots.type(0) != Fingerprint.ARRAY) {
            throw new ExplodeException(
                    ErrorCode.VALUE_TYPE,
                    "there is no array at %s. Send the whole answer that holds the list, not an element of it."
                            .formatted(arrays.get(level)));
        }
        int from = slots.start(0);
        int to = slots.end(0);
        for (int[] element : JsonArrays.elements(record, from, to)) {
            if (level + 1 == arrays.size()) {
                into.add(spliced(record, from, to, record, element[0], element[1]));
                continue;
            }
            if (record[element[0]] != '{') {
                throw new ExplodeException(
                        ErrorCode.VALUE_TYPE,
                        "an element of " + arrays.get(level) + " is not an object.");
            }
            List<byte[]> inner = new ArrayList<>();
            split(Arrays.copyOfRange(record, element[0], element[1]), level + 1, inner);
            for (byte[] each : inner) {
                into.add(spliced(record, from, to, each, 0, each.length));
            }
        }
    }

    private static boolean isEmpty(byte[] record, Slots slots) {
        int type = slots.type(0);
        return type == Slots.ABSENT
                || type == Fingerprint.NULL
                || (type == Fingerprint.ARRAY
                        && JsonArrays.elements(record, slots.start(0), slots.end(0)).isEmpty());
    }

    /** The record with the bytes between two positions replaced by a part of others. */
    private byte[] spliced(byte[] record, int from, int to, byte[] part, int start, int end)
            throws ExplodeException {
        int length = record.length - (to - from) + end - start;
        copied += length;
        if (copied > mostBytes) {
            throw new ExplodeException(
                    ErrorCode.RECORD_TOO_LARGE,
                    "its elements, each with the rest of the record, have more than %d bytes. %s"
                            .formatted(mostBytes, ErrorCode.RECORD_TOO_LARGE.remedy()));
        }
        byte[] spliced = new byte[length];
        System.arraycopy(record, 0, spliced, 0, from);
        System.arraycopy(part, start, spliced, from, end - start);
        System.arraycopy(record, to, spliced, from + end - start, record.length - to);
        return spliced;
    }
}
