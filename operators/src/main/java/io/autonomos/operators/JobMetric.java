package io.autonomos.operators;

/**
 * Every metric of the job's own, beside Flink's. The page of metrics in the docs is made from it.
 */
public enum JobMetric {
    FEED_SKIPPED(
            "source-kafka",
            "skippedMessages",
            "counter",
            "Messages that hold no record by the rules of their format, such as Airbyte's STATE and"
                    + " Debezium's heartbeats. The ledger does not know them."),
    LEDGER_IN("canonicalize", "ledger.in", "counter", "Raw records received."),
    LEDGER_CANONICAL("canonicalize", "ledger.canonical", "counter", "Records translated."),
    LEDGER_FILTERED("canonicalize", "ledger.filtered", "counter", "Records left out on purpose."),
    LEDGER_PARKED("canonicalize", "ledger.parked", "counter", "Records held back."),
    LEDGER_DEAD_LETTERED(
            "canonicalize", "ledger.deadLettered", "counter", "Records that became dead letters."),
    LEDGER_EVENTS("canonicalize", "ledger.events", "counter", "Canonical events made."),
    LEDGER_RESIDUAL(
            "canonicalize",
            "ledger.residual",
            "gauge",
            "in - canonical - filtered - parked - deadLettered since the task started. Alert when"
                    + " it is not 0."),
    LEDGER_STREAMS("canonicalize", "ledger.streams", "gauge", "Streams seen by the subtask."),
    REGISTRY_ACCEPTED(
            "canonicalize", "registry.accepted", "counter", "Mapping versions that took effect."),
    REGISTRY_REFUSED(
            "canonicalize",
            "registry.refused",
            "counter",
            "Messages of the registry that were refused; the reasons are on its topic."),
    LLM_CALLS("repair-llm", "llm.calls", "counter", "Questions put to the language model."),
    LLM_TOKENS("repair-llm", "llm.tokens", "counter", "Tokens that they cost."),
    LLM_SAVED(
            "repair-llm",
            "llm.saved",
            "counter",
            "Questions that an earlier answer on the same drift made needless."),
    LLM_FAILED(
            "repair-llm",
            "llm.failed",
            "counter",
            "Questions without a usable answer: the model was down, slow, or chose no candidate."),
    LLM_REFUSED(
            "repair-llm",
            "llm.refused",
            "counter",
            "Questions that were not put: the tenant's budget is spent, or the model is left alone."),
    REVIEW_QUEUED("review", "review.queued", "counter", "Proposals that wait for a person."),
    REVIEW_DECIDED("review", "review.decided", "counter", "Proposals that a person decided."),
    REVIEW_REFUSED(
            "review",
            "review.refused",
            "counter",
            "Reviews that changed nothing; the reasons are in the review log."),
    REVIEW_EXPIRED("review", "review.expired", "counter", "Proposals that nobody decided in time."),
    REVIEW_SUPERSEDED(
            "review",
            "review.superseded",
            "counter",
            "Proposals whose place a newer one, or another decision, took."),
    WEBHOOK_SENT("sink-webhook", "webhook.sent", "counter", "Notices that the webhook took."),
    WEBHOOK_FAILED(
            "sink-webhook",
            "webhook.failed",
            "counter",
            "Tries that the webhook did not answer with success."),
    WEBHOOK_UNSURE(
            "sink-webhook",
            "webhook.unsure",
            "counter",
            "Notices whose first try a restart cut off; they are not sent again."),
    WEBHOOK_DROPPED(
            "sink-webhook",
            "webhook.dropped",
            "counter",
            "Notices that were given up after review.webhook-give-up-after."),
    DRIFT_OBSERVATIONS(
            "detect-drift",
            "drift.observations",
            "counter",
            "Records that the stage looked at: samples, and those that lost a mapped field."),
    DRIFT_OPENED(
            "detect-drift",
            "drift.opened",
            "counter",
            "Incidents that opened. Less those settled: the ones open since the task started."),
    DRIFT_SETTLED("detect-drift", "drift.settled", "counter", "Incidents that are over."),
    DRIFT_CRITICAL("detect-drift", "drift.critical", "counter", "Critical drift events."),
    DRIFT_HIGH("detect-drift", "drift.high", "counter", "Drift events of high severity."),
    DRIFT_MEDIUM("detect-drift", "drift.medium", "counter", "Drift events of medium severity."),
    DRIFT_LOW("detect-drift", "drift.low", "counter", "Drift events of low severity."),
    REPAIR_APPLY("repair", "repair.apply", "counter", "Repairs applied unasked."),
    REPAIR_REVIEW("repair", "repair.review", "counter", "Repairs that a person is asked about."),
    REPAIR_REJECT("repair", "repair.reject", "counter", "Drifts that nothing can mend."),
    REPAIR_FAILED(
            "repair",
            "repair.failed",
            "counter",
            "Repairs that could not be worked out, or not in time. Alert when it rises."),
    CONTROL_REFUSED(
            "source-control",
            "controlRefused",
            "counter",
            "Messages of the control topic that changed nothing, as they follow no contract; the log"
                    + " tells the reasons."),
    MEMORY_REFUSED(
            "source-memory",
            "memoryRefused",
            "counter",
            "Messages of the topic of repair memories that follow no contract; the log tells the"
                    + " reasons."),
    REBUILD_REFUSED(
            "source-rebuild",
            "rebuildRefused",
            "counter",
            "Messages of the rebuild topic that changed nothing, as they follow no contract; the log"
                    + " tells the reasons."),
    MERGES_REFUSED(
            "source-merges",
            "mergesRefused",
            "counter",
            "Messages of the topic of merges that changed nothing, as they follow no contract; the log"
                    + " tells the reasons."),
    VIEWS_APPLIED(
            "materialize-records",
            "views.applied",
            "counter",
            "Canonical events that became the latest version of their record."),
    VIEWS_DUPLICATE(
            "materialize-records",
            "views.duplicate",
            "counter",
            "Canonical events that repeat the latest version."),
    VIEWS_STALE(
            "materialize-records",
            "views.stale",
            "counter",
            "Canonical events older than the latest version."),
    VIEWS_CHANGED(
            "materialize", "views.changed", "counter", "Unified rows sent as new or changed."),
    VIEWS_GONE("materialize", "views.gone", "counter", "Unified rows sent as gone."),
    POSTGRES_BATCHES(
            "sink-postgres, sink-postgres-ledger, sink-postgres-views",
            "batches",
            "counter",
            "Transactions committed."),
    POSTGRES_ROWS_CHANGED(
            "sink-postgres, sink-postgres-ledger, sink-postgres-views",
            "rowsChanged",
            "counter",
            "Rows inserted, updated or deleted; what is repeated or older changes none."),
    DUCKDB_COMMITS("sink-duckdb", "duckdbCommits", "counter", "Files merged into and closed."),
    DUCKDB_RETRIES(
            "sink-duckdb",
            "duckdbRetries",
            "counter",
            "Commits put off because another process held the file."),
    DUCKDB_BUFFERED_EVENTS(
            "sink-duckdb",
            "duckdbBufferedEvents",
            "gauge",
            "Events that wait for their file's commit; they are part of each checkpoint.");

    private final String operator;
    private final String path;
    private final String kind;
    private final String description;

    JobMetric(String operator, String path, String kind, String description) {
        this.operator = operator;
        this.path = path;
        this.kind = kind;
        this.description = description;
    }

    /** The operators that have it. */
    public String operator() {
        return operator;
    }

    /** Its name below the operator's scope, groups joined by dots. */
    public String path() {
        return path;
    }

    /** The last part of its name. */
    public String leaf() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Counter or gauge. */
    public String kind() {
        return kind;
    }

    public String description() {
        return description;
    }
}
