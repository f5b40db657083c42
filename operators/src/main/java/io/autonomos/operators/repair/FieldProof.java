package io.autonomos.operators.repair;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Holds what a rule makes of the waiting records against what the field was like before. */
final class FieldProof {

    private static final Set<ValueKind> TELLING =
            EnumSet.of(ValueKind.EMAIL, ValueKind.PHONE, ValueKind.URL, ValueKind.UUID);
    private static final double MOST = 0.9;
    private static final double TOLERANCE = 0.1;
    private static final double OTHER_SIZE = 0.9;

    private final EntitySchema entity;
    private final StreamBaseline baseline;
    private final Thresholds thresholds;

    FieldProof(EntitySchema entity, StreamBaseline baseline, Thresholds thresholds) {
        this.entity = entity;
        this.baseline = baseline;
        this.thresholds = thresholds;
    }

    /** What names, types and profiles say about a pair. */
    List<Evidence> ofNames(FieldDecision decision) {
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
                new Evidence(
                        "match",
                        decision.confidence(),
                        "calibrated on all fields that went and came, one to one"));
        add(evidence, decision, "name", "LEAF_JARO_WINKLER", "how alike the names are");
        add(evidence, decision, "type", "TYPE_FIT", "how well the types go together");
        add(evidence, decision, "value-kinds", "KIND_AGREEMENT", "values of the same kinds");
        add(evidence, decision, "value-overlap", "OVERLAP", "values that were there before");
        return evidence;
    }

    private static void add(
            List<Evidence> evidence, FieldDecision decision, String kind, String key, String note) {
        Double score = decision.evidence().get(key);
        if (score != null) {
            evidence.add(new Evidence(kind, score, note));
        }
    }

    /** What the two places had while both were there. */
    static Evidence beside(SameRecordValues.Agreement both) {
        return new Evidence(
                "side-by-side",
                (double) both.equal() / Math.max(1, both.records()),
                "%d of %d records had the same value in both places before the old one went"
                        .formatted(both.equal(), both.records()));
    }

    /** What the records say. */
    List<Evidence> ofValues(EntityField field, FieldTrial.Result result) {
        List<Evidence> evidence = new ArrayList<>();
        if (result.compared() > 0) {
            evidence.add(
                    new Evidence(
                            "same-records",
                            result.equality(),
                            "%d of %d records known from before have the value that they had"
                                    .formatted(result.equal(), result.compared())));
        }
        evidence.add(
                new Evidence(
                        "proof",
                        result.presence(),
                        "%d of %d records get a value, %d cannot be read; before the drift %.0f %%"
                                .formatted(
                                        result.present(),
                                        result.records(),
                                        result.unreadable(),
                                        100 * baseline.canonical().valued(field.name()))));
        return evidence;
    }

    /**
     * The confidence that a pair is right. Where the same records have the same values in no other
     * place, they may count for more than names do, but never against them.
     *
     * @param confidence what is thought of the pair without them
     * @param opposed whether the names exclude each other
     */
    double confidence(
            double confidence, boolean opposed, FieldTrial.Result result, boolean unique) {
        boolean strong = result.isProven() && result.compared() >= 5 && result.distinct() >= 5;
        if (!strong || !unique || opposed) {
            return confidence;
        }
        return confidence >= thresholds.review()
                ? Math.max(confidence, result.confidence())
                : thresholds.review();
    }

    /** The confidence that values are read in the right way. */
    double ofRewrite(double ofPlace, FieldTrial.Result result) {
        if (result.isProven()) {
            return result.confidence();
        }
        return Math.min(ofPlace, (thresholds.review() + thresholds.apply()) / 2);
    }

    /**
     * What the records allow at most.
     *
     * @param why what stands against more, or null where nothing does
     */
    record Limit(Tier tier, String why) {

        private static final Limit NONE = new Limit(Tier.APPLY, null);

        /** As evidence, where there is a limit. */
        List<Evidence> evidence() {
            return why == null ? List.of() : List.of(new Evidence("limit", 0, why));
        }
    }

    /** The tier that the records allow at most. */
    Limit limit(
            EntityField field,
            FieldTrial.Result result,
            boolean rewritten,
            boolean onlyOne,
            boolean qualified) {
        double before = baseline.canonical().valued(field.name());
        double spread = Math.sqrt(before * (1 - before) / Math.max(1, result.records()));
        if (result.present() == 0) {
            return new Limit(Tier.REJECT, "refused: no record gets a value");
        }
        if (result.presence() < before - TOLERANCE - 2 * spread) {
            return new Limit(Tier.REJECT, "refused: fewer records get a value than before");
        }
        if (result.unreadable() > TOLERANCE * result.records()) {
            return new Limit(Tier.REJECT, "refused: too many values cannot be read");
        }
        // A record that comes again because it was changed has another clock than it had.
        if (result.isContradicted() && !EntitySchema.isClock(field.name())) {
            return asked("records known from before have other values than they had");
        }
        if (isShifted(field, result)) {
            return asked("its numbers are of another size than before");
        }
        if (isOtherKind(field, result)) {
            return asked("its values are of another kind than before");
        }
        if (Sensitivity.of(entity, field) && !hasValueEvidence(field, result, onlyOne, qualified)) {
            return asked("ids, money and personal data need evidence from values");
        }
        return rewritten && !result.isProven()
                ? asked("no known record proves that its values are read in the right way")
                : Limit.NONE;
    }

    private static Limit asked(String why) {
        return new Limit(Tier.REVIEW, "at most asked: " + why);
    }

    private boolean hasValueEvidence(
            EntityField field, FieldTrial.Result result, boolean onlyOne, boolean qualified) {
        FieldProfile before = baseline.canonical().field(field.name());
        if (result.isProven()) {
            return true;
        }
        if (before == null || result.profile() == null || qualified) {
            return false;
        }
        boolean recurring = result.common() >= 0.5 && before.distinct().count() > 5;
        boolean closed = field.format() != null && result.common() > 0;
        return recurring || closed || (onlyOne && isAlike(field, before, result.profile()));
    }

    /** Whether values look like those before, in a way that few fields do. */
    private boolean isAlike(EntityField field, FieldProfile before, FieldProfile now) {
        if (isSameTellingKind(before, now)) {
            return true;
        }
        if (Math.min(before.valued(), now.valued()) < 5) {
            return false;
        }
        if (entity.identity().contains(field.name())) {
            return isUnique(before) && isUnique(now) && common(before, now) >= MOST;
        }
        double gap = Math.log10(before.quantile(0.5)) - Math.log10(now.quantile(0.5));
        return field.type() == FieldType.DECIMAL && Math.abs(gap) < 0.5;
    }

    private static boolean isUnique(FieldProfile profile) {
        return profile.distinct().count() >= Math.min(profile.valued(), 256);
    }

    private static double common(FieldProfile one, FieldProfile other) {
        double common = 0;
        for (ValueKind kind : ValueKind.values()) {
            common += Math.min(one.share(kind), other.share(kind));
        }
        return common;
    }

    /** Whether another field could be taken for one of these values by its looks. */
    boolean looksLike(EntityField field, FieldProfile one, FieldProfile other) {
        if (field.type() == FieldType.DECIMAL) {
            return one.numbers() >= MOST * one.valued() && one.valued() > 0;
        }
        return entity.identity().contains(field.name())
                ? isUnique(one) && common(one, other) >= 0.5
                : isSameTellingKind(one, other);
    }

    /** Whether the values of both are nearly all of one kind that few fields have. */
    boolean isSameTellingKind(FieldProfile one, FieldProfile other) {
        return one != null
                && other != null
                && TELLING.stream()
                        .anyMatch(kind -> one.share(kind) >= MOST && other.share(kind) >= MOST);
    }

    private boolean isOtherKind(EntityField field, FieldTrial.Result result) {
        FieldProfile before = baseline.canonical().field(field.name());
        if (before == null || result.profile() == null || result.isProven()) {
            return false;
        }
        return common(before, result.profile()) < 0.5
                && Math.min(before.valued(), result.present()) >= 5;
    }

    /** Whether its numbers are of another size than they were. */
    boolean isShifted(EntityField field, FieldTrial.Result result) {
        FieldProfile before = baseline.canonical().field(field.name());
        FieldProfile now = result.profile();
        boolean numbers =
                before != null && now != null && before.numbers() >= 5 && now.numbers() >= 5;
        boolean isNumber = field.type().postgresType().matches("bigint|numeric");
        if (!numbers || !isNumber || result.isProven()) {
            return false;
        }
        double gap = Math.log10(before.quantile(0.5)) - Math.log10(now.quantile(0.5));
        boolean apart =
                before.quantile(MOST) < now.quantile(1 - MOST)
                        || now.quantile(MOST) < before.quantile(1 - MOST);
        return apart && Math.abs(gap) > OTHER_SIZE;
    }

    /** Whether one way to read the values does better than another. */
    boolean isBetter(
            EntityField field, FieldTrial.Result one, FieldTrial.Result other, boolean preferred) {
        if (one.present() == 0 || one.unreadable() > other.unreadable()) {
            return false;
        }
        double equality = one.compared() >= 3 ? one.equality() : 0;
        double old = other.compared() >= 3 ? other.equality() : 0;
        if (equality != old) {
            return equality > old;
        }
        boolean mends = isShifted(field, other) && !isShifted(field, one);
        return preferred || mends || one.unreadable() < other.unreadable();
    }
}
