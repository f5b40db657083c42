package io.autonomos.schemas.messages;

/**
 * A proposal with the status that it just got.
 *
 * @param status never {@link ProposalStatus#REFUSED}
 */
public record ReviewedProposal(RepairProposal proposal, ProposalStatus status) {

    public ReviewedProposal {
        Check.present("proposal", proposal);
        Check.present("status", status);
    }
}
