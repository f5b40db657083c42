package io.autonomos.operators.canonicalize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import io.autonomos.schemas.types.StreamKeySerializer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.MultipleInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedMultiInputStreamOperatorTestHarness;

/** The translating stage's operator in Flink's harness. */
@SuppressWarnings("try") // closing can be interrupted
final class CanonicalizerHarness
        extends KeyedMultiInputStreamOperatorTestHarness<StreamKey, CanonicalEvent> {

    static final int GROUPS = 128;
    static final int RECORDS = 0;
    static final int VERSIONS = 1;
    static final int CONTROLS = 2;

    CanonicalizerHarness(
            CanonicalizeSettings settings, RegistryReader registry, int subtasks, int subtask)
            throws Exception {
        super(new Canonicalizer.Factory(settings, registry), GROUPS, subtasks, subtask);
        config.setStateKeySerializer(new StreamKeySerializer());
        config.serializeAllConfigs();
        setKeySelector(RECORDS, (KeySelector<RawRecord, StreamKey>) RawRecord::key);
        setKeySelector(VERSIONS, (KeySelector<RegistryMessage, StreamKey>) RegistryMessage::key);
    }

    /** A record of Salesforce, as its system sent it. */
    static StreamRecord<RawRecord> record(StreamKey key, String json, long position, Retry retry) {
        return new StreamRecord<>(
                new RawRecord(
                        key,
                        "salesforce",
                        null,
                        null,
                        0,
                        "t",
                        0,
                        position,
                        null,
                        json.getBytes(StandardCharsets.UTF_8),
                        null,
                        null,
                        null,
                        retry,
                        null));
    }

    Canonicalizer stage() {
        return (Canonicalizer) (MultipleInputStreamOperator<?>) getCastedOperator();
    }

    int stateEntries() {
        HeapKeyedStateBackend<?> backend =
                (HeapKeyedStateBackend<?>) stage().<StreamKey>getKeyedStateBackend();
        return backend.numKeyValueStateEntries();
    }
}
