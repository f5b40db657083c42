package io.autonomos.schemas.messages;

/**
 * One rule finds two rows alike, or no more.
 *
 * @param candidate has that rule alone
 * @param gone whether the rule finds them alike no more
 */
public record MergeNews(MergeCandidate candidate, boolean gone) {

    public MergeNews {
        Check.present("candidate", candidate);
    }
}
