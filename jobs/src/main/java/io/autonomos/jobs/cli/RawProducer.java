package io.autonomos.jobs.cli;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends the records of files to the raw topic, at least once and in order: those of one stream have
 * one key, so they stay in one partition. A record is emitted when its file was modified, so the
 * same file sent twice makes the same events.
 *
 * <p>A row that cannot be read is sent as it stands, so that the job accounts for it; only a record
 * over the limit, of which no more than the beginning is known, is left out.
 */
final class RawProducer implements RecordFiles.Visitor, AutoCloseable {

    private static final long NANOS = 1_000_000_000L;

    private final String op;
    private final double rate;
    private final RawTopicWriter writer;
    private final List<Fault> leftOut = new ArrayList<>();

    private Address address;
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
    public void begin(String file, Address from, long at) {
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
        byte[] value = fault == null ? record.json() : record.originalBytes();
        writer.send(address.key(), address.source(), op, null, modifiedAt, value);
        sent++;
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
