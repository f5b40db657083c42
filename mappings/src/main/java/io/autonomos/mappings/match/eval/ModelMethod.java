package io.autonomos.mappings.match.eval;

import io.autonomos.mappings.match.FieldDecision;
import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.PairTable;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.match.Thresholds;
import java.util.List;

/**
 * The fitted model. A case that it was fitted on is decided by the model that has not seen the
 * case's vendors.
 *
 * @param model the model
 * @param heldOut the models without some vendors
 * @param thresholds where the tiers begin
 */
public record ModelMethod(MatchModel model, HeldOut heldOut, Thresholds thresholds)
        implements Method {

    @Override
    public String name() {
        return "this model";
    }

    /** Whether the model was fitted on the case. */
    public boolean fittedOn(DriftCase drift) {
        return heldOut.modelFor(drift).isPresent();
    }

    @Override
    public List<FieldDecision> decide(DriftCase drift) {
        MatchModel fair = heldOut.modelFor(drift).orElse(model);
        return new SchemaMatcher(fair, thresholds).decide(drift.change());
    }

    @Override
    public double[][] scores(SchemaChange task) {
        return SchemaMatcher.each(new PairTable(task), model.pair());
    }
}
