package io.autonomos.operators.drift;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.profile.Composition;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.profile.MappingUse;
import io.autonomos.mappings.profile.ValueChange;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.DriftEvent.Change;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names the changes between a baseline and what arrives now, by kind and severity. */
public final class DriftClassifier {

    /** From the gravest on. */
    static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low", "none");

    private static final Set<String> TAKES_AWAY =
            Set.of("removed", "renamed", "moved", "split", "merged", "key-changed");

    private final EntitySchema entity;
    private final MappingUse use;
    private final Set<SourcePath> keys = new LinkedHashSet<>();

    /** A classifier for the streams of one mapping. */
    public DriftClassifier(CompiledMapping compiled) {
        this.entity = compiled.plan().entity();
        this.use = MappingUse.of(compiled.plan());
        entity.identity().forEach(field -> keys.addAll(use.paths(field)));
        compiled.mapping().recordId().forEach(keys::addAll);
    }

    /**
     * The changes, the gravest first.
     *
     * @param lost canonical fields that the records can no longer give
     */
    public List<Change> classify(Findings findings, Set<String> lost) {
        List<Change> changes = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        for (Composition each : findings.compositions()) {
            explained.addAll(each.before());
            explained.addAll(each.after());
            String kind = each.isSplit() ? "split" : "merged";
            changes.add(change(kind, each.before(), each.after(), lost));
        }
        findings.partners()
                .forEach(
                        (before, after) -> {
                            explained.add(before);
                            explained.add(after);
                            String kind = isMove(before, after) ? "moved" : "renamed";
                            changes.add(change(kind, List.of(before), List.of(after), lost));
                        });
        for (FieldProfile field : findings.diff().gone()) {
            String path = field.path().toString();
            if (!explained.contains(path)) {
                changes.add(change("removed", List.of(path), List.of(), lost));
            }
        }
        for (FieldProfile field : findings.diff().added()) {
            String path = field.path().toString();
            if (!explained.contains(path)) {
                changes.add(change("added", List.of(), List.of(path), lost));
            }
        }
        for (ValueChange each : findings.changes()) {
            List<String> path = List.of(each.path());
            String after = each.other() == null ? each.path() : each.other();
            changes.add(change(each.kind(), path, List.of(after), lost));
        }
        keys(findings, changes, lost);
        unexplained(findings, changes, lost);
        changes.sort(Comparator.comparingInt(each -> SEVERITIES.indexOf(each.severity())));
        return changes;
    }

    private void keys(Findings findings, List<Change> changes, Set<String> lost) {
        for (SourcePath key : keys) {
            String path = key.toString();
            FieldProfile before = findings.diff().before().field(path);
            FieldProfile after = findings.diff().after().field(path);
            boolean gone = findings.diff().gone().stream().anyMatch(f -> f.path().equals(key));
            boolean other = before != null && after != null && isOtherKind(before, after);
            if (gone || other) {
                String to = gone ? findings.partners().get(path) : path;
                List<String> now = to == null ? List.of() : List.of(to);
                changes.add(change("key-changed", List.of(path), now, lost));
            }
        }
    }

    /** Fields whose values cannot be read any more although nothing else tells why. */
    private void unexplained(Findings findings, List<Change> changes, Set<String> lost) {
        for (String field : lost) {
            if (changes.stream().anyMatch(each -> each.canonicalFields().contains(field))) {
                continue;
            }
            List<String> places =
                    use.paths(field).stream()
                            .filter(findings.diff().after()::hasAt)
                            .map(SourcePath::toString)
                            .toList();
            if (!places.isEmpty()) {
                changes.add(change(ValueChange.FORMAT, places, places, lost));
            }
        }
    }

    /** Whether ids are written in another way now, such as UUIDs in place of numbers. */
    private static boolean isOtherKind(FieldProfile before, FieldProfile after) {
        double common = 0;
        for (ValueKind kind : ValueKind.values()) {
            common += Math.min(before.share(kind), after.share(kind));
        }
        boolean enough = Math.min(before.valued(), after.valued()) >= 3;
        return enough && common < 0.1;
    }

    private static boolean isMove(String before, String after) {
        List<SourcePath.Step> old = SourcePath.parse(before).steps();
        List<SourcePath.Step> now = SourcePath.parse(after).steps();
        return !old.subList(0, old.size() - 1).equals(now.subList(0, now.size() - 1));
    }

    private Change change(String kind, List<String> before, List<String> after, Set<String> lost) {
        Set<String> readers = new LinkedHashSet<>();
        for (String path : before) {
            readers.addAll(use.readersOf(SourcePath.parse(path)));
        }
        if (before.isEmpty()) {
            after.forEach(path -> readers.addAll(use.readersOf(SourcePath.parse(path))));
        }
        return new Change(kind, severity(kind, readers, lost), before, after, List.copyOf(readers));
    }

    private String severity(String kind, Set<String> readers, Set<String> lost) {
        if (readers.isEmpty() || kind.equals("added") || kind.equals("narrowed")) {
            return "low";
        }
        boolean anyLost = readers.stream().anyMatch(lost::contains);
        boolean required =
                readers.stream()
                        .filter(lost::contains)
                        .anyMatch(field -> entity.field(field).required());
        if (required) {
            return "critical";
        }
        boolean grave = TAKES_AWAY.contains(kind) || kind.equals(ValueChange.MEANING) || anyLost;
        return grave ? "high" : "medium";
    }
}
