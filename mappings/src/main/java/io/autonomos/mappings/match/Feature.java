package io.autonomos.mappings.match;

/**
 * One piece of evidence about a pair of fields. The direction says whether more of it can only make
 * the pair more likely (1), only less likely (-1), or either (0): the fitted model keeps to it.
 */
public enum Feature {
    SAME_PATH(0),
    SAME_LETTERS(1),
    SAME_LEAF(1),
    SAME_WORDS(1),
    SAME_MEANING(1),
    COVER_BEFORE(1),
    COVER_AFTER(1),
    EXACT_BEFORE(1),
    EXACT_AFTER(1),
    LEFT_BEFORE(-1),
    LEFT_AFTER(-1),
    COMMON(1),
    LEAF_COVER_BEFORE(1),
    LEAF_COVER_AFTER(1),
    LEAF_LEFT(-1),
    TELLING_BEFORE(-1),
    TELLING_AFTER(-1),
    HEAD(1),
    CONTRADICTIONS(-1),
    QUALIFIERS(-1),
    NEAR_PAIRS(0),
    INVERSE(0),
    JARO_WINKLER(1),
    LEAF_JARO_WINKLER(1),
    TRIGRAMS(1),
    CONTAINMENT(1),
    PARENT_SAME(1),
    TYPE_SAME(1),
    TYPE_FIT(1),
    TYPE_KNOWN(0),
    TIME_LIKE(1),
    BOOLEAN_LIKE(1),
    ID_LIKE(1),
    KIND_AGREEMENT(1),
    OVERLAP(1),
    WORD_OVERLAP(1),
    LENGTH_RATIO(1),
    MAGNITUDE(-1),
    KEPT(1),
    SHORTAGE(1),
    RECORD_SHARE(1),
    RECORD_SUPPORT(0),
    RECORD_DISTINCT(0),
    /** From here on: what the other pairs of the change say about this one. */
    FIRST_SCORE(1),
    RANK(-1),
    MARGIN_BEFORE(1),
    MARGIN_AFTER(1),
    MUTUAL_BEST(1),
    ASSIGNED(1),
    RULE_SUPPORT(1),
    RULE_SHARE(1),
    PARENT_RULE(1),
    COHERENCE(1),
    SHARE_BEFORE(1),
    SHARE_AFTER(1),
    NAMESAKE(0),
    WANTED(-1);

    private final int direction;

    Feature(int direction) {
        this.direction = direction;
    }

    /** 1, -1 or 0. */
    public int direction() {
        return direction;
    }

    /** Its place in a pair's evidence; a model names its features, so that it may change. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
        return ordinal();
    }
}
