package io.autonomos.operators.repair.memory;

import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.types.MessageType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells each repair what is remembered of the changes that it is about, keyed by source and stream
 * name, so that a change of a vendor is known for all its customers.
 *
 * <p>State: by change, its names and types with one verdict of each tenant; by tenant and change,
 * that tenant's own word with the kinds of its values. Both are bounded in number, the oldest go
 * first. A task is told the first of all tenants as counts, and the second of its own tenant only.
 */
public final class RecallRepairs
        extends KeyedCoProcessFunction<String, RepairTask, RepairMemory, RepairTask> {

    private static final long serialVersionUID = 1L;

    // State names are part of the savepoint format: never rename one.
    static final String VOICES_STATE = "voices";
    static final String OWN_STATE = "own-voices";

    private static final int MOST_CHANGES = 1_000;
    private static final int MOST_OWN = 10_000;
    private static final int MOST_TOLD = 200;

    private transient MapState<String, ChangeVoices> voices;
    private transient MapState<String, OwnVoice> own;

    /** What tasks and memories meet by: a source and the name of a stream. */
    public static String key(String source, String stream) {
        return source + '\n' + stream;
    }

    @Override
    public void open(OpenContext context) {
        voices =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        VOICES_STATE,
                                        Types.STRING,
                                        MessageType.of(ChangeVoices.class)));
        own =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        OWN_STATE, Types.STRING, MessageType.of(OwnVoice.class)));
    }

    @Override
    public void processElement1(RepairTask task, Context context, Collector<RepairTask> out)
            throws Exception {
        Set<String> gone = new HashSet<>();
        event(task).changes().forEach(each -> gone.addAll(each.before()));
        List<KnownRepair> known = new ArrayList<>();
        for (Map.Entry<String, ChangeVoices> each : voices.entries()) {
            if (gone.contains(each.getValue().before())) {
                known.add(known(task.key().tenant(), each.getKey(), each.getValue()));
            }
        }
        known.sort(
                Comparator.comparingInt((KnownRepair each) -> each.own() == null ? 1 : 0)
                        .thenComparingInt(each -> -each.voicesFor() - each.voicesAgainst())
                        .thenComparing(KnownRepair::before)
                        .thenComparing(KnownRepair::after));
        List<KnownRepair> told = known.subList(0, Math.min(MOST_TOLD, known.size()));
        out.collect(task.with(task.hints().withKnown(told)));
    }

    private static DriftEvent event(RepairTask task) throws MessageException {
        return MessageJson.read(DriftEvent.class, task.event());
    }

    private KnownRepair known(String tenant, String change, ChangeVoices said) throws Exception {
        OwnVoice mine = own.get(own(tenant, change));
        return new KnownRepair(
                said.before(),
                said.after(),
                said.typeAfter(),
                said.others(tenant, true),
                said.others(tenant, false),
                mine == null ? null : mine.verdict(),
                mine != null && mine.byPerson(),
                mine == null ? Map.of() : mine.kinds());
    }

    @Override
    public void processElement2(RepairMemory said, Context context, Collector<RepairTask> out)
            throws Exception {
        String change = said.before() + '\n' + said.after();
        ChangeVoices before = voices.get(change);
        ChangeVoices first = before == null ? ChangeVoices.of(said) : before;
        put(voices, change, first.with(said), MOST_CHANGES, ChangeVoices::heard);
        put(own, own(said.tenant(), change), OwnVoice.of(said), MOST_OWN, OwnVoice::heard);
    }

    private static String own(String tenant, String change) {
        return ChangeVoices.voice(tenant) + '\n' + change;
    }

    /** Puts one in, in the place of the oldest where there are too many. */
    private static <T> void put(
            MapState<String, T> into, String key, T value, int most, ToLongFunction<T> age)
            throws Exception {
        boolean isNew = !into.contains(key);
        into.put(key, value);
        if (!isNew) {
            return;
        }
        int count = 0;
        Map.Entry<String, T> oldest = null;
        for (Map.Entry<String, T> each : into.entries()) {
            count++;
            boolean older =
                    oldest == null
                            || age.applyAsLong(each.getValue())
                                    < age.applyAsLong(oldest.getValue());
            if (older && !each.getKey().equals(key)) {
                oldest = Map.entry(each.getKey(), each.getValue());
            }
        }
        if (count > most && oldest != null) {
            into.remove(oldest.getKey());
        }
    }
}
