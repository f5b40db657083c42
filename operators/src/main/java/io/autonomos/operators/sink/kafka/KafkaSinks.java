package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.ViewAccount;
import java.util.Map;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/**
 * Builds the Kafka sinks.
 *
 * <p>Delivery guarantee of each: exactly once. Messages are written in a transaction that is
 * committed with the checkpoint; a reader with {@code isolation.level=read_committed} sees each
 * exactly once, also after a restart.
 */
public final class KafkaSinks {

    private final KafkaSinkSettings settings;
    private final Map<String, String> clientProperties;

    /**
     * @param clientProperties more properties of Kafka's own clients, such as {@code
     *     security.protocol}; the settings win over them
     */
    public KafkaSinks(KafkaSinkSettings settings, Map<String, String> clientProperties) {
        this.settings = settings;
        this.clientProperties = Map.copyOf(clientProperties);
    }

    /** Canonical events, to one topic per entity, exactly once. */
    public KafkaSink<CanonicalEvent> canonicalEvents() {
        return sink("canonical", new CanonicalEventSerializer(settings.topicPrefix()));
    }

    /** Unified rows, to one compacted topic per entity, exactly once. */
    public KafkaSink<ViewChange> views() {
        return sink("views", new ViewSerializer(settings.topicPrefix()));
    }

    /** Nodes and edges of graphs, to one compacted topic, exactly once. */
    public KafkaSink<GraphChange> graph() {
        return sink("graph", new GraphSerializer(settings.topicPrefix()));
    }

    /** Dead letters with their original bytes, exactly once. */
    public KafkaSink<DeadLetter> deadLetters() {
        int maxSize = (int) settings.maxMessageSize().getBytes();
        return sink("dead-letter", new DeadLetterSerializer(settings.topicPrefix(), maxSize));
    }

    /** The ledger, to a compacted topic, exactly once. */
    public KafkaSink<LedgerEntry> ledger() {
        return sink("ledger", new LedgerSerializer(settings.topicPrefix()));
    }

    /** Drift events, exactly once. */
    public KafkaSink<DriftEvent> drifts() {
        return sink("drift", new DriftEventSerializer(settings.topicPrefix()));
    }

    /** Repair proposals, exactly once. */
    public KafkaSink<RepairProposal> proposals() {
        return sink("proposals", new ProposalSerializer(settings.topicPrefix()));
    }

    /** Merge candidates, to the proposals' topic, exactly once. */
    public KafkaSink<MergeCandidate> mergeCandidates() {
        return sink("merge-candidates", new MergeCandidateSerializer(settings.topicPrefix()));
    }

    /** What people decided to be one, to a compacted topic, exactly once. */
    public KafkaSink<MergeDecision> merges() {
        return sink("merges", new MergeDecisionSerializer(settings.topicPrefix()));
    }

    /** The review log, exactly once. */
    public KafkaSink<ProposalStatus> reviewLog() {
        return sink("review-log", new ReviewLogSerializer(settings.topicPrefix()));
    }

    /** What is remembered of repairs, to a compacted topic, exactly once. */
    public KafkaSink<RepairMemory> memories() {
        return sink("memory", new MemorySerializer(settings.topicPrefix()));
    }

    /**
     * Verdicts on mapping versions, and versions that the job makes, at least once: a repeated one
     * has the same key and says the same. A transaction would hide what others publish until it
     * commits, and would hold up a repair until the next checkpoint.
     */
    public KafkaSink<RegistryMessage> registry() {
        return KafkaSink.<RegistryMessage>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(settings.producer(clientProperties))
                .setRecordSerializer(new RegistrySerializer(settings.topicPrefix()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    /** What became of the events where views are made, to the ledger's topic, exactly once. */
    public KafkaSink<ViewAccount> viewAccounts() {
        return sink("view-account", new ViewAccountSerializer(settings.topicPrefix()));
    }

    /** Records that are to find their rows anew, to the job itself, exactly once. */
    public KafkaSink<RebuildMessage> rebuild() {
        return sink("rebuild", new RebuildSerializer(settings.topicPrefix()));
    }

    private <T> KafkaSink<T> sink(String name, KafkaRecordSerializationSchema<T> serializer) {
        return KafkaSink.<T>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(settings.producer(clientProperties))
                .setRecordSerializer(serializer)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(settings.transactionalIdPrefix() + "-" + name)
                .build();
    }
}
