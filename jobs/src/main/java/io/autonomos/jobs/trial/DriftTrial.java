package io.autonomos.jobs.trial;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.RecordIds;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.operators.drift.DriftDetector;
import io.autonomos.operators.drift.DriftSettings;
import io.autonomos.operators.repair.Repair;
import io.autonomos.operators.repair.RepairPlanner;
import io.autonomos.operators.repair.RepairSettings;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What would become of records after a change: which pass, which are parked, what drifted, which
 * repairs are proposed, and what is released once those are in effect that may be.
 */
public final class DriftTrial {

    private final StreamKey key;
    private final String source;
    private final CompiledMapping mapping;
    private final int version;
    private final boolean acceptReviews;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Waiting> parked = new ArrayList<>();
    private final Set<Repair> accepted = new LinkedHashSet<>();
    private List<Repair> repairs = List.of();
    private Incident incident;
    private int records;

    /**
     * What became of one record.
     *
     * @param events its canonical events; none and no fault: it is filtered
     * @param fault why it is a dead letter, or null
     * @param released whether it was parked before
     */
    public record Outcome(
            RawRecord raw, List<CanonicalEvent> events, Fault fault, boolean released) {}

    /**
     * A record that waits.
     *
     * @param id its record id, or null
     * @param lost the canonical fields that it has lost; none where it waits for an earlier one
     */
    public record Waiting(RawRecord raw, String id, Set<String> lost) {}

    private record Read(RawRecord raw, RecordFields fields, MappingRun.Result result) {}

    /**
     * A trial of a mapping.
     *
     * @param acceptReviews whether proposals that ask a person are accepted
     */
    public DriftTrial(
            StreamKey key,
            String source,
            CompiledMapping mapping,
            int version,
            boolean acceptReviews) {
        this.key = key;
        this.source = source;
        this.mapping = mapping;
        this.version = version;
        this.acceptReviews = acceptReviews;
    }

    /** Runs the stages over the records from before and after the change. */
    public void run(List<RawRecord> before, List<RawRecord> after, Instant at) {
        MappingRun run = new MappingRun(target(mapping, version));
        StreamSchema schema = new StreamSchema();
        for (RawRecord raw : before) {
            Read read = read(raw, run);
            if (!read.fields().leaves().isEmpty() && !read.result().isDelete()) {
                schema.add(read.result().recordId(), read.fields());
            }
        }
        StreamBaseline baseline = run.baseline(schema);
        DriftDetector detector =
                new DriftDetector(
                        key,
                        source,
                        mapping,
                        version,
                        baseline,
                        DriftSettings.DEFAULT,
                        SchemaMatcher.shipped());
        MappingRun current = new MappingRun(target(mapping, version));
        List<Read> reads = new ArrayList<>();
        for (RawRecord raw : after) {
            Read read = read(raw, current);
            reads.add(read);
            detector.observe(read.fields(), read.result(), at);
        }
        records = reads.size();
        incident = detector.incident(at);
        part(reads, detector, baseline);
        if (!parked.isEmpty()) {
            List<RawRecord> waiting = parked.stream().map(Waiting::raw).toList();
            repairs =
                    new RepairPlanner(mapping, version, baseline, RepairSettings.shipped())
                            .plan(incident, waiting, waiting.size(), at);
            release();
        }
    }

    private Read read(RawRecord raw, MappingRun run) {
        RecordFields fields =
                raw.fault() == null
                        ? RecordFields.of(raw.value(), mapping.mapping().each())
                        : RecordFields.of(new byte[0]);
        return new Read(raw, fields, run.add(raw));
    }

    private StreamTarget target(CompiledMapping compiled, int number) {
        return new StreamTarget(key, source, compiled.plan(), number);
    }

    /** Lets through what can be read, and parks the rest with all later records of its ids. */
    private void part(List<Read> reads, DriftDetector detector, StreamBaseline baseline) {
        boolean holds = incident != null && incident.holdsRecords();
        List<SourcePath> instead = holds ? incident.findings().cameInstead() : List.of();
        List<RecordFields> fields = reads.stream().map(Read::fields).toList();
        RecordIds ids = new RecordIds(mapping, baseline, fields);
        Set<String> waitingIds = new HashSet<>();
        for (Read read : reads) {
            Set<String> lost = new LinkedHashSet<>();
            String id = read.result().recordId();
            if (holds) {
                lost.addAll(
                        detector.check()
                                .lost(read.fields(), read.result(), incident.lost(), instead));
                lost.retainAll(incident.lost());
                incident.suspect().stream()
                        .filter(read.result().present()::contains)
                        .forEach(lost::add);
                id = ids.of(id, read.fields());
            }
            if (!lost.isEmpty() || (id != null && waitingIds.contains(id))) {
                parked.add(new Waiting(read.raw(), id, lost));
                if (id != null) {
                    waitingIds.add(id);
                }
            } else {
                add(read.raw(), read.result().translation(), false);
            }
        }
    }

    private void add(RawRecord raw, Translation translation, boolean released) {
        List<CanonicalEvent> events = List.copyOf(translation.events());
        outcomes.add(new Outcome(raw, events, translation.fault(), released));
    }

    private void release() {
        CompiledMapping now = null;
        int number = version;
        Set<String> mended = new HashSet<>();
        for (Repair repair : repairs) {
            boolean allowed = repair.appliesUnasked() || (acceptReviews && repair.isAsked());
            if (allowed && repair.mapping() != null) {
                accepted.add(repair);
                now = repair.mapping();
                number = repair.version();
                repair.proposal().changes().forEach(change -> mended.add(change.field()));
            }
        }
        if (now == null) {
            return;
        }
        Translator translator = new Translator(ScanLimits.DEFAULT);
        StreamTarget target = target(now, number);
        List<Waiting> still = new ArrayList<>();
        Set<String> waitingIds = new HashSet<>();
        for (Waiting each : parked) {
            boolean waits = each.id() != null && waitingIds.contains(each.id());
            if (waits || !mended.containsAll(each.lost())) {
                still.add(each);
                if (each.id() != null) {
                    waitingIds.add(each.id());
                }
            } else {
                add(each.raw(), translator.translate(each.raw(), target), true);
            }
        }
        parked.clear();
        parked.addAll(still);
    }

    /** What drifted, or null. */
    public Incident incident() {
        return incident;
    }

    /** The proposals. */
    public List<Repair> repairs() {
        return repairs;
    }

    /** Whether a proposal took effect. */
    public boolean isAccepted(Repair repair) {
        return accepted.contains(repair);
    }

    /** What became of the records that do not wait, in the order in which it happened. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** The records that still wait, in order. */
    public List<Waiting> parked() {
        return parked;
    }

    /** How many records came after the change. */
    public int in() {
        return records;
    }

    /** How many records became canonical events. */
    public long canonical() {
        return outcomes.stream().filter(each -> !each.events().isEmpty()).count();
    }

    /** How many records are dead letters. */
    public long deadLettered() {
        return outcomes.stream().filter(each -> each.fault() != null).count();
    }

    /** How many records are left out on purpose. */
    public long filtered() {
        return outcomes.size() - canonical() - deadLettered();
    }

    /** How many records were parked and then released. */
    public long released() {
        return outcomes.stream().filter(Outcome::released).count();
    }
}
