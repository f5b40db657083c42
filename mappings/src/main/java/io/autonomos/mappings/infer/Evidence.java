package io.autonomos.mappings.infer;

/**
 * Why a source field is taken for a canonical one, from the strongest to the weakest.
 *
 * <p>The confidence of each is its precision where the shipped mappings of all other vendors are
 * the vocabulary and one vendor's sample records are drafted, over all vendors: {@code
 * InferenceTest} measures it anew and fails where it is stated too high.
 */
enum Evidence {
    /** Another system calls the entity's field so. */
    KNOWN_NAME(0.95, "other systems call it %s"),
    /** The name is the canonical name. */
    CANONICAL_NAME(0.95, "it has the canonical name"),
    /** The name is known once the entity's own name is left out of it. */
    KNOWN_WITHOUT_ENTITY(0.85, "it is %s of the entity"),
    /** Another system calls a field so that another entity has too. */
    KNOWN_ELSEWHERE(0.7, "systems call it %s on other entities"),
    /** The name is a common word for the field. */
    SYNONYM(0.7, "%s is a common word for it"),
    /** Most words are those of a known name. */
    SHARED_WORDS(0.75, "its name shares words with %s"),
    /** The values alone. */
    VALUES(0.4, "its values look like it");

    private final double confidence;
    private final String reason;

    Evidence(double confidence, String reason) {
        this.confidence = confidence;
        this.reason = reason;
    }

    double confidence() {
        return confidence;
    }

    String reason(String known) {
        return reason.formatted(known);
    }
}
