package io.autonomos.operators.repair;

import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.schemas.messages.RepairProposal.Alternative;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import io.autonomos.schemas.messages.Tier;
import java.util.List;

/**
 * One way to fill a canonical field again.
 *
 * @param rule the rule, or null where the field is gone and stays empty
 * @param before the places that gave the value
 * @param after the places that give it now; empty where the field is gone
 * @param confidence how likely it is right
 * @param mostTier what it is given at most
 */
record FieldOption(
        FieldRule rule,
        List<String> before,
        List<String> after,
        double confidence,
        Tier mostTier,
        List<Evidence> evidence,
        List<Alternative> alternatives) {

    /** The same, of which no more is allowed. */
    FieldOption atMost(Tier tier) {
        return new FieldOption(
                rule, before, after, confidence, mostTier.atMost(tier), evidence, alternatives);
    }
}
