package io.autonomos.schemas.messages;

import java.util.Map;

/**
 * What is remembered of one change of a source's fields, as one tenant may see it.
 *
 * @param before the source path before
 * @param after the source path that has its values since
 * @param typeAfter the JSON type of these, or null
 * @param accepted how many other tenants accepted it
 * @param against how many other tenants refused it or took it back
 * @param own what this tenant said, or null
 * @param ownPerson whether a person of this tenant said so
 * @param ownKinds the kinds of this tenant's values, by share
 */
public record KnownRepair(
        String before,
        String after,
        String typeAfter,
        int accepted,
        int against,
        String own,
        boolean ownPerson,
        Map<String, Double> ownKinds) {

    public KnownRepair {
        Check.text("before", before);
        Check.text("after", after);
        Check.atLeast("accepted", accepted, 0);
        Check.atLeast("against", against, 0);
        ownKinds = Map.copyOf(ownKinds);
    }

    /** Tenants that accepted it, this one too. */
    public int voicesFor() {
        return accepted + (RepairMemory.ACCEPTED.equals(own) ? 1 : 0);
    }

    /** Tenants that refused it or took it back, this one too. */
    public int voicesAgainst() {
        return against + (own == null || RepairMemory.ACCEPTED.equals(own) ? 0 : 1);
    }
}
