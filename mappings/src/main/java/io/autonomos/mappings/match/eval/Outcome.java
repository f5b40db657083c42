package io.autonomos.mappings.match.eval;

/**
 * One decision beside the truth.
 *
 * @param caseType the type of its case
 * @param level the difficulty of a rename, else the kind of the truth
 * @param renamed whether the truth has the field under another name
 * @param confidence the confidence of the proposed partner
 * @param right whether the proposed partner is the true one
 */
public record Outcome(
        String caseType, String level, boolean renamed, double confidence, boolean right) {

    /** The outcome of proposing a partner for a field of the case; null when nobody knows. */
    public static Outcome of(DriftCase in, String before, String after, double confidence) {
        Truth truth = in.truthOf(before);
        if (truth == null) {
            return null;
        }
        boolean right = after != null && truth.after().contains(after);
        return new Outcome(in.type(), truth.level(), truth.renamed(), confidence, right);
    }
}
