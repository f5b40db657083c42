package io.autonomos.schemas.model;

import java.util.List;

/**
 * Evidence that two unified rows may be one, which is not enough to merge them: equal normal forms
 * of all these fields. A person is asked.
 *
 * @param except normal forms that many have in common, so that they are no evidence
 * @param unlessBoth names of identity rules: two rows that one of these made, each of them, are two
 *     things
 */
public record CandidateRule(
        String name, List<IdentityRule.Part> parts, List<String> except, List<String> unlessBoth) {

    public CandidateRule {
        parts = List.copyOf(parts);
        except = List.copyOf(except);
        unlessBoth = List.copyOf(unlessBoth);
    }
}
