package io.autonomos.operators.repair;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.edit.MappingWriter;
import io.autonomos.mappings.edit.Rules;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.Seen;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.ValueHash;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.sketch.ValueHashes;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries a rule for one canonical field on the records that wait, whatever else is broken. */
final class FieldTrial {

    private final StreamKey key;
    private final String source;
    private final CompiledMapping base;
    private final StreamBaseline baseline;
    private final Set<String> broken;
    private final List<Sample> records;

    /**
     * A record with what is known of it.
     *
     * @param seen its values and its id, as far as known
     */
    record Sample(RawRecord raw, Seen seen) {}

    /**
     * How a rule did.
     *
     * @param records how many records were tried
     * @param present in how many the field has a value
     * @param unreadable in how many there is a value that cannot be read
     * @param compared records whose canonical value before the drift is known
     * @param equal those that have the same value again
     * @param distinct distinct values among these
     * @param common the share of distinct values that were there before the drift too
     * @param profile what the values look like, or null where there is none
     */
    record Result(
            long records,
            long present,
            long unreadable,
            int compared,
            int equal,
            int distinct,
            double common,
            FieldProfile profile) {

        static final Result NONE = new Result(0, 0, 0, 0, 0, 0, 0, null);

        /** The share of the compared records that have their value again, or NaN. */
        double equality() {
            return compared == 0 ? Double.NaN : (double) equal / compared;
        }

        double presence() {
            return records == 0 ? 0 : (double) present / records;
        }

        /** Whether enough records have their value again to say that it is this value. */
        boolean isProven() {
            return compared >= 3 && distinct >= 2 && equal >= 0.9 * compared;
        }

        /** Whether records that should have their value again have another. */
        boolean isContradicted() {
            return compared >= 3 && equal < 0.5 * compared;
        }

        /** How sure it is if nothing but the compared records is known (Laplace). */
        double confidence() {
            return (equal + 1.0) / (compared + 2.0);
        }
    }

    FieldTrial(
            StreamKey key,
            String source,
            CompiledMapping base,
            StreamBaseline baseline,
            Set<String> broken,
            List<Sample> records) {
        this.key = key;
        this.source = source;
        this.base = base;
        this.baseline = baseline;
        this.broken = broken;
        this.records = records;
    }

    /** Tries a rule; {@link Result#NONE} where it does not compile. */
    Result run(FieldRule rule) {
        EntitySchema entity = base.plan().entity();
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        for (String other : broken) {
            EntityField field = entity.field(other);
            FieldRule old = rule(other);
            if (field.required() && !isKey(other) && old != null) {
                rules.put(other, Rules.withConstant(old, anyValue(field)));
            }
        }
        rules.put(rule.name(), rule);
        CompiledMapping trial = compile(Rules.with(base.mapping(), 1, rules, idMove(rule)));
        return trial == null ? Result.NONE : run(rule.name(), trial);
    }

    /** Where the record id goes with the field that holds it, if the mapping says both. */
    private Map<SourcePath, SourcePath> idMove(FieldRule rule) {
        FieldRule old = isKey(rule.name()) ? rule(rule.name()) : null;
        if (old == null || rule.from().isEmpty()) {
            return Map.of();
        }
        List<SourcePath> id = base.mapping().recordId().stream().flatMap(List::stream).toList();
        return old.from().stream()
                .filter(id::contains)
                .findFirst()
                .map(path -> Map.of(path, rule.from().get(0)))
                .orElse(Map.of());
    }

    private Result run(String field, CompiledMapping trial) {
        MappingRun run = new MappingRun(new StreamTarget(key, source, trial.plan()));
        Set<Long> distinct = new HashSet<>();
        int compared = 0;
        int equal = 0;
        long present = 0;
        int number = 0;
        for (Sample sample : records) {
            number++;
            String id = sample.seen().recordId();
            String stated = isKey(field) ? null : id == null ? "record-" + number : id;
            MappingRun.Result result = run.add(sample.raw().withId(stated));
            present += result.present().contains(field) ? 1 : 0;
            String known = isKey(field) ? result.recordId() : id;
            Map<String, Long> before =
                    known == null ? null : baseline.canonical().sample().of(known);
            Map<String, Long> now =
                    result.recordId() == null
                            ? null
                            : run.canonical().sample().of(result.recordId());
            Long was = before == null ? null : before.get(field);
            Long is = now == null ? null : now.get(field);
            if (was != null && is != null) {
                compared++;
                equal += was.equals(is) ? 1 : 0;
                distinct.add(was.equals(is) ? is : ValueHash.ofText(""));
            }
        }
        FieldProfile profile = run.canonical().field(field);
        return new Result(
                run.records(),
                present,
                run.unreadable(field),
                compared,
                equal,
                distinct.size(),
                common(field, profile),
                profile);
    }

    private double common(String field, FieldProfile now) {
        FieldProfile before = baseline.canonical().field(field);
        if (before == null || now == null || now.distinct().count() == 0) {
            return 0;
        }
        ValueHashes old = before.distinct().hashes();
        ValueHashes values = now.distinct().hashes();
        return values.common(old) < 2 ? 0 : values.shareIn(old);
    }

    private boolean isKey(String field) {
        return base.plan().entity().identity().equals(List.of(field));
    }

    private FieldRule rule(String field) {
        return base.mapping().fields().stream()
                .filter(each -> each.name().equals(field))
                .findFirst()
                .orElse(null);
    }

    private static String anyValue(EntityField field) {
        return switch (field.type()) {
            case INTEGER, DECIMAL -> "0";
            case BOOLEAN -> "true";
            case DATE, TIMESTAMP -> "2000-01-01";
            default -> "any";
        };
    }

    /** The mapping compiled from its text, as the registry would, or null where it does not. */
    static CompiledMapping compile(Mapping mapping) {
        try {
            byte[] text = MappingWriter.write(mapping).getBytes(StandardCharsets.UTF_8);
            return MappingCatalog.compile(mapping.id(), text);
        } catch (MappingException e) {
            return null;
        }
    }
}
