package io.autonomos.operators.repair;

import io.autonomos.mappings.edit.Rules;
import io.autonomos.mappings.expression.ExpressionText;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.SameRecordValues;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.RepairProposal.Alternative;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.util.ArrayList;
import java.util.List;

/** Weighs the places to which the values of one that is gone may have moved. */
final class Elsewhere {

    private final Findings findings;
    private final Reading reading;
    private final FieldProof proof;
    private final Recollection memory;

    Elsewhere(Findings findings, Reading reading, FieldProof proof, Recollection memory) {
        this.findings = findings;
        this.reading = reading;
        this.proof = proof;
        this.memory = memory;
    }

    /** The ways to read a field where its values may stand now; none where they did not move. */
    List<FieldOption> options(EntityField field, FieldRule rule, SourcePath place) {
        List<FieldOption> options = new ArrayList<>();
        String path = place.toString();
        FieldDecision decision = findings.diff().decision(path);
        String to = decision == null ? null : findings.diff().pathAfter(decision.after());
        if (to == null || findings.composition(path) != null) {
            return options;
        }
        if (!to.equals(path)) {
            options.add(moved(field, rule, place, to, decision));
        }
        for (KnownRepair each : memory.of(path)) {
            boolean other = !each.after().equals(to) && each.voicesFor() > 0;
            if (other && findings.diff().after().field(each.after()) != null) {
                FieldDecision known = findings.diff().weighed(decision, each.after());
                options.add(moved(field, rule, place, each.after(), known));
            }
        }
        return options;
    }

    private FieldOption moved(
            EntityField field,
            FieldRule rule,
            SourcePath place,
            String to,
            FieldDecision decision) {
        String path = place.toString();
        boolean isNew = findings.diff().isNew(to);
        boolean taken =
                findings.partners().containsValue(to) && !to.equals(findings.partners().get(path));
        SourcePath target = SourcePath.parse(to);
        FieldRule moved =
                rule.expression() == null || rule.from().contains(place)
                        ? Rules.withPath(rule, target)
                        : Rules.withReference(
                                rule,
                                ExpressionText.reference(place),
                                ExpressionText.reference(target));
        FieldOption option = tried(field, moved, place, target, decision);
        return isNew && !taken ? option : option.atMost(Tier.REJECT);
    }

    private FieldOption tried(
            EntityField field,
            FieldRule rule,
            SourcePath from,
            SourcePath to,
            FieldDecision decision) {
        List<Evidence> evidence = new ArrayList<>(proof.ofNames(decision));
        FieldProfile now = findings.diff().after().field(to.toString());
        KnownRepair known = memory.find(from.toString(), to.toString(), now);
        double likely = memory.confidence(known, decision.confidence(), now);
        if (known != null) {
            evidence.add(memory.evidence(known, now));
        }
        SameRecordValues.Agreement beside = findings.diff().beside(from.toString(), to.toString());
        if (beside != null) {
            evidence.add(FieldProof.beside(beside));
        }
        Reading.Read read = reading.of(field, rule, to, says(decision, "INVERSE"));
        boolean opposed = says(decision, "CONTRADICTIONS");
        double confidence = proof.confidence(likely, opposed, read.result(), uniquely(from, to));
        if (read.rewrite() != null) {
            evidence.add(new Evidence("rewrite", 1, "its values are read as " + read.rewrite()));
            confidence = proof.ofRewrite(likely, read.result());
        }
        evidence.addAll(proof.ofValues(field, read.result()));
        boolean unweighed = decision.evidence().isEmpty();
        FieldProof.Limit limit =
                proof.limit(
                        field,
                        read.result(),
                        read.rewrite() != null,
                        onlyOfItsKind(field, to) && !isAnyNumber(field, decision),
                        opposed || unweighed || says(decision, "QUALIFIERS"));
        evidence.addAll(limit.evidence());
        FieldOption option =
                new FieldOption(
                        read.rule(),
                        List.of(from.toString()),
                        List.of(to.toString()),
                        confidence,
                        limit.tier(),
                        evidence,
                        others(decision));
        return memory.isRefused(known) ? option.atMost(Tier.REVIEW) : option;
    }

    private List<Alternative> others(FieldDecision decision) {
        return decision.others().stream()
                .map(
                        each ->
                                new Alternative(
                                        findings.diff().pathAfter(each.after()), each.confidence()))
                .toList();
    }

    private static boolean says(FieldDecision decision, String evidence) {
        return decision.evidence().getOrDefault(evidence, 0.0) > 0;
    }

    /** Whether no other new place has the old one's values in the same records. */
    private boolean uniquely(SourcePath from, SourcePath to) {
        return findings.diff().candidates().stream()
                .map(field -> field.path().toString())
                .filter(path -> !path.equals(to.toString()))
                .noneMatch(path -> findings.diff().agreement(from.toString(), path).equal() > 1);
    }

    private boolean onlyOfItsKind(EntityField field, SourcePath to) {
        FieldProfile chosen = findings.diff().after().field(to.toString());
        return findings.diff().candidates().stream()
                .filter(other -> !other.path().equals(to))
                .noneMatch(other -> proof.looksLike(field, other, chosen));
    }

    /** Numbers of one size are many: without a word in common their looks tell nothing. */
    private static boolean isAnyNumber(EntityField field, FieldDecision decision) {
        return field.type() == FieldType.DECIMAL && !says(decision, "LEAF_COVER_BEFORE");
    }
}
