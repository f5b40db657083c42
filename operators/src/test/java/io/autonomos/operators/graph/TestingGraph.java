package io.autonomos.operators.graph;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.FieldSources;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The stage in a harness, and the graphs that its changes make. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
final class TestingGraph implements AutoCloseable {

    static final StreamKey ACME = new StreamKey("acme", "sf-prod", "Account");

    private final KeyedOneInputStreamOperatorTestHarness<String, StreamFacts, GraphChange> stage;
    private final Map<String, Object> parts = new TreeMap<>();
    private long checkpoints;

    TestingGraph() throws Exception {
        this(null);
    }

    TestingGraph(OperatorSubtaskState from) throws Exception {
        stage =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new GraphKeeper(), StreamFacts::tenant, Types.STRING);
        stage.setup(
                MessageType.of(GraphChange.class)
                        .createSerializer(stage.getExecutionConfig().getSerializerConfig()));
        if (from != null) {
            stage.initializeState(from);
        }
        stage.open();
    }

    void send(StreamFacts... news) throws Exception {
        for (StreamFacts each : news) {
            stage.processElement(new StreamRecord<>(each));
        }
    }

    /** Draws a checkpoint; returns what changed. */
    List<GraphChange> checkpoint() throws Exception {
        stage.getOperator().prepareSnapshotPreBarrier(++checkpoints);
        List<GraphChange> changes = new ArrayList<>(stage.extractOutputValues());
        stage.getOutput().clear();
        for (GraphChange each : changes) {
            String key = each.tenant() + " " + each.part() + " " + each.id();
            if (each.isDelete()) {
                parts.remove(key);
            } else {
                parts.put(key, each.body());
            }
        }
        return changes;
    }

    OperatorSubtaskState snapshot() throws Exception {
        return stage.snapshot(checkpoints, checkpoints);
    }

    /** All nodes and edges as the changes so far left them, by tenant, kind and id. */
    Map<String, Object> parts() {
        return parts;
    }

    static StreamFacts received(StreamKey key, String source, long in, long at) {
        return StreamFacts.of(
                new LedgerEntry(key, source, "account", in, in - 1, 0, 0, 1, in - 1, at));
    }

    static StreamFacts made(StreamKey key, String source, long applied, long at) {
        return StreamFacts.of(
                ViewAccount.of(
                        key, source, "account", applied, applied, 0, 0, Instant.ofEpochMilli(at)));
    }

    static StreamFacts mapped(StreamKey key, String source, String entity, int version, long at) {
        return StreamFacts.of(
                new MappingInEffect(
                        key.tenant(),
                        key.connection(),
                        source,
                        key.stream(),
                        entity,
                        source + "-" + entity,
                        version,
                        version > 1 ? "repair" : MappingInEffect.SHIPPED,
                        version > 1 ? 0.91 : 1,
                        List.of(new FieldSources("name", List.of("Name"))),
                        Instant.ofEpochMilli(at)));
    }

    @Override
    public void close() throws Exception {
        stage.close();
    }
}
