package io.autonomos.operators.source;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads messages of one format. Never throws because of a message; not thread-safe. */
interface FeedReader {

    /** Fills in what the message says. */
    void read(ConsumerRecord<byte[], byte[]> record, FeedMessage into);
}
