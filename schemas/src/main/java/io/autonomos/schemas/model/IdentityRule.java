package io.autonomos.schemas.model;

import java.util.List;

/**
 * Evidence that records of several connections are the same thing: equal normal forms of all these
 * fields. A record that lacks one of them goes by the next rule.
 *
 * @param name begins the ids of the rows that the rule makes
 * @param except normal forms that many have in common, so that they prove nothing
 */
public record IdentityRule(String name, List<Part> parts, List<String> except) {

    /** Begins the ids of rows that are one record; no rule has this name. */
    public static final String RECORD = "record";

    /** Begins what stands for a record that is not known; no rule has this name. */
    public static final String UNRESOLVED = "unresolved";

    public IdentityRule {
        parts = List.copyOf(parts);
        except = List.copyOf(except);
    }

    /**
     * A field that the rule compares.
     *
     * @param normalize the name of the normal form
     */
    public record Part(String field, String normalize) {}
}
