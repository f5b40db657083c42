package io.autonomos.operators.source;

import io.autonomos.mappings.scan.ScanException;
import io.autonomos.operators.source.debezium.RowConverter;
import io.autonomos.operators.source.debezium.RowException;
import io.autonomos.operators.source.debezium.RowSchema;
import io.autonomos.operators.source.debezium.RowSchemas;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads Debezium's change events. The record is the row after the change; of a delete it is the row
 * before, or the event's key where the source does not say.
 *
 * <p>A tombstone that follows the delete of its key repeats it and is skipped; any other tombstone
 * is a delete, as compaction may have taken the event before it. Logical messages, heartbeats and
 * news of transactions and table definitions hold no record and are skipped. A truncation is a
 * fault: nobody knows here which rows it took.
 */
final class DebeziumReader implements FeedReader {

    private static final String[] MEMBERS = {
        "op",
        "ts_ms",
        "before",
        "after",
        "source",
        "source.connector",
        "source.db",
        "source.schema",
        "source.table",
        "source.collection",
        "source.ts_ms",
        "ddl",
        "tableChanges",
        "status",
        "id",
        "event_count"
    };
    private static final int OP = 0;
    private static final int TS_MS = 1;
    private static final int BEFORE = 2;
    private static final int AFTER = 3;
    private static final int SOURCE = 4;
    private static final int CONNECTOR = 5;
    private static final int DB = 6;
    private static final int SCHEMA = 7;
    private static final int TABLE = 8;
    private static final int COLLECTION = 9;
    private static final int SOURCE_TS_MS = 10;
    private static final int DDL = 11;
    private static final int TABLE_CHANGES = 12;
    private static final int STATUS = 13;
    private static final int ID = 14;
    private static final int EVENT_COUNT = 15;

    /** Where the members stand under the JSON converter's {@code payload}. */
    private static final int WRAPPED = MEMBERS.length;

    private static final int PAYLOAD = 2 * WRAPPED;
    private static final int CONVERTER_SCHEMA = PAYLOAD + 1;

    private final MessageScanner message;
    private final DebeziumKey keys;
    private final RowSchemas schemas = new RowSchemas();
    private final RowConverter rows = new RowConverter();

    /** Of each partition the key of its last event, where that was a delete. */
    private final Map<TopicPartition, byte[]> deleted = new HashMap<>();

