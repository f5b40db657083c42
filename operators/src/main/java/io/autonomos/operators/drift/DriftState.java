package io.autonomos.operators.drift;

import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.ValueHash;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.types.MessageType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * All state of the detecting stage; every method concerns the current key.
 *
 * <p>Per stream: its {@link Standing}; the baseline; the source, and the content of the mapping
 * version in effect; samples that are not part of the baseline yet; records that drifted, bounded
 * in number and size; how often each canonical field was lost; the events of the open incident;
 * which changes were told; the shapes of the baseline's records. None of it lapses: a stream that
 * was silent for a year is still compared with what it was.
 */
final class DriftState {

    // State names are part of the savepoint format: never rename one.
    static final String STANDING_STATE = "standing";
    static final String BASELINE_STATE = "baseline";
    static final String SOURCE_STATE = "source";
    static final String MAPPING_STATE = "mapping";
    static final String SAMPLES_STATE = "samples";
    static final String DRIFTED_STATE = "drifted";
    static final String LOST_STATE = "lost";
    static final String EVENTS_STATE = "events";
    static final String TOLD_STATE = "told";
    static final String SHAPES_STATE = "shapes";

    /** What a lost field's count is replaced by once a repair was asked for. */
    private static final long ANSWERED = -1;

    private static final int MOST_TOLD = 1_024;
    private static final int MOST_EVENTS = 16;
    private static final int MOST_SHAPES = 256;

    private final transient ValueState<long[]> standing;
    private final transient ValueState<byte[]> baseline;
    private final transient ValueState<String> source;
    private final transient ValueState<String> mapping;
    private final transient ListState<RawRecord> samples;
    private final transient ListState<ParkedRecord> drifted;
    private final transient MapState<String, Long> lost;
    private final transient MapState<String, DriftEvent> events;
    private final transient ValueState<long[]> told;
    private final transient ValueState<long[]> shapes;

