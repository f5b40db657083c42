package io.autonomos.operators.review;

import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.Tier;
import java.time.Instant;
import java.util.List;

/** Proposals and reviews of tenant {@code acme}. */
final class TestingProposals {

    static final String ACME = "acme";

    private TestingProposals() {}

    static String mapping(int version, String field) {
        return """
               mapping: own
               version: %d
               source: salesforce
               stream: Account
               entity: account
               fields:
                 account_id: Id
                 name: %s
               """
                .formatted(version, field);
    }

    /** A proposal of version {@code base + 1} that a person must decide on. */
    static RepairProposal proposal(String id, int base, Instant at) {
        return proposal(id, Tier.REVIEW, base, base + 1, at);
    }

    static RepairProposal proposal(String id, Tier tier, int base, int candidate, Instant at) {
        return new RepairProposal(
                id,
                "d-" + at.toEpochMilli(),
                ACME,
                "crm",
                "salesforce",
                "Account",
                "account",
                "own",
                base,
                mapping(candidate, "Alias"),
                List.of(
                        new RepairProposal.Change(
                                "name",
                                List.of("Name"),
                                List.of("Alias"),
                                0.7,
                                tier,
                                List.of(),
                                List.of())),
                0.7,
                tier,
                new RepairProposal.Score(3, 0, 3),
                new RepairProposal.Score(3, 3, 0),
                List.of(),
                3,
                at,
                at.plus(TestingDesk.EXPIRY));
    }

    static Review approve(String id, String proposal) {
        return new Review(id, proposal, ACME, Review.APPROVE, null, "jo", "fits", at());
    }

    static Review reject(String id, String proposal) {
        return new Review(id, proposal, ACME, Review.REJECT, null, "kim", "no", at());
    }

    static Review edit(String id, String proposal, String mapping) {
        return new Review(id, proposal, ACME, Review.EDIT, mapping, "jo", "better", at());
    }

    private static Instant at() {
        return TestingDesk.START.plusSeconds(60);
    }
}
