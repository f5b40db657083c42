package io.autonomos.jobs;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Every stage of the job. Uids bind savepoints to operators: never change one. */
enum Stage {
    SOURCE_KAFKA("source-kafka", "Read raw topics"),
    SOURCE_FILES("source-files", "Read files"),
    CANONICALIZE("canonicalize", "Canonicalize"),
    SINK_KAFKA("sink-kafka", "Kafka: canonical events"),
    SINK_DEAD_LETTERS("sink-dead-letters", "Kafka: dead letters"),
    SINK_LEDGER("sink-ledger", "Kafka: ledger"),
    SINK_POSTGRES("sink-postgres", "PostgreSQL: canonical events"),
    SINK_POSTGRES_LEDGER("sink-postgres-ledger", "PostgreSQL: ledger"),
    SINK_DUCKDB("sink-duckdb", "DuckDB: canonical events");

    private final String uid;
    private final String displayName;

    Stage(String uid, String displayName) {
        this.uid = uid;
        this.displayName = displayName;
    }

    String uid() {
        return uid;
    }

    String displayName() {
        return displayName;
    }

    <T> SingleOutputStreamOperator<T> mark(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(displayName);
    }

    <T> void mark(DataStreamSink<T> sink) {
        sink.uid(uid).name(displayName);
    }
}
