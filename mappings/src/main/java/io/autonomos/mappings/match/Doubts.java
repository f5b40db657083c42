package io.autonomos.mappings.match;

/**
 * The most that a pair may be trusted whose names alone speak for it, where names can tell two
 * readings but not which is right. What records with the same values say goes before.
 *
 * <p>Bounds and no evidence, since a model is sure of what several fields do alike: three billing
 * fields that are gone and three shipping fields that came back each other up.
 */
final class Doubts {

    /** Names that exclude each other: hardly ever right. */
    private static final double EXCLUSIVE = 0.5;

    /** What is trusted less than this is bounded anyway. */
    static final double LEAST = EXCLUSIVE;

    /** Right four times of five, so somebody should look: less than what is applied by default. */
    private static final double EITHER = 0.84;

    private static final double PROVEN_SHARE = 0.9;
    private static final double PROVEN_RECORDS = Math.log1p(3);
    private static final double ONE_VALUE = Math.log1p(1);
    private static final double TWO_VALUES = Math.log1p(2);
    private static final double OWN_RULE = 0.5;
    private static final double NO_RULE = 0.05;
    private static final double WHOLE = 0.99;
    private static final double MOST = 0.7;
    private static final double LITTLE = 0.15;

    /** By so much another pair must be likelier for a candidate to be taken by it. */
    private static final double TAKEN = 1;

    private final PairTable table;

    Doubts(PairTable table) {
        this.table = table;
    }

    /** The most that the pair may be trusted. */
    double most(int row, int column) {
        double[] own = table.evidence(row, column);
        // Two addresses are often in one country, so one value tells nothing of these.
        if (own[Feature.CONTRADICTIONS.index()] > 0 && !isProven(own, TWO_VALUES)) {
            return EXCLUSIVE;
        }
        if (isProven(own, ONE_VALUE)) {
            return 1;
        }
        boolean qualified = own[Feature.QUALIFIERS.index()] > 0;
        boolean either = qualified || isHalf(own) || isTied(row, column) || isNamesake(row, column);
        return either ? EITHER : 1;
    }

    /**
     * Whether the old name says something that the new one does not and a good part of one name is
     * not in the other, or all they have in common is a last word that is near the other's, while
     * neither another field nor records with the same value speak for it.
     */
    private static boolean isHalf(double[] own) {
        boolean agreed =
                own[Feature.RECORD_SUPPORT.index()] > 0
                        && own[Feature.RECORD_SHARE.index()] >= PROVEN_SHARE;
        if (agreed || own[Feature.RULE_SUPPORT.index()] > NO_RULE) {
            return false;
        }
        double common =
                Math.min(own[Feature.COVER_BEFORE.index()], own[Feature.COVER_AFTER.index()]);
        boolean part = own[Feature.TELLING_BEFORE.index()] > 0 && common < MOST;
        double head = own[Feature.HEAD.index()];
        boolean near = head > 0 && head < 1 && own[Feature.COMMON.index()] == 0;
        // Of a yes or no there are few, so deleted and archived are hardly two.
        return part || (near && own[Feature.BOOLEAN_LIKE.index()] < 1);
    }

    private static boolean isProven(double[] evidence, double values) {
        return evidence[Feature.RECORD_SHARE.index()] >= PROVEN_SHARE
                && evidence[Feature.RECORD_SUPPORT.index()] >= PROVEN_RECORDS
                && evidence[Feature.RECORD_DISTINCT.index()] >= values;
    }

    /**
     * Whether the words of the old name fit another free candidate as well, and no other field
     * changed its name by the same rule: a confirmation of an e-mail or of a phone.
     */
    private boolean isTied(int row, int column) {
        double[] own = table.evidence(row, column);
        if (own[Feature.RULE_SUPPORT.index()] > OWN_RULE) {
            return false;
        }
        for (int k = 0; k < table.columns(); k++) {
            if (k != column && fitsAsWell(table.evidence(row, k), own) && isFree(row, k)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFree(int row, int column) {
        double own = table.evidence(row, column)[Feature.FIRST_SCORE.index()];
        for (int i = 0; i < table.rows(); i++) {
            double other = table.evidence(i, column)[Feature.FIRST_SCORE.index()];
            if (i != row && other >= own + TAKEN) {
                return false;
            }
        }
        return true;
    }

    /**
     * By words alone; how much each says depends on how often others have it, so it is left out.
     */
    private static boolean fitsAsWell(double[] other, double[] own) {
        return other[Feature.TELLING_BEFORE.index()] <= own[Feature.TELLING_BEFORE.index()]
                && other[Feature.TELLING_AFTER.index()] <= own[Feature.TELLING_AFTER.index()]
                && other[Feature.CONTRADICTIONS.index()] <= own[Feature.CONTRADICTIONS.index()]
                && other[Feature.HEAD.index()] >= own[Feature.HEAD.index()]
                && other[Feature.COMMON.index()] > 0
                && other[Feature.EXACT_BEFORE.index()] >= own[Feature.EXACT_BEFORE.index()] - LITTLE
                && other[Feature.TRIGRAMS.index()] >= own[Feature.TRIGRAMS.index()] - LITTLE
                && other[Feature.TYPE_FIT.index()] >= own[Feature.TYPE_FIT.index()] - LITTLE;
    }

    /**
     * Whether the old name may stand for something else now: its type, or what its values look
     * like, went to a longer name.
     */
    private boolean isNamesake(int row, int column) {
        double[] own = table.evidence(row, column);
        if (own[Feature.SAME_PATH.index()] == 0 || own[Feature.TYPE_SAME.index()] == 1) {
            return false;
        }
        boolean looksOther = own[Feature.KIND_AGREEMENT.index()] <= LITTLE;
        for (int k = 0; k < table.columns(); k++) {
            double[] other = table.evidence(row, k);
            boolean looksAlike = other[Feature.KIND_AGREEMENT.index()] >= PROVEN_SHARE;
            if (k != column
                    && (other[Feature.TYPE_SAME.index()] == 1 || (looksOther && looksAlike))
                    && other[Feature.COVER_BEFORE.index()] >= WHOLE
                    && isFree(row, k)) {
                return true;
            }
        }
        return false;
    }
}