    DebeziumReader(int maxRecordSize) {
        String[] paths = Arrays.copyOf(MEMBERS, CONVERTER_SCHEMA + 1);
        for (int i = 0; i < WRAPPED; i++) {
            paths[WRAPPED + i] = "payload." + MEMBERS[i];
        }
        paths[PAYLOAD] = "payload";
        paths[CONVERTER_SCHEMA] = "schema";
        message = new MessageScanner(maxRecordSize, paths);
        keys = new DebeziumKey(maxRecordSize, schemas, rows);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> record, FeedMessage into) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        byte[] lastDeleted = deleted.isEmpty() ? null : deleted.remove(partition);
        if (record.value() == null || record.value().length == 0) {
            tombstone(record, lastDeleted, into);
            return;
        }
        try {
            message.scan(record.value());
            if (isConvertersTombstone()) {
                tombstone(record, lastDeleted, into);
                return;
            }
            event(record, into);
            if (RawRecord.DELETE.equals(into.op) && record.key() != null) {
                deleted.put(partition, record.key());
            }
        } catch (ScanException e) {
            into.fail(e);
        } catch (RowException e) {
            into.fail(e.code(), e.column(), e.getMessage());
        }
    }

    /** The converter writes its schema beside a null; a column called payload may be null too. */
    private boolean isConvertersTombstone() {
        return message.isNull(PAYLOAD) && message.isThere(CONVERTER_SCHEMA) && !message.has(OP);
    }

    private void tombstone(
            ConsumerRecord<byte[], byte[]> record, byte[] lastDeleted, FeedMessage into) {
        if (lastDeleted != null && Arrays.equals(lastDeleted, record.key())) {
            into.skip();
            return;
        }
        String topic = record.topic();
        into.stream = AddressText.encode(topic.substring(topic.lastIndexOf('.') + 1));
        into.op = RawRecord.DELETE;
        try {
            into.value = keys.row(record.key(), false);
        } catch (RowException e) {
            into.fail(e.code(), e.column(), e.getMessage());
        }
        if (into.value == null) {
            noKey(into);
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> record, FeedMessage into)
            throws RowException {
        int at = message.isObject(PAYLOAD) && !message.has(OP) ? WRAPPED : 0;
        address(at, into);
        if (!message.has(at + OP)) {
            without(at, into);
        } else if (message.is(at + OP, "c")
                || message.is(at + OP, "r")
                || message.is(at + OP, "u")) {
            into.op = RawRecord.UPSERT;
            into.value = row(at, AFTER, false);
            if (into.value == null && message.has(at + AFTER)) {
                into.fail(ErrorCode.FEED_FORMAT, "after", "is no row");
            } else if (into.value == null) {
                into.fail(ErrorCode.FEED_INCOMPLETE, "after", "holds no row");
            }
        } else if (message.is(at + OP, "d")) {
            delete(record, at, into);
        } else if (message.is(at + OP, "t")) {
            into.fail(ErrorCode.FEED_TRUNCATED, "op", "is a truncation");
        } else if (message.is(at + OP, "m")) {
            into.skip();
        } else {
            into.fail(ErrorCode.FEED_FORMAT, "op", "is none of r, c, u, d, t and m");
        }
    }

    private void delete(ConsumerRecord<byte[], byte[]> record, int at, FeedMessage into)
            throws RowException {
        into.op = RawRecord.DELETE;
        into.value = row(at, BEFORE, true);
        if (into.value == null) {
            into.value = keys.row(record.key(), message.is(at + CONNECTOR, "mongodb"));
        }
        if (into.value == null) {
            noKey(into);
        }
    }

    private static void noKey(FeedMessage into) {
        into.fail(ErrorCode.FEED_INCOMPLETE, "key", "is no JSON object that tells the row deleted");
    }

    /** Says what a message without an op is. */
    private void without(int at, FeedMessage into) {
        boolean change = message.has(at + BEFORE) || message.has(at + AFTER);
        boolean definition =
                message.isObject(at + SOURCE)
                        && (message.has(at + DDL) || message.has(at + TABLE_CHANGES));
        boolean transaction =
                (message.is(at + STATUS, "BEGIN") || message.is(at + STATUS, "END"))
                        && message.has(at + ID)
                        && message.isThere(at + EVENT_COUNT);
        if (!change && (definition || transaction || isHeartbeat(at))) {
            into.skip();
        } else {
            into.fail(ErrorCode.FEED_FORMAT, "op", "is missing, so it is no change event");
        }
    }

    /** A heartbeat holds its time and nothing else. */
    private boolean isHeartbeat(int at) {
        if (!message.isNumber(at + TS_MS)) {
            return false;
        }
        byte[] bytes = message.bytes();
        int from = at == 0 ? 0 : message.start(PAYLOAD);
        int to = at == 0 ? bytes.length : message.end(PAYLOAD);
        for (int i = from; i < to; i++) {
            if (bytes[i] == ',') {
                return false;
            }
        }
        return true;
    }

    private void address(int at, FeedMessage into) {
        into.source = message.text(at + CONNECTOR);
        boolean isTable = message.has(at + TABLE);
        into.stream = message.text(at + (isTable ? TABLE : COLLECTION));
        into.namespace = message.text(at + (message.has(at + SCHEMA) ? SCHEMA : DB));
        long committed = message.isObject(at + SOURCE) ? message.time(at + SOURCE_TS_MS) : 0;
        into.emittedAt = committed > 0 ? committed : message.time(at + TS_MS);
    }

    /** The row as plain JSON, or null where none stands there. */
    private byte[] row(int at, int member, boolean delete) throws RowException {
        if (message.isString(at + member)) {
            return message.text(at + member); // MongoDB's connector writes the document as text
        }
        if (!message.isObject(at + member)) {
            return null;
        }
        RowSchema schema = null;
        if (at == WRAPPED && message.isObject(CONVERTER_SCHEMA)) {
            RowSchemas.Event event =
                    schemas.of(
                            message.bytes(),
                            message.start(CONVERTER_SCHEMA),
                            message.end(CONVERTER_SCHEMA));
            schema = member == AFTER ? event.after() : event.before();
        }
        return rows.convert(
                message.bytes(),
                message.start(at + member),
                message.end(at + member),
                schema,
                delete);
    }
}