    DriftState(RuntimeContext context) {
        TypeInformation<long[]> numbers = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
        standing = context.getState(new ValueStateDescriptor<>(STANDING_STATE, numbers));
        baseline =
                context.getState(
                        new ValueStateDescriptor<>(
                                BASELINE_STATE,
                                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        source = context.getState(new ValueStateDescriptor<>(SOURCE_STATE, Types.STRING));
        mapping = context.getState(new ValueStateDescriptor<>(MAPPING_STATE, Types.STRING));
        samples =
                context.getListState(
                        new ListStateDescriptor<>(
                                SAMPLES_STATE, TypeInformation.of(RawRecord.class)));
        drifted =
                context.getListState(
                        new ListStateDescriptor<>(
                                DRIFTED_STATE, TypeInformation.of(ParkedRecord.class)));
        lost = context.getMapState(new MapStateDescriptor<>(LOST_STATE, Types.STRING, Types.LONG));
        events =
                context.getMapState(
                        new MapStateDescriptor<>(
                                EVENTS_STATE, Types.STRING, MessageType.of(DriftEvent.class)));
        told = context.getState(new ValueStateDescriptor<>(TOLD_STATE, numbers));
        shapes = context.getState(new ValueStateDescriptor<>(SHAPES_STATE, numbers));
    }

    Standing standing() throws Exception {
        return Standing.of(standing.value());
    }

    void write(Standing now) throws Exception {
        standing.update(now.toState());
    }

    byte[] baselineBytes() throws Exception {
        byte[] bytes = baseline.value();
        return bytes == null ? StreamBaseline.empty().toBytes() : bytes;
    }

    StreamBaseline baseline() throws Exception {
        byte[] bytes = baseline.value();
        return bytes == null ? StreamBaseline.empty() : StreamBaseline.of(bytes);
    }

    void write(StreamBaseline now) throws Exception {
        baseline.update(now.toBytes());
    }

    /** The content of the mapping version in effect, or null for a shipped mapping. */
    String mapping() throws Exception {
        return mapping.value();
    }

    /** The kind of system whose records the stream has. */
    String source() throws Exception {
        return source.value();
    }

    void writeMapping(String ofSource, String content) throws Exception {
        source.update(ofSource);
        mapping.update(content);
    }

    void addSample(RawRecord record, Standing now) throws Exception {
        samples.add(record);
        now.samples++;
    }

    List<RawRecord> samples() throws Exception {
        return list(samples.get());
    }

    void clearSamples(Standing now) {
        samples.clear();
        now.samples = 0;
        now.odd = 0;
    }

    /** Keeps those samples only that came after the first ones, which are part of the baseline. */
    void dropSamples(int first, Standing now) throws Exception {
        List<RawRecord> all = samples();
        clearSamples(now);
        if (all.size() > first) {
            samples.update(all.subList(first, all.size()));
            now.samples = all.size() - first;
        }
    }

    /** Keeps a record that drifted, in the place of one in the middle where there are too many. */
    void addDrifted(ParkedRecord record, Standing now, DetectSettings settings) throws Exception {
        long size = size(record);
        if (now.keptBytes + size > settings.mostBytes()) {
            return;
        }
        drifted.add(record);
        now.kept++;
        now.keptBytes += size;
        if (now.kept > settings.mostRecords() + settings.mostRecords() / 2) {
            // The first ones show how it began, the last ones what the stream is like now.
            List<ParkedRecord> all = drifted();
            int first = settings.mostRecords() / 4;
            int last = settings.mostRecords() - first;
            List<ParkedRecord> some = new ArrayList<>(all.subList(0, first));
            some.addAll(all.subList(all.size() - last, all.size()));
            writeDrifted(some, now);
        }
    }

    List<ParkedRecord> drifted() throws Exception {
        return list(drifted.get());
    }

    void writeDrifted(List<ParkedRecord> records, Standing now) throws Exception {
        drifted.update(records);
        now.kept = records.size();
        now.keptBytes = records.stream().mapToLong(DriftState::size).sum();
    }

    private static long size(ParkedRecord record) {
        byte[] value = record.record().value();
        return 64L + (value == null ? 0 : value.length);
    }

    /** Counts the fields that a record lost. */
    void countLost(List<String> fields) throws Exception {
        for (String field : fields) {
            Long count = lost.get(field);
            if (count == null || count != ANSWERED) {
                lost.put(field, count == null ? 1 : count + 1);
            }
        }
    }

    /** Whether a field was lost so often, and no repair was asked for. */
    boolean isUnanswered(String field, long least) throws Exception {
        Long count = lost.get(field);
        return count != null && count >= least;
    }

    /** The fields that were lost and that no repair was asked for. */
    Set<String> unanswered() throws Exception {
        Set<String> fields = new HashSet<>();
        for (Map.Entry<String, Long> each : lost.entries()) {
            if (each.getValue() != ANSWERED) {
                fields.add(each.getKey());
            }
        }
        return fields;
    }

    void answer(Set<String> fields) throws Exception {
        for (String field : fields) {
            lost.put(field, ANSWERED);
        }
    }

    /** Forgets what was lost but for these fields. */
    void keepLost(Set<String> fields) throws Exception {
        Map<String, Long> kept = new HashMap<>();
        for (Map.Entry<String, Long> each : lost.entries()) {
            if (fields.contains(each.getKey())) {
                kept.put(each.getKey(), each.getValue());
            }
        }
        lost.clear();
        lost.putAll(kept);
    }

    List<DriftEvent> events() throws Exception {
        return list(events.values());
    }

    void addEvent(DriftEvent event) throws Exception {
        if (events.contains(event.id()) || list(events.keys()).size() < MOST_EVENTS) {
            events.put(event.id(), event);
        }
    }

    /** Notes the changes of an event; returns whether one of them is new. */
    boolean tell(DriftEvent event) throws Exception {
        Set<Long> now = new HashSet<>();
        event.changes().forEach(change -> now.add(ValueHash.ofText(change.toString())));
        return add(told, now, MOST_TOLD);
    }

    /** Whether records of a shape are part of the baseline. */
    boolean isKnownShape(long shape) throws Exception {
        long[] known = shapes.value();
        return known != null && Arrays.stream(known).anyMatch(each -> each == shape);
    }

    void addShapes(Set<Long> more) throws Exception {
        add(shapes, more, MOST_SHAPES);
    }

    /** Adds numbers, in the place of the oldest where there are too many. */
    private static boolean add(ValueState<long[]> numbers, Set<Long> more, int most)
            throws Exception {
        long[] before = numbers.value();
        Set<Long> known = new LinkedHashSet<>();
        for (long each : before == null ? new long[0] : before) {
            known.add(each);
        }
        if (known.containsAll(more)) {
            return false;
        }
        known.addAll(more);
        long[] all = known.stream().mapToLong(Long::longValue).toArray();
        numbers.update(Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length));
        return true;
    }

    /** The incident is over. */
    void endIncident() {
        drifted.clear();
        lost.clear();
        events.clear();
        told.clear();
    }

    private static <T> List<T> list(Iterable<T> all) {
        List<T> list = new ArrayList<>();
        if (all != null) {
            all.forEach(list::add);
        }
        return list;
    }
}
