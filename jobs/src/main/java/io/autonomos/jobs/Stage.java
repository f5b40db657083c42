package io.autonomos.jobs;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Every stage of the job, by its uid, which is also its name in the dashboard. Uids bind savepoints
 * to operators: never change one.
 */
enum Stage {
    SOURCE_KAFKA("source-kafka"),
    SOURCE_FILES("source-files"),
    SOURCE_MAPPINGS("source-mappings"),
    SOURCE_REVIEWS("source-reviews"),
    SOURCE_CONTROL("source-control"),
    SOURCE_MERGES("source-merges"),
    SOURCE_MEMORY("source-memory"),
    SOURCE_REBUILD("source-rebuild"),
    CANONICALIZE("canonicalize"),
    DETECT_DRIFT("detect-drift"),
    RECALL_REPAIRS("recall-repairs"),
    FOLLOW_THRESHOLDS("follow-thresholds"),
    REPAIR("repair"),
    FOLLOW_CONTROLS("follow-controls"),
    REPAIR_LLM("repair-llm"),
    PUBLISH_REPAIRS("publish-repairs"),
    REVIEW("review"),
    REMEMBER_REPAIRS("remember-repairs"),
    MATERIALIZE("materialize"),
    CANDIDATES("candidates"),
    GRAPH("graph"),
    SINK_KAFKA("sink-kafka"),
    SINK_DEAD_LETTER("sink-dead-letter"),
    SINK_LEDGER("sink-ledger"),
    SINK_MAPPINGS("sink-mappings"),
    SINK_DRIFT("sink-drift"),
    SINK_PROPOSALS("sink-proposals"),
    SINK_REVIEW_LOG("sink-review-log"),
    SINK_MEMORY("sink-memory"),
    SINK_WEBHOOK("sink-webhook"),
    SINK_POSTGRES("sink-postgres"),
    SINK_POSTGRES_LEDGER("sink-postgres-ledger"),
    SINK_POSTGRES_DRIFT("sink-postgres-drift"),
    SINK_POSTGRES_PROPOSALS("sink-postgres-proposals"),
    SINK_POSTGRES_REVIEW_LOG("sink-postgres-review-log"),
    SINK_DUCKDB("sink-duckdb"),
    SINK_KAFKA_VIEWS("sink-kafka-views"),
    SINK_REBUILD("sink-rebuild"),
    SINK_VIEWS_LEDGER("sink-views-ledger"),
    SINK_POSTGRES_VIEWS_LEDGER("sink-postgres-views-ledger"),
    SINK_POSTGRES_VIEWS("sink-postgres-views"),
    SINK_KAFKA_GRAPH("sink-kafka-graph"),
    SINK_POSTGRES_GRAPH("sink-postgres-graph"),
    SINK_CANDIDATES("sink-candidates"),
    SINK_POSTGRES_CANDIDATES("sink-postgres-candidates"),
    SINK_MERGES("sink-merges");

    private final String uid;

    Stage(String uid) {
        this.uid = uid;
    }

    String uid() {
        return uid;
    }

    /** The uid of one of several operators of the stage. */
    String uid(String one) {
        return uid + "-" + one;
    }

    <T> SingleOutputStreamOperator<T> mark(SingleOutputStreamOperator<T> operator) {
        return operator.uid(uid).name(uid);
    }

    /** Marks one of several operators of the stage. */
    <T> SingleOutputStreamOperator<T> mark(SingleOutputStreamOperator<T> operator, String one) {
        return operator.uid(uid(one)).name(uid(one));
    }

    <T> DataStreamSink<T> mark(DataStreamSink<T> sink) {
        return sink.uid(uid).name(uid);
    }
}
