package io.autonomos.mappings.match;

import io.autonomos.schemas.messages.Tier;
import java.io.Serializable;

/**
 * Where the tiers begin: from {@code apply} on a repair is made unasked, from {@code review} on a
 * person is asked; each boundary belongs to the tier above it.
 *
 * @param apply the least confidence to apply
 * @param review the least confidence to ask
 */
public record Thresholds(double apply, double review) implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Checks that the tiers are in order. */
    public Thresholds {
        if (!(review >= 0 && apply >= review && apply <= 1)) {
            throw new IllegalArgumentException(
                    "Thresholds must be 0 <= review <= apply <= 1, but were review %s, apply %s."
                            .formatted(review, apply));
        }
    }

    /** The tier of a confidence. */
    public Tier tier(double confidence) {
        if (confidence >= apply) {
            return Tier.APPLY;
        }
        return confidence >= review ? Tier.REVIEW : Tier.REJECT;
    }
}
