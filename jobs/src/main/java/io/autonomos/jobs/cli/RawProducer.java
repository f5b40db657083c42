package io.autonomos.jobs.cli;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Sends the records of files to the raw topic, at least once and in order: those of one stream have
 * one key, so they stay in one partition. A record is emitted when its file was modified, so the
 * same file sent twice makes the same events.
 *
 * <p>A row that cannot be read is sent as it stands, so that the job accounts for it; only a record
 * over the limit, of which no more than the beginning is known, is left out.
 */
final class RawProducer implements RecordFiles.Visitor, AutoCloseable {

    private static final int MAX_REQUEST = RecordFiles.MAX_RECORD_SIZE + (1 << 20);
    private static final String TIMEOUT_MS = "5000";
    private static final long NANOS = 1_000_000_000L;

    private final String bootstrap;
    private final String topic;
    private final String op;
    private final double rate;
    private final RawTopicWriter writer;
    private final List<Fault> leftOut = new ArrayList<>();

    private Address address;
    private long modifiedAt;
    private long started;
    private long sent;
    private long unreadable;

    /**
     * @param op header of each record, or null for none
     * @param rate most records a second, or 0 for no limit
     */
    RawProducer(String bootstrap, String topic, String op, double rate) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.op = op;
        this.rate = rate;
        ensureTopic();
        writer = new RawTopicWriter(bootstrap, Map.of(), topic);
    }

    /** Makes the topic where it is missing, so that the first use needs no other tool. */
    private void ensureTopic() {
        Map<String, Object> properties =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        TIMEOUT_MS);
        try (Admin admin = Admin.create(properties)) {
            if (!admin.listTopics().names().get().contains(topic)) {
                NewTopic missing =
                        new NewTopic(topic, Optional.empty(), Optional.empty())
                                .configs(
                                        Map.of(
                                                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                                                Integer.toString(MAX_REQUEST)));
                admin.createTopics(List.of(missing)).all().get();
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw down(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw down(e);
        }
    }

    @Override
    public void begin(String file, Address from, long at) {
        address = from;
        modifiedAt = at;
    }

    @Override
    public void record(FileRecord record) {
        Fault fault = record.fault();
        if (fault != null && fault.code().equals(ErrorCode.RECORD_TOO_LARGE.code())) {
            leftOut.add(fault);
            return;
        }
        unreadable += fault == null ? 0 : 1;
        pace();
        byte[] value = fault == null ? record.json() : record.originalBytes();
        writer.send(address.key(), address.source(), op, null, modifiedAt, value);
        sent++;
    }

    private void pace() {
        if (rate <= 0) {
            return;
        }
        started = started == 0 ? System.nanoTime() : started;
        long due = started + (long) (sent * NANOS / rate);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private CommandException down(Throwable cause) {
        return new CommandException(
                "%s: topic %s at %s is not there: %s Start the brokers or correct --bootstrap."
                        .formatted(
                                ErrorCode.STORE_DOWN.code(), topic, bootstrap, cause.getMessage()));
    }

    long sent() {
        return sent;
    }

    /** How many of those sent are rows that cannot be read. */
    long unreadable() {
        return unreadable;
    }

    /** What was not sent, and why. */
    List<Fault> leftOut() {
        return leftOut;
    }

    /** Waits until the brokers have everything. */
    @Override
    public void close() {
        writer.close();
    }
}
