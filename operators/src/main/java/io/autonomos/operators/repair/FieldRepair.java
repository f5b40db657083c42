package io.autonomos.operators.repair;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.edit.Rules;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.profile.Composition;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.ValueChange;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.model.EntityField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the best way to fill one canonical field again. */
final class FieldRepair {

    private static final double UNSURE = 0.3;

    private final CompiledMapping base;
    private final Incident incident;
    private final Findings findings;
    private final FieldTrial trial;
    private final FieldProof proof;
    private final Thresholds thresholds;
    private final Reading reading;
    private final Elsewhere elsewhere;

    FieldRepair(
            CompiledMapping base,
            Incident incident,
            StreamBaseline baseline,
            FieldTrial trial,
            Thresholds thresholds,
            List<KnownRepair> known) {
        this.base = base;
        this.incident = incident;
        this.findings = incident.findings();
        this.trial = trial;
        this.proof = new FieldProof(base.plan().entity(), baseline, thresholds);
        this.thresholds = thresholds;
        this.reading = new Reading(findings, trial, proof);
        this.elsewhere =
                new Elsewhere(findings, reading, proof, new Recollection(known, thresholds));
    }

    /**
     * The best way to fill a field again; one that fills nothing where there is none.
     *
     * @param known the places that gave its value so far
     */
    FieldOption best(FieldRule rule, Set<SourcePath> known) {
        EntityField field = base.plan().entity().field(rule.name());
        List<FieldOption> options = new ArrayList<>();
        if (incident.suspect().contains(rule.name())) {
            suspect(field, rule, known, options);
        } else {
            for (SourcePath place : known) {
                List<FieldOption> ofPlace = new ArrayList<>();
                composed(field, rule, place, ofPlace);
                ofPlace.addAll(elsewhere.options(field, rule, place));
                inPlace(field, rule, place, ofPlace);
                likeliest(ofPlace).ifPresent(options::add);
            }
        }
        // Of places that are as sure the one counts that the mapping reads first.
        Tier tier = options.stream().map(this::tier).min(Comparator.naturalOrder()).orElse(null);
        List<FieldOption> surest = options.stream().filter(each -> tier(each) == tier).toList();
        return tier == Tier.APPLY
                ? surest.get(0)
                : likeliest(surest).orElseGet(() -> gone(field, known));
    }

    private Optional<FieldOption> likeliest(List<FieldOption> options) {
        FieldOption best = null;
        for (FieldOption each : options) {
            if (best == null || rank(each) > rank(best)) {
                best = each;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double rank(FieldOption option) {
        double tier = option.mostTier() == Tier.REJECT ? 0 : 1;
        return tier + option.confidence();
    }

    private Tier tier(FieldOption option) {
        return thresholds.tier(option.confidence()).atMost(option.mostTier());
    }

    private void inPlace(
            EntityField field, FieldRule rule, SourcePath place, List<FieldOption> options) {
        if (findings.diff().after().field(place.toString()) == null) {
            return;
        }
        Reading.Read read = reading.of(field, rule, place, false);
        if (read.rewrite() == null) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("rewrite", 1, "its values are read as " + read.rewrite()));
        evidence.addAll(proof.ofValues(field, read.result()));
        FieldProof.Limit limit = proof.limit(field, read.result(), true, true, false);
        evidence.addAll(limit.evidence());
        String path = place.toString();
        options.add(
                new FieldOption(
                        read.rule(),
                        List.of(path),
                        List.of(path),
                        proof.ofRewrite(1, read.result()),
                        limit.tier(),
                        evidence,
                        List.of()));
    }

    private void composed(
            EntityField field, FieldRule rule, SourcePath place, List<FieldOption> options) {
        Composition found = findings.composition(place.toString());
        if (found == null || rule.expression() != null) {
            return;
        }
        FieldRule composed =
                Rules.withExpression(rule, Composing.expression(found, place, rule.from()));
        FieldTrial.Result result = trial.run(composed);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(
                new Evidence(
                        "same-records",
                        (double) found.equal() / found.records(),
                        "%d of %d records have the same text, %s"
                                .formatted(
                                        found.equal(),
                                        found.records(),
                                        found.isSplit() ? "in two parts" : "joined")));
        evidence.addAll(proof.ofValues(field, result));
        FieldProof.Limit limit = proof.limit(field, result, false, true, false);
        evidence.addAll(limit.evidence());
        options.add(
                new FieldOption(
                        composed,
                        found.before(),
                        found.after(),
                        found.confidence(),
                        limit.tier(),
                        evidence,
                        List.of()));
    }

    /** Values that mean something else now are never mended unasked. */
    private void suspect(
            EntityField field, FieldRule rule, Set<SourcePath> known, List<FieldOption> options) {
        for (ValueChange change : findings.changes()) {
            SourcePath place = SourcePath.parse(change.path());
            if (!change.kind().equals(ValueChange.MEANING) || !known.contains(place)) {
                continue;
            }
            FieldRule mended = rule;
            String note = "";
            if (change.other() != null && rule.expression() == null) {
                mended = Rules.withPath(rule, SourcePath.parse(change.other()));
                note = "its values stand at " + change.other() + " now, and the other way round";
            } else if (change.scale() != null && rule.expression() == null) {
                mended = Rewrites.scaled(rule, change.scale());
                note = "its numbers are what they were, times " + change.scale().toPlainString();
            }
            FieldTrial.Result result = trial.run(mended);
            List<Evidence> evidence = new ArrayList<>();
            evidence.add(new Evidence("meaning", change.proven() ? 1 : UNSURE, note));
            evidence.addAll(proof.ofValues(field, result));
            FieldProof.Limit limit = proof.limit(field, result, true, true, false);
            evidence.addAll(limit.evidence());
            String to = change.other() == null ? change.path() : change.other();
            double confidence = proof.ofRewrite(thresholds.review(), result);
            FieldOption option =
                    new FieldOption(
                            mended,
                            List.of(change.path()),
                            List.of(to),
                            confidence,
                            limit.tier(),
                            evidence,
                            List.of());
            boolean breaks = !mended.equals(rule) && result.isContradicted();
            options.add(option.atMost(breaks ? Tier.REJECT : Tier.REVIEW));
        }
    }

    /** Nothing has its values: a person may accept that it stays empty, where it may. */
    private FieldOption gone(EntityField field, Set<SourcePath> known) {
        long records = findings.diff().after().records();
        double confidence = (records + 1.0) / (records + 2.0);
        List<String> before = known.stream().map(SourcePath::toString).toList();
        boolean stands = known.stream().anyMatch(findings.diff().after()::hasAt);
        String note =
                stands
                        ? "its values stand where they were, but no known way reads them"
                        : "none of %d records has it, and nothing came in its place"
                                .formatted(records);
        return new FieldOption(
                null,
                before,
                List.of(),
                confidence,
                field.required() || stands ? Tier.REJECT : Tier.REVIEW,
                List.of(new Evidence(stands ? "unreadable" : "absent", 1, note)),
                List.of());
    }

    /** Where the places of a record id or clock went, by the options taken. */
    static Map<SourcePath, SourcePath> moves(List<FieldOption> options) {
        Map<SourcePath, SourcePath> moves = new LinkedHashMap<>();
        for (FieldOption option : options) {
            if (option.before().size() == 1 && option.after().size() == 1) {
                moves.put(
                        SourcePath.parse(option.before().get(0)),
                        SourcePath.parse(option.after().get(0)));
            }
        }
        return moves;
    }
}
