package io.autonomos.mappings.match;

import io.autonomos.schemas.messages.Tier;
import java.util.List;
import java.util.Map;

/**
 * What is thought of one field that is gone or has another type.
 *
 * @param before its path
 * @param after the path of the likeliest partner; null when the new schema has no new field at all
 * @param confidence the probability that this partner is right
 * @param tier what the thresholds make of it
 * @param others the next likeliest, best first
 * @param evidence what speaks for and against the pair, by {@link Feature} name
 */
public record FieldDecision(
        String before,
        String after,
        double confidence,
        Tier tier,
        List<Candidate> others,
        Map<String, Double> evidence) {

    /** Another partner that was weighed. */
    public record Candidate(String after, double confidence) {}
}
