package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.MappingUse;
import io.autonomos.mappings.profile.RecordCheck;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.RecordIds;
import io.autonomos.mappings.profile.Seen;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.mappings.profile.ValueChange;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.DriftEvent.Change;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Watches one stream against its baseline. Takes observations of records and says, once enough of
 * them agree, what drifted; one change makes one incident with a count.
 */
public final class DriftDetector {

    private final StreamKey key;
    private final String source;
    private final CompiledMapping mapping;
    private final MappingUse use;
    private final int mappingVersion;
    private final StreamBaseline baseline;
    private final DriftSettings settings;
    private final SchemaMatcher matcher;
    private final RecordCheck check;

    private final List<Seen> all = new ArrayList<>();
    private final List<Seen> changed = new ArrayList<>();
    private final Map<String, Long> lostBy = new TreeMap<>();
    private final Set<String> given = new HashSet<>();
    private long records;
    private long changedRecords;
    private Instant firstSeen;

    /** A detector for a stream that had this baseline under this mapping. */
    public DriftDetector(
            StreamKey key,
            String source,
            CompiledMapping mapping,
            int mappingVersion,
            StreamBaseline baseline,
            DriftSettings settings,
            SchemaMatcher matcher) {
        this.key = key;
        this.source = source;
        this.mapping = mapping;
        this.use = MappingUse.of(mapping.plan());
        this.mappingVersion = mappingVersion;
        this.baseline = baseline;
        this.settings = settings;
        this.matcher = matcher;
        this.check = new RecordCheck(mapping.plan(), baseline);
    }

    /** The check of single records against the baseline. */
    public RecordCheck check() {
        return check;
    }

    /**
     * Takes one record.
     *
     * @return the canonical fields that it lost, if this is not just one odd record
     */
    public Set<String> observe(RecordFields record, MappingRun.Result result, Instant at) {
        Set<String> lost = check.lost(record, result);
        observe(record, result, lost, at);
        return lost;
    }

    /** Takes one record that is known to have lost these canonical fields. */
    public void observe(
            RecordFields record, MappingRun.Result result, Collection<String> lost, Instant at) {
        records++;
        if (result.isDelete() || record.leaves().isEmpty()) {
            return;
        }
        given.addAll(result.present());
        Seen seen = new Seen(result.recordId(), record);
        keep(all, records, seen);
        if (!lost.isEmpty()) {
            changedRecords++;
            keep(changed, changedRecords, seen);
            lost.forEach(field -> lostBy.merge(field, 1L, Long::sum));
            firstSeen = firstSeen == null ? at : firstSeen;
        }
    }

    private void keep(List<Seen> sample, long count, Seen seen) {
        if (sample.size() < settings.mostSamples()) {
            sample.add(seen);
        } else {
            sample.set((int) (count % settings.mostSamples()), seen);
        }
    }

    /** Whether enough records lost a field that it is no odd record. */
    public boolean isConfirmed() {
        return lostBy.values().stream().anyMatch(this::counts);
    }

    private boolean counts(long lostRecords) {
        return lostRecords >= settings.confirmRecords()
                || lostRecords >= settings.confirmShare() * records;
    }

    /** What drifted so far, or null: nothing that counts. */
    public Incident incident(Instant at) {
        if (records == 0 || baseline.source().records() == 0) {
            return null;
        }
        boolean confirmed = isConfirmed();
        List<Seen> sample = RecordIds.identify(mapping, baseline, confirmed ? changed : all);
        Findings findings = Findings.of(key.stream(), baseline, sample, settings.chance(), matcher);
        StreamSchema now = findings.diff().after();
        Set<String> lost = lost(findings);
        Set<String> suspect = suspect(findings);
        suspect.removeAll(lost);
        DriftClassifier classifier = new DriftClassifier(mapping);
        Set<String> broken = new LinkedHashSet<>(lost);
        broken.addAll(suspect);
        List<Change> changes = classifier.classify(findings, broken);
        if (changes.isEmpty()) {
            return null;
        }
        return new Incident(event(changes, now, confirmed, at), findings, lost, suspect);
    }

    private Set<String> lost(Findings findings) {
        Set<String> lost = new LinkedHashSet<>();
        lostBy.forEach(
                (field, count) -> {
                    if (counts(count)) {
                        lost.add(field);
                    }
                });
        Set<SourcePath> gone =
                findings.diff().gone().stream().map(FieldProfile::path).collect(Collectors.toSet());
        for (String field : use.fields()) {
            Set<SourcePath> places = check.known(field);
            boolean elsewhere = given.contains(field); // the mapping reads another place, too
            if (!places.isEmpty() && gone.containsAll(places) && !elsewhere) {
                lost.add(field);
            }
        }
        return lost;
    }

    private Set<String> suspect(Findings findings) {
        Set<String> suspect = new LinkedHashSet<>();
        for (ValueChange change : findings.changes()) {
            boolean told = change.proven() || change.scale() != null || change.other() != null;
            if (change.kind().equals(ValueChange.MEANING) && told) {
                suspect.addAll(use.readersOf(SourcePath.parse(change.path())));
            }
        }
        return suspect;
    }

    private DriftEvent event(
            List<Change> changes, StreamSchema now, boolean confirmed, Instant at) {
        List<Change> shown = changes.subList(0, Math.min(changes.size(), settings.mostChanges()));
        StringBuilder what = new StringBuilder(key.path()).append('\n').append(mappingVersion);
        boolean grave = !changes.get(0).severity().equals("low");
        shown.stream()
                .filter(each -> !(grave && each.severity().equals("low")))
                .forEach(each -> what.append('\n').append(each));
        String id =
                UUID.nameUUIDFromBytes(what.toString().getBytes(StandardCharsets.UTF_8)).toString();
        return new DriftEvent(
                id,
                key.tenant(),
                key.connection(),
                source,
                key.stream(),
                changes.get(0).severity(),
                shown,
                baseline.source().shape(settings.mostFields()),
                now.shape(settings.mostFields()),
                mapping.mapping().id(),
                mappingVersion,
                confirmed ? changedRecords : records,
                firstSeen == null ? at : firstSeen,
                at);
    }
}
