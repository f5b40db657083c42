package io.autonomos.operators.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.messages.ViewAccount;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/**
 * The whole stage in one thread, with the freedom that many subtasks have: messages from one key to
 * another keep their order, all others overtake each other at random.
 */
final class TestingMaterializer implements AutoCloseable {

    static final MaterializeSettings SETTINGS =
            new MaterializeSettings(
                    true,
                    Duration.ofDays(30),
                    Duration.ofMillis(200),
                    20_000,
                    new RowLimits(1_000, 1 << 20),
                    Duration.ofDays(365));

    /** What the merging half is told. */
    private record ForRows(ViewSignal signal) {}

    private final Random random;
    private final KeyedTwoInputStreamOperatorTestHarness<
                    String, CanonicalEvent, ViewSignal, RowUpdate>
            records;
    private final KeyedOneInputStreamOperatorTestHarness<String, ReferenceUpdate, RowUpdate>
            references;
    private final KeyedTwoInputStreamOperatorTestHarness<String, RowUpdate, ViewSignal, ViewChange>
            rows;

    /** By sender and receiver. */
    private final Map<String, Queue<Object>> channels = new TreeMap<>();

    private final Map<String, String> views = new TreeMap<>();
    private long now;
    private final List<ViewAccount> accounts = new ArrayList<>();

    TestingMaterializer(long seed) throws Exception {
        this(seed, List.of());
    }

    /**
     * A stage that knows its tenants' settings from the start.
     *
     * @param controls the settings
     */
    TestingMaterializer(long seed, List<ControlMessage> controls) throws Exception {
        this(seed, controls, List.of());
    }

