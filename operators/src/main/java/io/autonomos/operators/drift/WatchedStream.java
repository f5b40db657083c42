package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.ValueHash;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stream under the mapping version in effect, and what its records say against its baseline.
 *
 * @param source the kind of system
 * @param version the number of the mapping version
 */
record WatchedStream(StreamKey key, String source, CompiledMapping mapping, int version) {

    /** Fewer samples than these show nothing. */
    private static final int FEWEST = 3;

    /**
     * The gravest that samples show which lost nothing, or null. The last ones are looked at by
     * themselves, too: those from before a change hide what it took away.
     */
    Incident ofSamples(
            StreamBaseline baseline, List<Sampled> samples, SchemaMatcher matcher, Instant at) {
        Incident gravest = null;
        for (int last = samples.size(); last >= FEWEST; last /= 2) {
            List<Sampled> some = samples.subList(samples.size() - last, samples.size());
            Incident each = look(baseline, some, matcher, at);
            if (gravest == null || (each != null && rank(each) < rank(gravest))) {
                gravest = each;
            }
        }
        return gravest;
    }

    private static int rank(Incident incident) {
        int severity = DriftClassifier.SEVERITIES.indexOf(incident.event().severity());
        return incident.holdsRecords() ? severity - DriftClassifier.SEVERITIES.size() : severity;
    }

    private Incident look(
            StreamBaseline baseline, List<Sampled> samples, SchemaMatcher matcher, Instant at) {
        DriftDetector detector = detector(baseline, DriftSettings.OF_SAMPLES, matcher);
        samples.forEach(each -> detector.observe(each.fields(), each.result(), List.of(), at));
        return detector.incident(at);
    }

    /** A sample taken apart. */
    record Sampled(RawRecord raw, RecordFields fields, MappingRun.Result result) {}

    /** Takes samples apart. */
    List<Sampled> read(List<RawRecord> samples) {
        MappingRun run = new MappingRun(target());
        List<Sampled> read = new ArrayList<>();
        samples.forEach(raw -> read.add(new Sampled(raw, fields(raw), run.add(raw))));
        return read;
    }

    /** What records show that lost something, or null. */
    Incident ofLoss(
            StreamBaseline baseline,
            List<ParkedRecord> records,
            SchemaMatcher matcher,
            Instant at) {
        DriftDetector detector = detector(baseline, DriftSettings.DEFAULT, matcher);
        MappingRun run = new MappingRun(target());
        for (ParkedRecord each : records) {
            RawRecord raw = each.record();
            detector.observe(fields(raw), run.add(raw), each.lost(), at);
        }
        return detector.incident(at);
    }

    private DriftDetector detector(
            StreamBaseline baseline, DriftSettings settings, SchemaMatcher matcher) {
        return new DriftDetector(key, source, mapping, version, baseline, settings, matcher);
    }

    /** The baseline, to go on with under this mapping. */
    MovingBaseline moving(StreamBaseline baseline) {
        return new MovingBaseline(baseline, mapping, target());
    }

    /** What records that drifted under an older version still lack under this one. */
    List<ParkedRecord> checkAgain(StreamBaseline baseline, List<ParkedRecord> records) {
        RecordCheck check = new RecordCheck(mapping.plan(), baseline);
        MappingRun run = new MappingRun(target());
        List<ParkedRecord> checked = new ArrayList<>();
        for (ParkedRecord each : records) {
            RawRecord raw = each.record();
            Set<String> lost = check.lost(fields(raw), run.add(raw));
            checked.add(new ParkedRecord(raw, each.recordId(), List.copyOf(lost), each.at()));
        }
        return checked;
    }

    /** The same for records with the same fields of the same types. */
    long shape(RawRecord raw) {
        return shape(fields(raw));
    }

    /** The same for the fields of a record. */
    static long shape(RecordFields fields) {
        long shape = 0;
        for (RecordFields.Leaf leaf : fields.leaves().values()) {
            shape += ValueHash.ofText(leaf.path().toString() + ' ' + leaf.type());
        }
        return shape;
    }

    RecordFields fields(RawRecord raw) {
        return RecordFields.of(raw.value(), mapping.mapping().each());
    }

    private StreamTarget target() {
        return new StreamTarget(key, source, mapping.plan(), version);
    }
}
