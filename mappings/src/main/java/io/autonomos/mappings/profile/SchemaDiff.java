package io.autonomos.mappings.profile;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaField;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What differs between the schema that a stream had and the one its records have now: which fields
 * are gone for certain, which came, and who is thought to carry whose values.
 */
public final class SchemaDiff {

    private static final int MOST_CANDIDATES = 400;

    /** So many records must have come without a field before it counts as one that came later. */
    private static final int FEWEST_WITHOUT = 20;

    private static final int FEWEST_TWINS = 5;
    private static final int FEWEST_DISTINCT = 3;
    private static final double SAME = 0.98;
    private static final int MOST_LATE = 50;

    private final StreamSchema before;
    private final StreamSchema after;
    private final double chance;
    private final JoinedRecords joined;
    private final Map<String, FieldProfile> late = new LinkedHashMap<>();
    private JoinedRecords twins;
    private final List<FieldProfile> gone = new ArrayList<>();
    private final List<FieldProfile> added = new ArrayList<>();
    private final Map<String, FieldDecision> decisions = new LinkedHashMap<>();
    private final Map<String, String> beforeNames = new LinkedHashMap<>();
    private final Map<String, String> afterNames = new LinkedHashMap<>();

    /**
     * Compares two schemas.
     *
     * @param stream the stream's name, which the matcher looks at
     * @param least in how many records a field must have been seen to count as one that came
     * @param chance how likely it may be at most that a field that is gone only happens to be
     *     missing
     */
    public SchemaDiff(
            String stream,
            StreamSchema before,
            StreamSchema after,
            long least,
            double chance,
            SchemaMatcher matcher) {
        this.chance = chance;
        this.before = before;
        this.after = after;
        this.joined = new JoinedRecords(before.sample, after.sample);
        List<FieldProfile> stayed = new ArrayList<>();
        for (FieldProfile field : before.fields()) {
            if (after.field(field.path().toString()) != null) {
                stayed.add(field);
            } else if (isMissing(field)) {
                gone.add(field);
            }
        }
        for (FieldProfile field : after.fields()) {
            boolean isOld = before.field(field.path().toString()) != null;
            if (!isOld && field.present() >= Math.min(least, after.records())) {
                added.add(field);
            }
        }
        added.sort(Comparator.comparingLong(FieldProfile::present).reversed());
        findLate(stayed);
        decide(stream, stayed, matcher);
    }

    /**
     * Fields that came after the stream was known, and stood beside one that is gone now with the
     * very values that it had: sources add the new field first and drop the old one later.
     */
    private void findLate(List<FieldProfile> stayed) {
        List<FieldProfile> recent =
                stayed.stream().filter(field -> field.since() >= FEWEST_WITHOUT).toList();
        if (gone.isEmpty() || recent.isEmpty()) {
            return;
        }
        twins = JoinedRecords.of(before.sample);
        for (FieldProfile field : recent.subList(0, Math.min(MOST_LATE, recent.size()))) {
            String path = field.path().toString();
            if (gone.stream().anyMatch(old -> isTwin(old.path().toString(), path))) {
                late.put(path, field);
            }
        }
    }

    private boolean isTwin(String old, String now) {
        SameRecordValues.Agreement both = twins.agreement(old, now);
        return both.records() >= FEWEST_TWINS
                && both.distinct() >= FEWEST_DISTINCT
                && both.equal() >= SAME * both.records();
    }

    /** Whether a field that records had would be seen among so many, if it were still there. */
    private boolean isMissing(FieldProfile field) {
        if (after.records() == 0) {
            return false;
        }
        if (field.present() >= before.records()) {
            return true;
        }
        if (field.present() <= StreamSchema.SELDOM) {
            return false; // names that come once, in every record another
        }
        double share = (field.present() + 0.5) / (before.records() + 1);
        return Math.pow(1 - share, (double) after.records()) <= chance;
    }