    /** A stage that knows what people decided from the start, too. */
    TestingMaterializer(long seed, List<ControlMessage> controls, List<MergeDecision> merges)
            throws Exception {
        random = new Random(seed);
        MaterializeSettings settings = SETTINGS.with(controls, merges);
        records = told(new RecordVersions(settings), Keys::record);
        records.open();
        references =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new ReferenceResolver()),
                        ReferenceUpdate::targetKey,
                        Types.STRING);
        references.open();
        rows = told(new RowMaterializer(settings), RowUpdate::rowKey);
        rows.open();
    }

    /** An operator that is told things beside its keyed input. */
    static <I, T, O> KeyedTwoInputStreamOperatorTestHarness<String, I, T, O> told(
            TwoInputStreamOperator<I, T, O> operator, KeySelector<I, String> key) throws Exception {
        return new KeyedTwoInputStreamOperatorTestHarness<>(
                operator, key, none -> "none", Types.STRING);
    }

    /** Tells both halves settings, each in its own time. */
    void control(ControlMessage message) throws Exception {
        tell(ViewSignal.of(message));
    }

    /** Tells both halves a decision, each in its own time. */
    void decide(MergeDecision decision) throws Exception {
        tell(ViewSignal.of(decision));
    }

    private void tell(ViewSignal signal) throws Exception {
        channel("told", "records").add(signal);
        channel("told", "rows").add(new ForRows(signal));
        for (int i = random.nextInt(4); i > 0; i--) {
            step();
        }
    }

    /** Sends an event; some of what it sets off may stay on its way. */
    void send(CanonicalEvent event) throws Exception {
        String sender = Keys.record(event);
        records.processElement1(new StreamRecord<>(event));
        forward(sender);
        for (int i = random.nextInt(4); i > 0; i--) {
            step();
        }
    }

    private void forward(String sender) {
        for (RowUpdate update : take(records)) {
            channel(sender, "row " + update.rowKey()).add(update);
        }
        Queue<StreamRecord<ReferenceUpdate>> side =
                records.getSideOutput(RecordVersions.REFERENCES);
        while (side != null && !side.isEmpty()) {
            ReferenceUpdate update = side.poll().getValue();
            channel(sender, "target " + update.targetKey()).add(update);
        }
    }

    private boolean step() throws Exception {
        return step(true);
    }

    /**
     * @param signals whether those may have their turn
     */
    private boolean step(boolean signals) throws Exception {
        List<String> waiting =
                channels.keySet().stream()
                        .filter(key -> !channels.get(key).isEmpty())
                        .filter(key -> signals || !key.endsWith("> records"))
                        .toList();
        if (waiting.isEmpty()) {
            return false;
        }
        Object message = channels.get(waiting.get(random.nextInt(waiting.size()))).poll();
        if (message instanceof ReferenceUpdate update) {
            references.processElement(new StreamRecord<>(update));
            for (RowUpdate link : take(references)) {
                channel(update.targetKey(), "row " + link.rowKey()).add(link);
            }
        } else if (message instanceof ViewSignal signal) {
            signal(signal);
        } else if (message instanceof ForRows told) {
            rows.processElement2(new StreamRecord<>(told.signal()));
        } else {
            rows.processElement1(new StreamRecord<>((RowUpdate) message));
        }
        if (random.nextInt(5) == 0) {
            flush();
        }
        return true;
    }

    private void signal(ViewSignal signal) throws Exception {
        boolean ofMany = signal.rebuild() != null && signal.rebuild().record() == null;
        if (ofMany) {
            // What comes of many records at once overtakes nothing of theirs.
            while (step(false)) {
                // Each step may set off more.
            }
        }
        records.processElement2(new StreamRecord<>(signal));
        forward(ofMany || signal.rebuild() == null ? "none" : RecordMessages.key(signal.rebuild()));
        while (ofMany && step(false)) {
            // Each step may set off more.
        }
    }

    /** Tells the stage a part of a rebuild. */
    void rebuild(RebuildMessage message) throws Exception {
        channel("rebuild", "records").add(ViewSignal.of(message));
        for (int i = random.nextInt(3); i > 0; i--) {
            step();
        }
    }

    /** Lets everything arrive. */
    void settle() throws Exception {
        do {
            drain();
            flush();
            checkpoint();
        } while (step());
        records.getOperator().prepareSnapshotPreBarrier(1);
        Queue<StreamRecord<ViewAccount>> side = records.getSideOutput(RecordVersions.ACCOUNTS);
        while (side != null && !side.isEmpty()) {
            accounts.add(side.poll().getValue());
        }
    }

    /**
     * A barrier, which comes after all that was sent before it; what leaves the job comes back only
     * after that.
     */
    void checkpoint() throws Exception {
        drain();
        rows.getOperator().prepareSnapshotPreBarrier(1);
        show();
        Queue<StreamRecord<RebuildMessage>> moves = rows.getSideOutput(RowMaterializer.MOVES);
        while (moves != null && !moves.isEmpty()) {
            channel("moves", "records").add(ViewSignal.of(moves.poll().getValue()));
        }
    }

    private void drain() throws Exception {
        while (step()) {
            // Each step may set off more.
        }
    }

    private void flush() throws Exception {
        now += SETTINGS.flushInterval().toMillis();
        rows.setProcessingTime(now);
        show();
    }

    private void show() {
        for (ViewChange change : take(rows)) {
            String key = Keys.of(change.entity(), change.tenant(), change.id());
            if (change.isDelete()) {
                views.remove(key);
            } else {
                views.put(key, new String(change.json(), UTF_8));
            }
        }
    }

    private Queue<Object> channel(String sender, String receiver) {
        return channels.computeIfAbsent(sender + " > " + receiver, channel -> new ArrayDeque<>());
    }

    static <T> List<T> take(AbstractStreamOperatorTestHarness<T> harness) {
        List<T> values = harness.extractOutputValues();
        harness.getOutput().clear();
        return values;
    }

    /** Each row as JSON, by what it is keyed by. */
    Map<String, String> views() {
        return new TreeMap<>(views);
    }

    /** The accounts of all streams, added up. */
    Map<String, ViewAccount> accounts() {
        Map<String, ViewAccount> sums = new HashMap<>();
        accounts.forEach(each -> sums.merge(each.key().path(), each, ViewAccount::plus));
        return sums;
    }

    /** What the merging half keeps. */
    int rowEntries() {
        return rows.numKeyedStateEntries();
    }

    /** What the resolving half keeps. */
    int referenceEntries() {
        return references.numKeyedStateEntries();
    }

    @Override
    public void close() {
        try {
            records.close();
            references.close();
            rows.close();
        } catch (Exception e) {
            throw new IllegalStateException("The stage did not close.", e);
        }
    }
}
