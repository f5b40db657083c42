package io.autonomos.operators.source.directory;

import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.operators.source.files.Place;
import io.autonomos.operators.source.files.RecordReader;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.MutableRecordAndPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

/** Hands on a file's records in batches bounded by number and bytes. */
final class DirectoryReader implements BulkFormat.Reader<RawRecord> {

    private static final int BATCH_RECORDS = 500;
    private static final int BATCH_BYTES = 1 << 20;

    private final DroppedFile file;
    private final RecordReader records;
    private Entry only;

    DirectoryReader(DroppedFile file, RecordReader records) {
        this.file = file;
        this.records = records;
    }

    /** Stands for a file that cannot be read: one record that says so, or null for none. */
    DirectoryReader(Entry only) {
        this.file = null;
        this.records = null;
        this.only = only;
    }

    @Override
    public BulkFormat.RecordIterator<RawRecord> readBatch() throws IOException {
        Queue<Entry> batch = new ArrayDeque<>();
        if (records != null) {
            read(batch);
        } else if (only != null) {
            batch.add(only);
            only = null;
        }
        return batch.isEmpty() ? null : new Batch(batch);
    }

    private void read(Queue<Entry> batch) throws IOException {
        int bytes = 0;
        while (batch.size() < BATCH_RECORDS && bytes < BATCH_BYTES) {
            FileRecord record = records.next();
            if (record == null) {
                return;
            }
            batch.add(new Entry(file.raw(record), record.next()));
            bytes += record.json().length + record.originalBytes().length;
        }
    }

    @Override
    public void close() throws IOException {
        if (records != null) {
            records.close();
        }
    }

    /** A record and where reading goes on after it. */
    record Entry(RawRecord record, Place next) {}

    private static final class Batch implements BulkFormat.RecordIterator<RawRecord> {

        private final Queue<Entry> entries;
        private final MutableRecordAndPosition<RawRecord> current =
                new MutableRecordAndPosition<>();

        Batch(Queue<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public RecordAndPosition<RawRecord> next() {
            Entry entry = entries.poll();
            if (entry == null) {
                return null;
            }
            current.set(entry.record(), entry.next().offset(), entry.next().line());
            return current;
        }

        @Override
        public void releaseBatch() {}
    }
}
