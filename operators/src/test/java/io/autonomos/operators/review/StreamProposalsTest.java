package io.autonomos.operators.review;

import static io.autonomos.operators.review.TestingDesk.START;
import static io.autonomos.operators.review.TestingProposals.approve;
import static io.autonomos.operators.review.TestingProposals.edit;
import static io.autonomos.operators.review.TestingProposals.mapping;
import static io.autonomos.operators.review.TestingProposals.proposal;
import static io.autonomos.operators.review.TestingProposals.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.Tier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several proposals of one stream are to each other. */
class StreamProposalsTest {

    private TestingDesk desk;

    @BeforeEach
    void open() throws Exception {
        desk = TestingDesk.open();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void proposalsOfOneDriftStandBesideEachOther() throws Exception {
        desk.propose(proposal("p1", Tier.APPLY, 3, 4, START));
        desk.propose(proposal("p2", Tier.REVIEW, 3, 5, START));
        desk.propose(proposal("p3", Tier.REJECT, 3, 3, START));
        desk.review(approve("r1", "p2"));
        desk.review(edit("r2", "p3", mapping(1, "Nick")));
        desk.checkpoint();

        assertThat(desk.log()).noneMatch(ProposalStatus::refuses);
        assertThat(desk.versions()).extracting(MappingVersion::version).containsExactly(5, 6);
    }

    @Test
    void aProposalThatBuildsOnAnotherIsApprovedAfterIt() throws Exception {
        desk.propose(proposal("p1", Tier.REVIEW, 3, 4, START));
        desk.propose(proposal("p2", Tier.REVIEW, 3, 5, START));
        desk.review(approve("r1", "p2"));
        assertThat(desk.code()).isEqualTo("AOS-927");
        assertThat(desk.last().problems().get(0).message()).contains("p1");

        desk.review(approve("r2", "p1"));
        desk.review(approve("r3", "p2"));
        desk.checkpoint();

        assertThat(desk.versions()).extracting(MappingVersion::version).containsExactly(4, 5);
    }

    @Test
    void whatBuildsOnARejectedProposalCanBeEditedOnly() throws Exception {
        desk.propose(proposal("p1", Tier.REVIEW, 3, 4, START));
        desk.propose(proposal("p2", Tier.REVIEW, 3, 5, START));
        desk.review(reject("r1", "p1"));
        desk.review(approve("r2", "p2"));
        assertThat(desk.code()).isEqualTo("AOS-925");
        desk.review(edit("r3", "p2", mapping(1, "Nick")));
        desk.checkpoint();

        assertThat(desk.versions()).extracting(MappingVersion::version).containsExactly(4);
    }

    @Test
    void aNewerProposalOfTheStreamTakesThePlaceOfAnOlderOne() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.propose(proposal("p2", 3, START.plusSeconds(1)));
        desk.propose(proposal("p0", 2, START.plusSeconds(2)));

        assertThat(desk.lines())
                .containsExactly(
                        "p1 pending autonomos",
                        "p1 superseded autonomos",
                        "p2 pending autonomos",
                        "p0 superseded autonomos");
        desk.review(approve("r1", "p1"));
        assertThat(desk.code()).isEqualTo("AOS-924");
    }

    @Test
    void aProposalThatIsMadeAgainIsAsNewAsThoseMadeWithIt() throws Exception {
        desk.propose(proposal("p1", Tier.REVIEW, 3, 4, START));
        desk.propose(proposal("p2", Tier.REJECT, 3, 5, START));
        desk.propose(proposal("p3", Tier.REVIEW, 3, 4, START.plusSeconds(1)));
        desk.propose(proposal("p2", Tier.REJECT, 3, 5, START.plusSeconds(1)));
        desk.propose(proposal("p2", Tier.REJECT, 3, 5, START));

        assertThat(desk.lines())
                .containsExactly(
                        "p1 pending autonomos",
                        "p2 pending autonomos",
                        "p1 superseded autonomos",
                        "p2 superseded autonomos",
                        "p3 pending autonomos",
                        "p2 pending autonomos");
        desk.review(approve("r1", "p3"));
        desk.review(approve("r2", "p2"));
        desk.checkpoint();
        assertThat(desk.versions()).extracting(MappingVersion::version).containsExactly(4, 5);
    }

    @Test
    void aProposalThatIsMadeAgainFirstTakesThePlaceOfOlderOnes() throws Exception {
        desk.propose(proposal("p1", Tier.REVIEW, 3, 4, START));
        desk.propose(proposal("p2", Tier.REJECT, 3, 5, START));
        desk.propose(proposal("p2", Tier.REJECT, 3, 5, START.plusSeconds(1)));
        desk.propose(proposal("p3", Tier.REVIEW, 3, 4, START.plusSeconds(1)));

        assertThat(desk.lines())
                .containsExactly(
                        "p1 pending autonomos",
                        "p2 pending autonomos",
                        "p1 superseded autonomos",
                        "p3 pending autonomos");
    }

    @Test
    void anApprovedVersionTakesThePlaceOfOthersForTheSameNumber() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.propose(proposal("p2", 3, START));
        desk.review(approve("r1", "p1"));

        assertThat(desk.lines())
                .containsExactly(
                        "p1 pending autonomos",
                        "p2 pending autonomos",
                        "p1 approved jo",
                        "p2 superseded autonomos");
    }
}
