package io.autonomos.operators.repair;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.util.Set;

/**
 * A proposal with what takes effect when it is accepted.
 *
 * @param mapping the candidate, or null where nothing can be done
 * @param version the number it gets
 * @param gone canonical fields that stay empty from then on
 */
public record Repair(
        RepairProposal proposal, CompiledMapping mapping, int version, Set<String> gone) {

    /** Whether it takes effect unasked. */
    public boolean appliesUnasked() {
        return proposal.tier() == Tier.APPLY;
    }

    /** Whether a person may let it take effect. */
    public boolean isAsked() {
        return proposal.tier() == Tier.REVIEW;
    }
}
