package io.autonomos.jobs.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.cli.common.RecordFiles;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the records of files to the raw topic, at least once and in order: those of one stream have
 * one key, so they stay in one partition. A record is emitted when its file was modified, so the
 * same file sent twice makes the same events.
 *
 * <p>Rows of CSV files go as they stand, with their file's header line. What cannot be read is sent
 * too, so that the job accounts for it; only a record over the limit, of which no more than the
 * beginning is known, is left out.
 */
final class RawProducer implements RecordFiles.Visitor, AutoCloseable {

    private static final long NANOS = 1_000_000_000L;

    private final String op;
    private final double rate;
    private final RawTopicWriter writer;
    private final List<Fault> leftOut = new ArrayList<>();

    private Address address;
    private String csvHeader;
    private long modifiedAt;
    private long started;
    private long sent;
    private long unreadable;

    /**
     * @param op header of each record, or null for none
     * @param rate most records a second, or 0 for no limit
     */
    RawProducer(RawTopicWriter writer, String op, double rate) {
        this.writer = writer;
        this.op = op;
        this.rate = rate;
    }

    @Override
    public void begin(String file, Address from, long at, String header) {
        csvHeader = header;
        address = from;
        modifiedAt = at;
    }

    @Override
    public void record(FileRecord record) {
        Fault fault = record.fault();
        if (fault != null && fault.code().equals(ErrorCode.RECORD_TOO_LARGE.code())) {
            leftOut.add(fault);
            return;
        }
        unreadable += fault == null ? 0 : 1;
        pace();
        if (csvHeader != null) {
            writer.sendRow(
                    address.key(),
                    address.source(),
                    op,
                    modifiedAt,
                    csvHeader,
                    record.originalBytes());
        } else {
            byte[] value = fault == null ? record.json() : record.originalBytes();
            writer.send(address.key(), address.source(), op, null, modifiedAt, value);
        }
        sent++;
    }

    /**
     * Sends one line as a message without headers.
     *
     * @param separator what stands between key and value, or null where lines have no key; an empty
     *     value is a tombstone
     */
    void line(FileRecord line, String separator) {
        if (line.fault() != null) {
            leftOut.add(line.fault());
            return;
        }
        byte[] bytes = line.originalBytes();
        int end = separator == null ? -1 : indexOf(bytes, separator.getBytes(UTF_8));
        pace();
        if (end < 0) {
            writer.sendAsIs(null, bytes);
        } else {
            int from = end + separator.getBytes(UTF_8).length;
            byte[] value =
                    from == bytes.length ? null : Arrays.copyOfRange(bytes, from, bytes.length);
            writer.sendAsIs(end == 0 ? null : Arrays.copyOf(bytes, end), value);
        }
        sent++;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        return -1;
    }

    private void pace() {
        if (rate <= 0) {
            return;
        }
        started = started == 0 ? System.nanoTime() : started;
        long due = started + (long) (sent * NANOS / rate);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    long sent() {
        return sent;
    }

    /** How many of those sent are rows that cannot be read. */
    long unreadable() {
        return unreadable;
    }

    /** What was not sent, and why. */
    List<Fault> leftOut() {
        return leftOut;
    }

    /** Waits until the brokers have everything. */
    @Override
    public void close() {
        writer.close();
    }
}
