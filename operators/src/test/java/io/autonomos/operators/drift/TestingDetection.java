package io.autonomos.operators.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The detecting stage alone, with observations as the translating stage would make them. */
@SuppressWarnings("try") // closing can be interrupted
final class TestingDetection implements AutoCloseable {

    static final DetectSettings SETTINGS =
            new DetectSettings(Duration.ofMillis(300), 50, 20, 200, 1 << 22);

    private static final int LEARNT = 40;
    private static final int CONFIRMS = 3;

    private KeyedOneInputStreamOperatorTestHarness<StreamKey, Observation, RepairTask> harness;
    private StreamKey key = TestingStream.KEY;
    private String content = TestingStream.MAPPING;
    private CompiledMapping mapping = compile(content);
    private MappingRun run = run();
    private final StreamSchema schema = new StreamSchema();
    private StreamBaseline learnt;
    private RecordCheck check;
    private int version = 1;
    private int samples;
    private long drifted;
    private long parked;

    TestingDetection() throws Exception {
        open(null);
    }

    private void open(OperatorSubtaskState snapshot) throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new DetectDrift(SETTINGS)),
                        Observation::key,
                        TypeInformation.of(StreamKey.class));
        harness.getExecutionConfig()
                .configure(
                        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
                        TestingDetection.class.getClassLoader());
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
    }

    /** A stage that has seen the first forty records. */
    static TestingDetection learnt() throws Exception {
        return new TestingDetection().send(0, LEARNT, record -> {});
    }

    /** Lets a task die after a checkpoint and another one go on. */
    TestingDetection restart() throws Exception {
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        long now = harness.getProcessingTime();
        harness.close();
        open(snapshot);
        harness.setProcessingTime(now);
        return this;
    }

    TestingDetection send(int from, int to, Consumer<Map<String, Object>> change) throws Exception {
        for (int i = from; i < to; i++) {
            Map<String, Object> record = TestingStream.record(i);
            change.accept(record);
            send(TestingStream.raw(record, i));
        }
        return this;
    }

    private void send(RawRecord raw) throws Exception {
        RecordFields fields = RecordFields.of(raw.value());
        MappingRun.Result result = run.add(raw);
        List<String> lost = List.of();
        if (samples >= LEARNT) {
            if (check == null) {
                learnt = learnt == null ? run.baseline(schema) : learnt;
                check = new RecordCheck(mapping.plan(), learnt);
            }
            lost = List.copyOf(check.lost(fields, result));
        } else {
            schema.add(result.recordId(), fields);
        }
        if (lost.isEmpty()) {
            samples++;
        } else {
            drifted++;
            parked++;
        }
        observe(raw, lost);
    }

    private void observe(RawRecord raw, List<String> lost) throws Exception {
        boolean confirmed = !lost.isEmpty() && drifted >= CONFIRMS;
        Observation seen =
                new Observation(
                        key,
                        "shop",
                        content,
                        version,
                        raw,
                        lost,
                        confirmed,
                        parked,
                        harness.getProcessingTime());
        harness.processElement(new StreamRecord<>(seen));
    }

    /** The translating stage gave up what waited. */
    TestingDetection giveUpParked() {
        parked = 0;
        drifted = 0;
        return this;
    }

    /** Another mapping version is in effect, and what waited is released. */
    TestingDetection use(String newContent) {
        content = newContent;
        version++;
        mapping = compile(content);
        run = run();
        check = null;
        parked = 0;
        drifted = 0;
        return this;
    }

    /** Observations that were under way when the mapping changed. */
    TestingDetection goBack() {
        version--;
        return this;
    }

    TestingDetection pass(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
        return this;
    }

    private MappingRun run() {
        return new MappingRun(new StreamTarget(key, "shop", mapping.plan()));
    }

    private static CompiledMapping compile(String content) {
        return MappingCatalog.compile("things", content.getBytes(UTF_8));
    }

    List<DriftEvent> events() {
        var events = harness.getSideOutput(DetectDrift.DRIFTS);
        return events == null ? List.of() : events.stream().map(StreamRecord::getValue).toList();
    }

    /** Severity and changes of each event. */
    List<String> told() {
        return events().stream().map(TestingDetection::told).toList();
    }

    private static String told(DriftEvent event) {
        StringBuilder told = new StringBuilder(event.severity());
        event.changes()
                .forEach(
                        each ->
                                told.append(' ')
                                        .append(each.kind())
                                        .append(' ')
                                        .append(String.join("+", each.before()))
                                        .append('>')
                                        .append(String.join("+", each.after())));
        return told.toString();
    }

    List<RepairTask> tasks() {
        return harness.extractOutputValues();
    }

    int stateEntries() {
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numProcessingTimeTimers();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
