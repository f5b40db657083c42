package io.autonomos.operators.sink.postgres;

import io.autonomos.operators.JobMetric;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/** The metrics of a PostgreSQL sink. */
final class SinkCounters {

    private final Counter sent;
    private final Counter errors;
    private final Counter batches;
    private final Counter rowsChanged;

    SinkCounters(SinkWriterMetricGroup group) {
        sent = group.getNumRecordsSendCounter();
        errors = group.getNumRecordsOutErrorsCounter();
        batches = group.counter(JobMetric.POSTGRES_BATCHES.leaf());
        rowsChanged = group.counter(JobMetric.POSTGRES_ROWS_CHANGED.leaf());
    }

    void written(long records, long changed) {
        sent.inc(records);
        batches.inc();
        rowsChanged.inc(changed);
    }

    /** A try that will be made again, or fail the job. */
    void failed() {
        errors.inc();
    }
}
