package io.autonomos.operators.canonicalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The translating stage alone, with records and mapping versions put in by hand. */
final class TestingStage implements AutoCloseable {

    private static final String RECORD = "{\"Id\":\"1\",\"Name\":\"a\",\"Alias\":\"b\"}";
    private static final CanonicalizeSettings SETTINGS = settings(new Configuration());

    private final CanonicalizerHarness harness;
    private final int subtasks;
    private final int subtask;
    private long position;

    private TestingStage(
            CanonicalizeSettings settings,
            RegistryReader registry,
            OperatorSubtaskState snapshot,
            int subtasks,
            int subtask)
            throws Exception {
        this.subtasks = subtasks;
        this.subtask = subtask;
        harness = new CanonicalizerHarness(settings, registry, subtasks, subtask);
        if (snapshot != null) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            snapshot, CanonicalizerHarness.GROUPS, 1, subtasks, subtask));
        }
        harness.open();
    }

    /** Settings with limits that tests can reach. */
    static CanonicalizeSettings settings(Configuration config) {
        return CanonicalizeSettings.from(config, 1 << 20, 1_000);
    }

    /** A stage that holds records back in its own way. */
    static TestingStage holding(Configuration config, OperatorSubtaskState snapshot)
            throws Exception {
        return new TestingStage(settings(config), RegistryReader.empty(), snapshot, 1, 0);
    }

    /** A stage without state. */
    static TestingStage fresh(RegistryReader registry) throws Exception {
        return new TestingStage(SETTINGS, registry, null, 1, 0);
    }

    /** One of several subtasks without state. */
    static TestingStage fresh(RegistryReader registry, int subtasks, int subtask) throws Exception {
        return new TestingStage(SETTINGS, registry, null, subtasks, subtask);
    }

    /** One of several subtasks with the state of a single one. */
    static TestingStage restored(
            RegistryReader registry, OperatorSubtaskState snapshot, int subtasks, int subtask)
            throws Exception {
        return new TestingStage(SETTINGS, registry, snapshot, subtasks, subtask);
    }

    void send(StreamKey key) throws Exception {
        send(key, RECORD);
    }

    void send(StreamKey key, String json) throws Exception {
        harness.processElement(
                CanonicalizerHarness.RECORDS,
                CanonicalizerHarness.record(key, json, position++, null));
    }

    void receive(ControlMessage message) throws Exception {
        harness.processElement(CanonicalizerHarness.CONTROLS, new StreamRecord<>(message));
    }

    void receive(RegistryMessage message) throws Exception {
        harness.processElement(CanonicalizerHarness.VERSIONS, new StreamRecord<>(message));
    }

    /** Sets the clock; timers that are due fire. */
    void time(long millis) throws Exception {
        harness.setProcessingTime(millis);
    }

    /** No record or version comes any more. */
    void end() throws Exception {
        for (int input = 1; input <= 3; input++) {
            harness.stage().endInput(input);
        }
    }

    OperatorSubtaskState checkpoint() throws Exception {
        harness.stage().prepareSnapshotPreBarrier(1);
        return harness.snapshot(1, 1);
    }

    /** Tenant, name, mapping and version of each event. */
    List<String> events() {
        return harness.extractOutputValues().stream()
                .map(
                        e ->
                                "%s %s %s %d"
                                        .formatted(
                                                e.key().tenant(),
                                                name(e),
                                                e.mapping(),
                                                e.mappingVersion()))
                .toList();
    }

    private static String name(CanonicalEvent event) {
        return new String(event.json(), UTF_8).contains("\"name\":\"a\"") ? "a" : "b";
    }

    List<String> verdicts() {
        return side(Canonicalizer.VERDICTS).stream()
                .filter(RegistryMessage::isVerdict)
                .map(RegistryMessage::verdict)
                .map(v -> "%s %d %s".formatted(v.tenant(), v.version(), v.outcome()))
                .toList();
    }

    MappingVerdict lastVerdict() {
        List<RegistryMessage> all = side(Canonicalizer.VERDICTS);
        return all.get(all.size() - 1).verdict();
    }

    <T> List<T> side(OutputTag<T> tag) {
        var queue = harness.getSideOutput(tag);
        return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
    }

    /** Whether records of the stream come to this subtask. */
    boolean owns(StreamKey key) {
        int group = KeyGroupRangeAssignment.assignToKeyGroup(key, CanonicalizerHarness.GROUPS);
        return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(
                        CanonicalizerHarness.GROUPS, subtasks, group)
                == subtask;
    }

    List<CanonicalEvent> output() {
        return harness.extractOutputValues();
    }

    int stateEntries() {
        return harness.stateEntries();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("The stage did not close.", e);
        }
    }
}
