package io.autonomos.operators.drift;

import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One comparison of a stream with its baseline: a function of what the stream's state held when it
 * began, so that it can run in any thread and be done again.
 */
final class Look {

    /** Pairs of fields that went and came from which on a comparison takes long. */
    private static final long MANY_PAIRS = 100;

    private final WatchedStream stream;
    private final SchemaMatcher matcher;
    private final Instant at;
    private final StreamBaseline baseline;
    private final List<RawRecord> samples;
    private final List<ParkedRecord> group;
    private final int groups;
    private final long drifted;
    private List<WatchedStream.Sampled> read = List.of();
    private Incident incident;

    private Look(
            Turn turn,
            SchemaMatcher matcher,
            StreamBaseline baseline,
            List<RawRecord> samples,
            List<ParkedRecord> group,
            int groups) {
        this.stream = turn.stream();
        this.matcher = matcher;
        this.at = turn.at();
        this.baseline = baseline;
        this.samples = samples;
        this.group = group;
        this.groups = groups;
        this.drifted = turn.standing().drifted;
    }

    /** At samples, none of which lost anything. */
    static Look atSamples(
            Turn turn, SchemaMatcher matcher, StreamBaseline baseline, List<RawRecord> samples) {
        return new Look(turn, matcher, baseline, samples, List.of(), 0);
    }

    /** At records that lost the same, which are one of several groups. */
    static Look atLoss(
            Turn turn,
            SchemaMatcher matcher,
            StreamBaseline baseline,
            List<ParkedRecord> group,
            int groups) {
        return new Look(turn, matcher, baseline, List.of(), group, groups);
    }

    /** Compares. */
    Look run(boolean isLearnt) {
        if (isOfLoss()) {
            incident = stream.ofLoss(baseline, group, matcher, at);
        } else {
            read = stream.read(samples);
            incident = isLearnt ? stream.ofSamples(baseline, read, matcher, at) : null;
        }
        return this;
    }

    /** Whether so many fields went and came that it takes long. */
    boolean isWide() {
        List<RawRecord> records =
                isOfLoss() ? group.stream().map(ParkedRecord::record).toList() : samples;
        if (records.isEmpty()) {
            return false;
        }
        RecordFields last = stream.fields(records.get(records.size() - 1));
        Set<String> came = new HashSet<>(last.leaves().keySet());
        Set<String> went = new TreeSet<>();
        baseline.source().fields().forEach(field -> went.add(field.path().toString()));
        Set<String> known = Set.copyOf(went);
        went.removeAll(came);
        came.removeAll(known);
        return (long) went.size() * came.size() >= MANY_PAIRS;
    }

    boolean isOfLoss() {
        return !group.isEmpty();
    }

    /** What it found, or null. */
    Incident incident() {
        return incident;
    }

    StreamBaseline baseline() {
        return baseline;
    }

    /** The samples it looked at, taken apart. */
    List<WatchedStream.Sampled> read() {
        return read;
    }

    List<RawRecord> samples() {
        return samples;
    }

    List<ParkedRecord> group() {
        return group;
    }

    int groups() {
        return groups;
    }

    /** How many records had drifted when it began. */
    long drifted() {
        return drifted;
    }
}
