package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.registry.MappingCache;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Watches each stream against its baseline. Takes observations; tells what drifted on {@link
 * #DRIFTS}, once per change and again with the final count, and asks for a repair where records
 * wait for one or values mean something else.
 *
 * <p>Samples are compared with the baseline in windows and then become part of it. Records that
 * lost a mapped field are collected for a short time first. While they wait the baseline stands
 * still; it moves when observations come under a higher mapping version.
 *
 * <p>State per {@link StreamKey}: what {@link DriftState} lists. Timers: one per stream, for the
 * end of the collecting and of a comparison beside the task, of which {@link Looks} tells.
 */
public final class DetectDrift extends KeyedProcessFunction<StreamKey, Observation, RepairTask> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DriftEvent> DRIFTS =
            new OutputTag<>("drifts", MessageType.of(DriftEvent.class));

    /** From so many records on a baseline is worth comparing samples with. */
    private static final int LEARNT = 20;

    private static final int CONFIRMS = DriftSettings.DEFAULT.confirmRecords();

    /** How often records that drifted are looked at again because their number has doubled. */
    private static final int MOST_LOOKS = 6;

    /** After so many windows a change in meaning that nobody settled is what is normal. */
    private static final int PATIENCE = 10;

    /** How often a comparison that runs beside the task is looked after. */
    private static final long POLL_MS = 20;

    /** How many times the collecting time another repair of a stream waits for the last one. */
    private static final int LATER = 10;

    private final DetectSettings settings;

    private transient DriftState state;
    private transient MappingCache mappings;
    private transient SchemaMatcher matcher;
    private transient DriftMetrics metrics;
    private transient Looks looks;
    private transient Incidents told;

    /** A stage with these settings. */
    public DetectDrift(DetectSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        state = new DriftState(getRuntimeContext());
        mappings = new MappingCache();
        matcher = SchemaMatcher.shipped();
        looks = new Looks();
        metrics = new DriftMetrics();
        metrics.register(getRuntimeContext().getMetricGroup());
        told = new Incidents(state, metrics, settings);
    }

    @Override
    public void processElement(Observation seen, Context context, Collector<RepairTask> out)
            throws Exception {
        metrics.observations.inc();
        Standing standing = state.standing();
        CompiledMapping mapping = mappings.get(seen.key(), seen.source(), seen.mapping());
        if (mapping == null || seen.mappingVersion() < standing.mappingVersion) {
            return; // the version does not compile, or is not the one in effect any more
        }
        WatchedStream stream =
                new WatchedStream(seen.key(), seen.source(), mapping, seen.mappingVersion());
        Turn turn = new Turn(stream, standing, context, out);
        if (seen.mappingVersion() > standing.mappingVersion) {
            boolean first = standing.mappingVersion == 0;
            standing.mappingVersion = seen.mappingVersion();
            looks.drop(seen.key());
            state.writeMapping(seen.source(), seen.mapping());
            if (!first) {
                settle(turn);
            }
        }
        if (seen.lost().isEmpty()) {
            sample(seen, turn);
        } else {
            lost(seen, turn);
        }
        state.write(standing);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RepairTask> out)
            throws Exception {
        Standing standing = state.standing();
        if (timestamp != standing.timer) {
            return;
        }
        standing.timer = 0;
        StreamKey key = context.getCurrentKey();
        CompiledMapping mapping = mappings.get(key, state.source(), state.mapping());
        if (mapping != null) {
            WatchedStream stream =
                    new WatchedStream(key, state.source(), mapping, standing.mappingVersion);
            Turn turn = new Turn(stream, standing, context, out);
            Look done = looks.done(key);
            if (done != null) {
                settle(done, turn);
            } else if (looks.isUnderWay(key)) {
                lookIn(POLL_MS, turn);
            } else if (standing.confirmed) {
                lookAtLoss(turn);
            } else if (standing.samples >= CONFIRMS && !standing.suspect) {
                lookAtSamples(turn);
            }
        }
        state.write(standing);
    }

    /** The earliest timer counts; others that were set do nothing. */
    private void lookIn(long millis, Turn turn) {
        long due = turn.now() + millis;
        if (turn.standing().timer == 0 || due < turn.standing().timer) {
            turn.standing().timer = due;
            turn.context().timerService().registerProcessingTimeTimer(turn.standing().timer);
        }
    }

    private void sample(Observation seen, Turn turn) throws Exception {
        Standing standing = turn.standing();
        if (standing.confirmed) {
            if (standing.parked == 0 || seen.parked() > 0) {
                return; // the baseline stands still
            }
            end(turn); // none waits any more: they were given up
        }
        if (standing.suspect) {
            standing.ignored++;
            if (standing.ignored < PATIENCE * settings.window()) {
                return;
            }
            settle(turn);
        }
        state.addSample(seen.record(), standing);
        standing.odd += state.isKnownShape(turn.stream().shape(seen.record())) ? 0 : 1;
        if (standing.samples >= settings.window()) {
            lookAtSamples(turn);
        } else if (standing.learned >= LEARNT && isWorthALook(standing.odd)) {
            lookIn(settings.collectTime().toMillis(), turn);
        }
    }

    /** Few looks for each window, since one costs as much as many samples do. */
    private boolean isWorthALook(int odd) {
        return odd == CONFIRMS || odd == settings.window() / 4 || odd == settings.window() / 2;
    }

    private void lookAtSamples(Turn turn) throws Exception {
        if (!looks.isUnderWay(turn.stream().key())) {
            begin(Look.atSamples(turn, matcher, state.baseline(), state.samples()), turn);
        }
    }

    /** A wide comparison runs beside the task: other streams must not wait for it. */
    private void begin(Look look, Turn turn) throws Exception {
        boolean isLearnt = look.baseline().source().records() >= LEARNT;
        if (isLearnt && look.isWide()) {
            looks.begin(turn.stream().key(), look, isLearnt);
            lookIn(POLL_MS, turn);
        } else {
            settle(look.run(isLearnt), turn);
        }
    }

    private void settle(Look look, Turn turn) throws Exception {
        if (look.isOfLoss()) {
            settleLoss(look, turn);
        } else {
            settleSamples(look, turn);
        }
    }

    private void settleSamples(Look look, Turn turn) throws Exception {
        Incident incident = look.incident();
        boolean isNew = incident != null && told.tell(incident.event(), turn);
        if (incident != null && incident.holdsRecords()) {
            turn.standing().suspect = true;
            told.open(incident.event());
            if (isNew) {
                told.ask(incident, look.samples(), turn);
            }
        } else if (look.samples().size() >= settings.window()) {
            learn(look, incident == null ? List.of() : incident.event().changes(), turn);
        }
    }

    /** Samples become part of the baseline. */
    private void learn(Look look, List<DriftEvent.Change> changes, Turn turn) throws Exception {
        MovingBaseline baseline = turn.stream().moving(look.baseline());
        baseline.accept(changes, Set.of());
        Set<Long> shapes = new HashSet<>();
        for (WatchedStream.Sampled each : look.read()) {
            baseline.add(each.raw(), each.fields());
            shapes.add(WatchedStream.shape(each.fields()));
        }
        state.addShapes(shapes);
        write(baseline, turn);
        state.dropSamples(look.samples().size(), turn.standing());
    }

    private void write(MovingBaseline baseline, Turn turn) throws Exception {
        looks.drop(turn.stream().key());
        state.write(baseline.get());
        turn.standing().learned = baseline.records();
    }

    private void lost(Observation seen, Turn turn) throws Exception {
        Standing standing = turn.standing();
        standing.since = standing.drifted == 0 ? turn.now() : standing.since;
        standing.drifted++;
        standing.parked = Math.max(standing.parked, seen.parked());
        state.addDrifted(
                new ParkedRecord(seen.record(), null, seen.lost(), turn.now()), standing, settings);
        state.countLost(seen.lost());
        if (seen.confirmed() && !standing.confirmed) {
            standing.confirmed = true;
            learnOldForm(turn);
        }
        long soon = settings.collectTime().toMillis();
        if (!standing.confirmed) {
            return;
        }
        if (standing.looks == 0 && standing.kept >= settings.collectRecords()) {
            lookAtLoss(turn);
        } else if (standing.looks == 0 || isUnanswered(seen.lost())) {
            lookIn(soon, turn);
        } else if (standing.looks < MOST_LOOKS && standing.drifted >= 2 * standing.driftedAtLook) {
            lookIn(LATER * soon, turn); // the repair that was asked for may be under way
        }
    }

    private boolean isUnanswered(List<String> lost) throws Exception {
        for (String field : lost) {
            if (state.isUnanswered(field, CONFIRMS)) {
                return true;
            }
        }
        return false;
    }

    /** What came before the drift is learnt yet, but not what may have come with it. */
    private void learnOldForm(Turn turn) throws Exception {
        if (turn.standing().suspect) {
            return;
        }
        MovingBaseline baseline = turn.stream().moving(state.baseline());
        boolean all = baseline.records() < LEARNT;
        for (RawRecord raw : state.samples()) {
            if (all || baseline.knows(raw)) {
                baseline.add(raw);
            }
        }
        write(baseline, turn);
        state.clearSamples(turn.standing());
    }

    private void lookAtLoss(Turn turn) throws Exception {
        if (looks.isUnderWay(turn.stream().key())) {
            return;
        }
        StreamBaseline baseline = state.baseline();
        DriftGroups groups = new DriftGroups(turn.stream().mapping(), baseline, state.drifted());
        List<ParkedRecord> group = groups.first(CONFIRMS, state.unanswered());
        if (!group.isEmpty()) {
            begin(Look.atLoss(turn, matcher, baseline, group, groups.size()), turn);
        }
    }

    private void settleLoss(Look look, Turn turn) throws Exception {
        Standing standing = turn.standing();
        Incident incident = look.incident();
        if (incident == null) {
            return; // the next record tells more
        }
        List<ParkedRecord> group = look.group();
        standing.looks++;
        standing.driftedAtLook = look.drifted();
        long count =
                look.groups() == 1 ? Math.max(standing.drifted, standing.parked) : group.size();
        DriftEvent event =
                incident.event().seen(count, Instant.ofEpochMilli(standing.since), turn.at());
        told.tell(event, turn);
        told.open(event);
        if (incident.holdsRecords()) {
            List<RawRecord> records = group.stream().map(ParkedRecord::record).toList();
            told.ask(
                    new Incident(event, incident.findings(), incident.lost(), incident.suspect()),
                    records,
                    turn);
            Set<String> asked = new HashSet<>(incident.lost());
            group.forEach(each -> asked.addAll(each.lost()));
            state.answer(asked);
        }
        boolean more = look.groups() > 1 || standing.drifted > look.drifted();
        if (more && !state.unanswered().isEmpty()) {
            lookIn(LATER * settings.collectTime().toMillis(), turn);
        }
    }

    /** Another mapping is in effect: what it mends is part of the baseline from now on. */
    private void settle(Turn turn) throws Exception {
        List<ParkedRecord> drifted = state.drifted();
        List<DriftEvent> events = state.events();
        if (drifted.isEmpty() && events.isEmpty()) {
            return;
        }
        StreamBaseline before = state.baseline();
        List<ParkedRecord> checked = turn.stream().checkAgain(before, drifted);
        List<ParkedRecord> still = checked.stream().filter(p -> !p.lost().isEmpty()).toList();
        Set<String> broken = new HashSet<>();
        still.forEach(each -> broken.addAll(each.lost()));
        MovingBaseline baseline = turn.stream().moving(before);
        events.forEach(event -> baseline.accept(event.changes(), broken));
        List<RawRecord> mended =
                checked.stream()
                        .filter(each -> each.lost().isEmpty())
                        .map(ParkedRecord::record)
                        .toList();
        if (events.isEmpty()) {
            sampleAgain(mended, turn);
        } else {
            mended.forEach(baseline::add);
        }
        if (turn.standing().suspect) {
            state.samples().forEach(baseline::add);
            state.clearSamples(turn.standing());
            turn.standing().suspect = false;
        }
        write(baseline, turn);
        if (still.isEmpty()) {
            end(turn);
        } else {
            goOn(still, broken, turn);
        }
    }

    /** What was mended before anything of it was told is compared as samples are. */
    private void sampleAgain(List<RawRecord> mended, Turn turn) throws Exception {
        for (RawRecord each : mended) {
            state.addSample(each, turn.standing());
        }
        lookIn(settings.collectTime().toMillis(), turn);
    }

    /** Only some of what drifted is settled. */
    private void goOn(List<ParkedRecord> still, Set<String> broken, Turn turn) throws Exception {
        Standing standing = turn.standing();
        state.writeDrifted(still, standing);
        state.keepLost(broken);
        standing.drifted = still.size();
        standing.driftedAtLook = still.size();
        if (standing.confirmed && !state.unanswered().isEmpty()) {
            lookIn(settings.collectTime().toMillis(), turn);
        }
    }

    private void end(Turn turn) throws Exception {
        looks.drop(turn.stream().key());
        told.end(turn);
    }

    @Override
    public void close() {
        if (looks != null) {
            looks.close();
        }
    }
}