    /** Lists of objects are matched with their like: their values stand in their elements. */
    private void decide(String stream, List<FieldProfile> stayed, SchemaMatcher matcher) {
        Set<String> listsBefore = listsOfObjects(before);
        Set<String> listsAfter = listsOfObjects(after);
        for (boolean lists : new boolean[] {false, true}) {
            List<SchemaField> old = new ArrayList<>();
            List<SchemaField> now = new ArrayList<>();
            Predicate<FieldProfile> isOld = f -> listsBefore.contains(path(f)) == lists;
            Predicate<FieldProfile> isNew = f -> listsAfter.contains(path(f)) == lists;
            for (FieldProfile field : stayed) {
                FieldProfile newer = after.field(path(field));
                if (lists
                        == (listsBefore.contains(path(field))
                                && listsAfter.contains(path(newer)))) {
                    if (!late.containsKey(path(field))) {
                        add(field, beforeNames, old);
                    }
                    add(newer, afterNames, now);
                }
            }
            gone.stream().filter(isOld).forEach(field -> add(field, beforeNames, old));
            added.stream()
                    .filter(isNew)
                    .limit(MOST_CANDIDATES)
                    .forEach(field -> add(field, afterNames, now));
            SameRecordValues values = (b, a) -> agreement(beforeNames.get(b), afterNames.get(a));
            for (FieldDecision each : matcher.decide(new SchemaChange(stream, old, now, values))) {
                decisions.put(beforeNames.get(each.before()), each);
            }
        }
    }

    private static Set<String> listsOfObjects(StreamSchema schema) {
        Set<String> lists = new HashSet<>();
        for (FieldProfile field : schema.fields()) {
            List<SourcePath.Step> steps = field.path().steps();
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).name() == null) {
                    lists.add(new SourcePath(steps.subList(0, i)).toString());
                }
            }
        }
        return lists;
    }

    private static String path(FieldProfile field) {
        return field.path().toString();
    }

    private static void add(
            FieldProfile field, Map<String, String> names, List<SchemaField> fields) {
        String path = field.path().toString();
        String plain =
                field.path().steps().stream()
                        .filter(step -> step.name() != null)
                        .map(SourcePath.Step::name)
                        .collect(Collectors.joining("."));
        String name = names.containsKey(plain) || plain.isEmpty() ? path : plain;
        names.put(name, path);
        fields.add(field.toField(name));
    }

    /** How often the records that both schemas know have equal values in two places. */
    public SameRecordValues.Agreement agreement(String old, String now) {
        SameRecordValues.Agreement since = joined.agreement(old, now);
        boolean beside = late.containsKey(now) && before.field(old) != null;
        return beside && since.records() < FEWEST_TWINS ? twins.agreement(old, now) : since;
    }

    /** Whether a place is new, or came later beside a field that is gone. */
    public boolean isNew(String path) {
        return before.field(path) == null || late.containsKey(path);
    }

    /** Fields that may have the values of one that is gone. */
    public List<FieldProfile> candidates() {
        List<FieldProfile> all = new ArrayList<>(added);
        late.keySet().forEach(path -> all.add(after.field(path)));
        return all;
    }

    /** How often a field that came later had the value of one that is gone; null if it did not. */
    public SameRecordValues.Agreement beside(String old, String now) {
        return late.containsKey(now) ? twins.agreement(old, now) : null;
    }

    /** The records that are known from before, with the hashes of the values that they had. */
    public List<Known> known(List<Seen> records) {
        List<Known> known = new ArrayList<>();
        for (Seen each : records) {
            Map<String, Long> old =
                    each.recordId() == null ? null : before.sample().of(each.recordId());
            if (old != null) {
                known.add(new Known(old, each.fields()));
            }
        }
        return known;
    }

    /**
     * A record of the new form that was seen before.
     *
     * @param before hashes of the values that it had, by path
     * @param fields its values now
     */
    public record Known(Map<String, Long> before, RecordFields fields) {}

    public StreamSchema before() {
        return before;
    }

    public StreamSchema after() {
        return after;
    }

    /** Fields that are gone. */
    public List<FieldProfile> gone() {
        return gone;
    }

    /** Fields that came, the commonest first. */
    public List<FieldProfile> added() {
        return added;
    }

    /** What is thought of a field that is gone or has another type, or null. */
    public FieldDecision decision(String path) {
        return decisions.get(path);
    }

    /** What is thought of another partner than the likeliest one, as far as it was weighed. */
    public FieldDecision weighed(FieldDecision decision, String path) {
        double confidence =
                decision.others().stream()
                        .filter(each -> path.equals(pathAfter(each.after())))
                        .mapToDouble(FieldDecision.Candidate::confidence)
                        .findFirst()
                        .orElse(0);
        return new FieldDecision(
                decision.before(), path, confidence, Tier.REJECT, List.of(), Map.of());
    }

    /** The path of a partner as a decision names it, or null. */
    public String pathAfter(String name) {
        return name == null ? null : afterNames.get(name);
    }
}
