package io.autonomos.schemas.messages;

/**
 * A merge candidate with the status that it has now.
 *
 * @param status never {@link ProposalStatus#REFUSED}
 */
public record ReviewedMerge(MergeCandidate candidate, ProposalStatus status) {

    public ReviewedMerge {
        Check.present("candidate", candidate);
        Check.present("status", status);
    }
}
