package io.autonomos.operators.materialize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
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
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

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

    private final Random random;
    private final KeyedOneInputStreamOperatorTestHarness<String, CanonicalEvent, RowUpdate> records;
    private final KeyedOneInputStreamOperatorTestHarness<String, ReferenceUpdate, RowUpdate>
            references;
    private final KeyedOneInputStreamOperatorTestHarness<String, RowUpdate, ViewChange> rows;

    /** By sender and receiver. */
    private final Map<String, Queue<Object>> channels = new TreeMap<>();

    private final Map<String, String> views = new TreeMap<>();
    private final List<ViewAccount> accounts = new ArrayList<>();

    TestingMaterializer(long seed) throws Exception {
        random = new Random(seed);
        records = harness(new RecordVersions(SETTINGS), Keys::record);
        references =
                harness(
                        new KeyedProcessOperator<>(new ReferenceResolver()),
                        ReferenceUpdate::targetKey);
        rows = harness(new RowMaterializer(SETTINGS), RowUpdate::rowKey);
    }

    static <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> harness(
            OneInputStreamOperator<I, O> operator, KeySelector<I, String> key) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, I, O> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(operator, key, Types.STRING);
        harness.open();
        return harness;
    }

    /** Sends an event; some of what it sets off may stay on its way. */
    void send(CanonicalEvent event) throws Exception {
        String sender = Keys.record(event);
        records.processElement(new StreamRecord<>(event));
        for (RowUpdate update : take(records)) {
            channel(sender, "row " + update.rowKey()).add(update);
        }
        Queue<StreamRecord<ReferenceUpdate>> side =
                records.getSideOutput(RecordVersions.REFERENCES);
        while (side != null && !side.isEmpty()) {
            ReferenceUpdate update = side.poll().getValue();
            channel(sender, "target " + update.targetKey()).add(update);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            step();
        }
    }

    private boolean step() throws Exception {
        List<String> waiting =
                channels.keySet().stream().filter(key -> !channels.get(key).isEmpty()).toList();
        if (waiting.isEmpty()) {
            return false;
        }
        Object message = channels.get(waiting.get(random.nextInt(waiting.size()))).poll();
        if (message instanceof ReferenceUpdate update) {
            references.processElement(new StreamRecord<>(update));
            for (RowUpdate link : take(references)) {
                channel(update.targetKey(), "row " + link.rowKey()).add(link);
            }
        } else {
            rows.processElement(new StreamRecord<>((RowUpdate) message));
        }
        if (random.nextInt(5) == 0) {
            flush();
        }
        return true;
    }

    /** Lets everything arrive. */
    void settle() throws Exception {
        while (step()) {
            // Each step may set off more.
        }
        flush();
        records.getOperator().prepareSnapshotPreBarrier(1);
        Queue<StreamRecord<ViewAccount>> side = records.getSideOutput(RecordVersions.ACCOUNTS);
        while (side != null && !side.isEmpty()) {
            accounts.add(side.poll().getValue());
        }
    }

    private void flush() throws Exception {
        rows.getOperator().prepareSnapshotPreBarrier(1);
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

    static <T> List<T> take(KeyedOneInputStreamOperatorTestHarness<?, ?, T> harness) {
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
