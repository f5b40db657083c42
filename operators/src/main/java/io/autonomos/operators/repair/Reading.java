package io.autonomos.operators.repair;

import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.Findings;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntityField;

/** Tries in which way the values of a place must be read to be what they were. */
final class Reading {

    private final Findings findings;
    private final FieldTrial trial;
    private final FieldProof proof;

    Reading(Findings findings, FieldTrial trial, FieldProof proof) {
        this.findings = findings;
        this.trial = trial;
        this.proof = proof;
    }

    /**
     * How the values of a place are read.
     *
     * @param rewrite what had to be done to them, or null
     */
    record Read(FieldRule rule, String rewrite, FieldTrial.Result result) {}

    /** The rule as it is, or the rewrite under which more values are what they were. */
    Read of(EntityField field, FieldRule rule, SourcePath place, boolean inverse) {
        FieldTrial.Result plain = trial.run(rule);
        boolean fits = plain.unreadable() == 0 && !plain.isContradicted() && plain.present() > 0;
        boolean shifted = proof.isShifted(field, plain);
        if (fits && !shifted && !(inverse && !plain.isProven())) {
            return new Read(rule, null, plain);
        }
        Read best = new Read(rule, null, plain);
        FieldProfile values = findings.diff().after().field(place.toString());
        for (Rewrites.Rewrite each : Rewrites.of(field, rule, place, values)) {
            FieldTrial.Result result = trial.run(each.rule());
            boolean round = each.name().equals(Rewrites.INVERTED);
            boolean wanted = !round || inverse || result.isProven();
            if (wanted && proof.isBetter(field, result, best.result(), round && inverse)) {
                best = new Read(each.rule(), each.name(), result);
            }
        }
        return best;
    }
}
