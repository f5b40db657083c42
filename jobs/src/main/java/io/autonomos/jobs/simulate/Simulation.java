package io.autonomos.jobs.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairProposal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sends records of streams of their own to a running job, changes each stream's records in its own
 * way, and waits until nothing moves any more.
 */
public final class Simulation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final String topicPrefix;
    private final TopicReader reader;
    private final RawTopicWriter writer;
    private final Duration timeout;
    private final Consumer<String> progress;
    private final Map<StreamKey, StreamOutcome> outcomes = new LinkedHashMap<>();
    private final LedgerBook ledger = new LedgerBook();

    /**
     * A simulation.
     *
     * @param timeout how long to wait for the job
     * @param progress takes a line each time something is done
     */
    public Simulation(
            String topicPrefix,
            TopicReader reader,
            RawTopicWriter writer,
            Duration timeout,
            Consumer<String> progress) {
        this.topicPrefix = topicPrefix;
        this.reader = reader;
        this.writer = writer;
        this.timeout = timeout;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param run tells the streams of one run from those of another
     * @param records how many each stream sends before its change, and again after it
     * @param copies how many streams change in each way
     */
    public List<StreamOutcome> run(
            String tenant, String run, List<SimulatedDrift> drifts, int records, int copies) {
        for (SimulatedDrift drift : drifts) {
            for (int copy = 0; copy < copies; copy++) {
                String connection = "sim-%s-%s-%d".formatted(run, drift.key(), copy);
                StreamKey key = new StreamKey(tenant, connection, SimulatedRecords.STREAM);
                outcomes.put(key, new StreamOutcome(key, drift));
            }
        }
        progress.accept("Sending %d records to each stream ...".formatted(records));
        outcomes.keySet().forEach(key -> send(key, 0, records, 0, null));
        awaitIn(records);
        progress.accept("Sending %d records after the change ...".formatted(records));
        int from = records / 2;
        for (StreamOutcome each : outcomes.values()) {
            each.drifts(System.currentTimeMillis());
            send(each.key(), from, from + records, 1, each.drift());
        }
        awaitIn(2L * records);
        progress.accept("Waiting until nothing moves any more ...");
        awaitSettled();
        return new ArrayList<>(outcomes.values());
    }

    private void send(StreamKey key, int from, int to, int version, SimulatedDrift drift) {
        for (int number = from; number < to; number++) {
            byte[] record = SimulatedRecords.of(number, version, drift);
            long now = System.currentTimeMillis();
            writer.send(key, SimulatedRecords.SOURCE, null, null, now, record);
        }
        writer.flush();
    }

    private void awaitIn(long records) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            LockSupport.parkNanos(PAUSE_NANOS);
            refresh();
        } while (outcomes.values().stream().anyMatch(each -> each.in() < records)
                && System.nanoTime() < deadline);
    }

    private void awaitSettled() {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            LockSupport.parkNanos(PAUSE_NANOS);
            refresh();
        } while (!outcomes.values().stream().allMatch(StreamOutcome::isSettled)
                && System.nanoTime() < deadline);
    }

    private void refresh() {
        ledger.refresh(reader, topicPrefix);
        for (LedgerEntry entry : ledger.accounts()) {
            with(entry.key(), outcome -> outcome.account(entry));
        }
        read(Topics.drift(topicPrefix), DriftEvent.class, DriftEvent::key, StreamOutcome::drifted);
        read(
                Topics.proposals(topicPrefix),
                RepairProposal.class,
                RepairProposal::key,
                StreamOutcome::proposed);
        reader.read(Topics.mappings(topicPrefix), this::verdict);
        reader.read(Topics.canonical(topicPrefix, SimulatedRecords.ENTITY), this::event);
    }

    private interface Taker<T> {
        void take(StreamOutcome outcome, T message);
    }

    private <T> void read(String topic, Class<T> type, Function<T, StreamKey> key, Taker<T> taker) {
        reader.read(
                topic,
                record -> {
                    T message = TopicReader.message(type, record);
                    if (message != null) { // else of another type, as merges among proposals
                        with(key.apply(message), outcome -> taker.take(outcome, message));
                    }
                });
    }

    private void verdict(ConsumerRecord<byte[], byte[]> record) {
        RegistryMessage message =
                RegistryMessage.read(
                        record.key(), record.value(), record.partition(), record.offset());
        MappingVerdict verdict = message.verdict();
        if (verdict != null && verdict.accepts()) {
            with(message.key(), outcome -> outcome.applied(verdict.at().toEpochMilli()));
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> record) {
        try {
            JsonNode event = JSON.readTree(record.value());
            JsonNode source = event.path("source");
            StreamKey key =
                    new StreamKey(
                            event.path("tenant").asText(),
                            source.path("connection").asText(),
                            source.path("stream").asText());
            String recordId = source.path("record_id").asText();
            Instant clock = Instant.parse(event.path("event_time").asText());
            with(key, outcome -> outcome.event(event.path("id").asText(), recordId, clock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void with(StreamKey key, Consumer<StreamOutcome> then) {
        StreamOutcome outcome = outcomes.get(key);
        if (outcome != null) {
            then.accept(outcome);
        }
    }
}
