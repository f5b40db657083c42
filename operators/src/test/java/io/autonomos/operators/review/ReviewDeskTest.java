package io.autonomos.operators.review;

import static io.autonomos.operators.review.TestingDesk.EXPIRY;
import static io.autonomos.operators.review.TestingDesk.RETENTION;
import static io.autonomos.operators.review.TestingDesk.START;
import static io.autonomos.operators.review.TestingDesk.WAIT;
import static io.autonomos.operators.review.TestingProposals.approve;
import static io.autonomos.operators.review.TestingProposals.edit;
import static io.autonomos.operators.review.TestingProposals.mapping;
import static io.autonomos.operators.review.TestingProposals.proposal;
import static io.autonomos.operators.review.TestingProposals.reject;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.Tier;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewDeskTest {

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
    void anApprovedProposalBecomesAVersionByTheReviewer() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(approve("r1", "p1"));
        desk.checkpoint();

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 approved jo");
        assertThat(desk.last().version()).isEqualTo(4);
        assertThat(desk.last().reviewId()).isEqualTo("r1");
        assertThat(desk.last().reason()).isEqualTo("fits");
        MappingVersion version = desk.versions().get(0);
        assertThat(desk.versions()).hasSize(1);
        assertThat(version.version()).isEqualTo(4);
        assertThat(version.content()).isEqualTo(mapping(4, "Alias"));
        assertThat(version.origin()).isEqualTo(MappingVersion.REPAIR);
        assertThat(version.proposalId()).isEqualTo("p1");
        assertThat(version.by()).isEqualTo("jo");
    }

    @Test
    void aRejectedProposalMakesNoVersion() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(reject("r1", "p1"));
        desk.checkpoint();

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 rejected kim");
        assertThat(desk.versions()).isEmpty();
    }

    @Test
    void anEditedMappingTakesThePlaceOfTheCandidate() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(edit("r1", "p1", mapping(1, "Nick")));
        desk.checkpoint();

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 edited jo");
        assertThat(desk.versions().get(0).content()).isEqualTo(mapping(1, "Nick"));
        assertThat(desk.versions().get(0).version()).isEqualTo(4);
    }

    @Test
    void anEditedMappingThatDoesNotCompileIsRefusedAndTheProposalStays() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(edit("r1", "p1", mapping(1, "Nick").replace("  name:", "  nmae:")));

        assertThat(desk.last().refuses()).isTrue();
        assertThat(desk.last().problems().get(0).line()).isEqualTo(8);
        assertThat(desk.code()).isEqualTo("AOS-605");
        desk.review(edit("r2", "p1", mapping(1, "Nick")));
        assertThat(desk.last().status()).isEqualTo(ProposalStatus.EDITED);
    }

    @Test
    void anEditedMappingForAnotherSourceIsRefused() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(edit("r1", "p1", mapping(1, "Nick").replace("salesforce", "hubspot")));

        assertThat(desk.code()).isEqualTo("AOS-691");
    }

    @Test
    void theSameReviewTwiceChangesNothing() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(approve("r1", "p1"));
        desk.review(approve("r1", "p1"));
        desk.review(reject("r1", "p1"));
        desk.checkpoint();

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 approved jo");
        assertThat(desk.versions()).hasSize(1);
    }

    @Test
    void aSecondDecisionIsRefusedAndSaysWhoDecided() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(approve("r1", "p1"));
        desk.review(reject("r2", "p1"));
        desk.checkpoint();

        assertThat(desk.last().refuses()).isTrue();
        assertThat(desk.last().by()).isEqualTo("kim");
        assertThat(desk.last().connection()).isEqualTo("crm");
        assertThat(desk.code()).isEqualTo("AOS-922");
        assertThat(desk.last().problems().get(0).message()).contains("approved by jo");
        assertThat(desk.versions()).hasSize(1);
    }

    @Test
    void theSameProposalAgainChangesNothing() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(reject("r1", "p1"));
        desk.propose(proposal("p1", 3, START));

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 rejected kim");
        assertThat(desk.notices()).hasSize(1);
    }

    @Test
    void aReviewOfAnotherTenantFindsNoProposal() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(new Review("r1", "p1", "globex", Review.APPROVE, null, "eve", null, START));
        desk.pass(WAIT);
        desk.checkpoint();

        assertThat(desk.last().tenant()).isEqualTo("globex");
        assertThat(desk.last().connection()).isNull();
        assertThat(desk.code()).isEqualTo("AOS-921");
        assertThat(desk.versions()).isEmpty();
        desk.review(approve("r2", "p1"));
        assertThat(desk.last().status()).isEqualTo(ProposalStatus.APPROVED);
    }

    @Test
    void aReviewWaitsForItsProposalForABoundedTime() throws Exception {
        desk.review(approve("r1", "p1"));
        desk.review(approve("r1", "p1"));
        desk.review(reject("r2", "p1"));
        desk.pass(WAIT.minusMillis(1));
        assertThat(desk.log()).isEmpty();

        desk.propose(proposal("p1", 3, START));

        assertThat(desk.lines())
                .containsExactly("p1 pending autonomos", "p1 approved jo", "p1 refused kim");
    }

    @Test
    void aReviewWhoseProposalDoesNotComeIsRefused() throws Exception {
        desk.review(approve("r1", "p1"));
        assertThat(desk.timers()).isEqualTo(1);
        desk.pass(WAIT);

        assertThat(desk.lines()).containsExactly("p1 refused jo");
        assertThat(desk.code()).isEqualTo("AOS-921");
        assertThat(desk.entries()).isZero();
        assertThat(desk.timers()).isZero();
        desk.propose(proposal("p1", 3, START));
        assertThat(desk.last().status()).isEqualTo(ProposalStatus.PENDING);
    }

    @Test
    void reviewsOfNothingFillNoState() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            desk.review(approve("r" + i, "p" + i));
        }
        assertThat(desk.log()).hasSize(200).allMatch(ProposalStatus::refuses);

        desk.pass(WAIT);

        assertThat(desk.log()).hasSize(1_200);
        assertThat(desk.entries()).isZero();
    }

    @Test
    void nobodyDecidesSoItExpiresAndIsEscalatedOnce() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.pass(EXPIRY.minusMillis(1));
        assertThat(desk.log()).hasSize(1);
        desk.pass(Duration.ofMillis(1));
        desk.pass(EXPIRY);

        assertThat(desk.lines()).containsExactly("p1 pending autonomos", "p1 expired autonomos");
        assertThat(desk.notices()).extracting(Notice::id).contains("p1/proposal", "p1/escalation");
        assertThat(desk.notices()).hasSize(2);
        desk.review(approve("r1", "p1"));
        assertThat(desk.code()).isEqualTo("AOS-923");
        assertThat(desk.versions()).isEmpty();
    }

    @Test
    void anExpiryBetweenTwoMillisecondsIsNotMissed() throws Exception {
        desk.propose(proposal("p1", 3, START.plusNanos(500)));
        desk.pass(EXPIRY);
        desk.pass(Duration.ofMillis(1));

        assertThat(desk.last().status()).isEqualTo(ProposalStatus.EXPIRED);
    }

    @Test
    void aProposalThatIsTooLateExpiresAtOnce() throws Exception {
        desk.propose(proposal("p1", 3, START.minus(EXPIRY)));
        desk.review(approve("r1", "p1"));

        assertThat(desk.lines())
                .containsExactly("p1 pending autonomos", "p1 expired autonomos", "p1 refused jo");
    }

    @Test
    void aDecidedProposalIsForgottenAndLeavesNothing() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(approve("r1", "p1"));
        desk.checkpoint();
        desk.pass(EXPIRY);
        assertThat(desk.log()).hasSize(2);
        desk.pass(RETENTION);

        assertThat(desk.entries()).isZero();
        assertThat(desk.timers()).isZero();
        desk.review(approve("r2", "p1"));
        desk.pass(WAIT);
        assertThat(desk.code()).isEqualTo("AOS-921");
    }

    @Test
    void aProposalThatWasAppliedUnaskedIsLoggedAndClosed() throws Exception {
        desk.propose(proposal("p1", Tier.APPLY, 3, 4, START));
        desk.review(reject("r1", "p1"));
        desk.checkpoint();

        assertThat(desk.lines()).containsExactly("p1 applied autonomos", "p1 refused kim");
        assertThat(desk.versions()).isEmpty();
        assertThat(desk.notices()).isEmpty();
    }

    @Test
    void aRejectedTierTellsNobodyButCanBeApproved() throws Exception {
        desk.propose(proposal("p1", Tier.REJECT, 3, 4, START));
        assertThat(desk.notices()).isEmpty();
        desk.review(approve("r1", "p1"));

        assertThat(desk.last().status()).isEqualTo(ProposalStatus.APPROVED);
    }

    @Test
    void aProposalWithoutACandidateCanBeEditedOnly() throws Exception {
        desk.propose(proposal("p1", Tier.REJECT, 3, 3, START));
        desk.review(approve("r1", "p1"));
        assertThat(desk.code()).isEqualTo("AOS-925");

        desk.review(edit("r2", "p1", mapping(1, "Nick")));
        desk.checkpoint();

        assertThat(desk.versions().get(0).version()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "junk", "{\"tenant\":\"acme\",\"id\":\"r1\"}"})
    void aMalformedReviewIsRefusedInTheLog(String json) throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(ReviewRequest.read(json.getBytes(UTF_8), 2, 7));

        assertThat(desk.last().refuses()).isTrue();
        assertThat(desk.code()).isEqualTo("AOS-403");
        assertThat(desk.last().problems().get(0).message()).contains("2@7");
    }

    @Test
    void theRowOfAProposalFollowsItsStatus() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(reject("r1", "p1"));
        desk.review(reject("r2", "p1"));

        assertThat(desk.rows())
                .extracting(each -> each.status().status())
                .containsExactly("pending", "rejected");
        assertThat(desk.rows())
                .extracting(each -> each.proposal().id())
                .isEqualTo(List.of("p1", "p1"));
    }

    @Test
    void everyLineHasAnIdOfItsOwn() throws Exception {
        desk.propose(proposal("p1", 3, START));
        desk.review(reject("r1", "p1"));
        desk.review(reject("r2", "p1"));
        desk.review(approve("r3", "p1"));

        assertThat(desk.log()).extracting(ProposalStatus::id).doesNotHaveDuplicates();
    }

    @Test
    void aNoticeShowsNamesFromOutsideAsTheyAre() throws Exception {
        var given = proposal("<!channel> & `x`\n", 3, START);
        desk.propose(given);
        String text = desk.notices().get(0).text();
        assertThat(text)
                .contains("acme/crm/Account")
                .contains("0.700")
                .contains("3 records")
                .contains("&lt;!channel&gt; &amp;  x  /proposal")
                .doesNotContain("`");
    }
}
