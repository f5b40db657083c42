package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.ReviewedMerge;
import io.autonomos.schemas.messages.ReviewedProposal;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Writes to PostgreSQL in bulk.
 *
 * <p>Delivery guarantee: at least once, and effectively exactly once: what is written a second time
 * after a restart changes nothing, or ends in the same rows. Everything received before a
 * checkpoint is committed before the checkpoint completes.
 *
 * <p>A server that is down holds the job back until it answers; no record is lost or given up.
 */
public final class PostgresSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    private final PostgresSettings settings;
    private final BatchFactory<T> batches;

    /** Makes the batch on the task manager, where it is used. */
    interface BatchFactory<T> extends Serializable {
        Batch<T> create();
    }

    private PostgresSink(PostgresSettings settings, BatchFactory<T> batches) {
        this.settings = settings;
        this.batches = batches;
    }

    /**
     * Canonical events, to the table of their entity and to the event log. At least once; the
     * tables end up the same as after writing each exactly once.
     */
    public static PostgresSink<CanonicalEvent> canonicalEvents(PostgresSettings settings) {
        boolean eventLog = settings.eventLog();
        Duration kept = settings.eventLogRetention();
        return new PostgresSink<>(
                settings, () -> new CanonicalBatch(EntityModel.shipped(), eventLog, kept));
    }

    /**
     * Unified rows, to the table of their entity. At least once: what is written a second time
     * after a restart ends in the same rows, since the last change of a row wins.
     */
    public static PostgresSink<ViewChange> views(PostgresSettings settings) {
        return new PostgresSink<>(settings, () -> new ViewBatch(EntityModel.shipped()));
    }

    /** Nodes and edges of graphs. At least once; the last change of each wins. */
    public static PostgresSink<GraphChange> graph(PostgresSettings settings) {
        return new PostgresSink<>(settings, GraphBatch::new);
    }

    /** The latest account of each stream. At least once; a repeated account changes nothing. */
    public static PostgresSink<LedgerEntry> ledger(PostgresSettings settings) {
        return new PostgresSink<>(settings, LedgerBatch::new);
    }

    /** The latest account of each stream's events where views are made. At least once, as above. */
    public static PostgresSink<ViewAccount> viewAccounts(PostgresSettings settings) {
        return new PostgresSink<>(settings, ViewAccountBatch::new);
    }

    /** Drift events. At least once; a repeated event changes nothing. */
    public static PostgresSink<DriftEvent> driftEvents(PostgresSettings settings) {
        return new PostgresSink<>(settings, DriftBatch::new);
    }

    /** Proposals with their status. At least once; a repeated status changes nothing. */
    public static PostgresSink<ReviewedProposal> proposals(PostgresSettings settings) {
        return new PostgresSink<>(settings, ProposalBatch::new);
    }

    /** Merge candidates with their status. At least once; the last status of each wins. */
    public static PostgresSink<ReviewedMerge> mergeCandidates(PostgresSettings settings) {
        return new PostgresSink<>(settings, MergeCandidateBatch::new);
    }

    /** The review log. At least once; a repeated line changes nothing. */
    public static PostgresSink<ProposalStatus> reviewLog(PostgresSettings settings) {
        return new PostgresSink<>(settings, ReviewLogBatch::new);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return new PostgresWriter<>(settings, batches.create(), context);
    }
}
