package io.autonomos.schemas.messages;

/**
 * One rule finds two rows alike, or no more; or what was decided about two rows before.
 *
 * @param candidate has that rule alone; null for a decision
 * @param gone whether the rule finds them alike no more
 * @param decided about a pair; null for a candidate
 */
public record MergeNews(MergeCandidate candidate, boolean gone, MergeDecision decided) {

    public MergeNews {
        Check.present("candidate", candidate == null ? decided : candidate);
    }

    public MergeNews(MergeCandidate candidate, boolean gone) {
        this(candidate, gone, null);
    }

    /** What was decided about a pair. */
    public static MergeNews of(MergeDecision decided) {
        return new MergeNews(null, false, decided);
    }

    /** Whose rows they are. */
    public String tenant() {
        return candidate == null ? decided.tenant() : candidate.tenant();
    }
}
