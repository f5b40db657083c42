package io.autonomos.operators.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autonomos.schemas.messages.MappingVerdict.Problem;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.MergeNews;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.ReviewRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class MergeDeskTest {

    private static final String ID = MergeCandidate.id("acme", "account", "name:a/GB", "domain:a");

    @Test
    void aCandidateIsAskedAboutOnceWhateverManyRulesFindIt() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            news(desk, "domain", false);
            news(desk, "name", false);

            assertThat(statuses(desk)).containsExactly("pending");
            assertThat(side(desk, MergeDesk.CANDIDATES))
                    .extracting(MergeCandidate::rules)
                    .containsExactly(List.of("name"), List.of("domain", "name"));
        }
    }

    @Test
    void eachCandidateStandsAsItsLastStatusSays() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            news(desk, "domain", false);
            review(desk, "r1", "acme", Review.APPROVE);
            review(desk, "r2", "globex", Review.APPROVE);
            review(desk, "r3", "acme", Review.REJECT);

            assertThat(side(desk, MergeDesk.STANDING))
                    .extracting(each -> each.status().status(), each -> each.candidate().rules())
                    .containsExactly(
                            tuple("pending", List.of("name")),
                            tuple("pending", List.of("domain", "name")),
                            tuple("approved", List.of("domain", "name")),
                            tuple("rejected", List.of("domain", "name")));
        }
    }

    @Test
    void itIsWithdrawnWhenNoRuleFindsTheRowsAlikeAndAskedAgainWhenOneDoes() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            news(desk, "domain", false);
            news(desk, "name", true);
            assertThat(statuses(desk)).containsExactly("pending");

            news(desk, "domain", true);
            news(desk, "name", false);

            assertThat(statuses(desk)).containsExactly("pending", "superseded", "pending");
        }
    }

    @Test
    void anApprovalIsADecisionThatOutlivesTheRowThatGoes() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            review(desk, "r1", "acme", Review.APPROVE);
            news(desk, "name", true);
            news(desk, "name", false);

            assertThat(statuses(desk)).containsExactly("pending", "approved");
            assertThat(side(desk, MergeDesk.DECISIONS))
                    .containsExactly(
                            new MergeDecision(
                                    "acme",
                                    "account",
                                    "name:a/GB",
                                    "domain:a",
                                    null,
                                    ID,
                                    "jo",
                                    "why",
                                    Instant.EPOCH));
        }
    }

    @Test
    void whatWasRejectedIsNotAskedByAJobWithoutStateEither() throws Exception {
        MergeDecision apart;
        try (var desk = desk(null)) {
            news(desk, "name", false);
            review(desk, "r1", "acme", Review.REJECT);
            apart = side(desk, MergeDesk.DECISIONS).get(0);
            remembered(desk, apart);
            assertThat(statuses(desk)).containsExactly("pending", "rejected");
        }

        try (var desk = desk(null)) {
            remembered(desk, apart);
            news(desk, "name", false);
            assertThat(statuses(desk)).isEmpty();
            assertThat(side(desk, MergeDesk.CANDIDATES)).isEmpty();

            review(desk, "r2", "acme", Review.APPROVE);
            assertThat(side(desk, MergeDesk.DECISIONS))
                    .extracting(MergeDecision::isOfPair, MergeDecision::into)
                    .containsExactly(tuple(false, "domain:a"), tuple(true, "domain:a"));
        }
    }

    @Test
    void aRejectionThatIsReadLateEndsTheQuestion() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            remembered(desk, pair(null));
            news(desk, "domain", false);

            assertThat(statuses(desk)).containsExactly("pending", "rejected");
        }
    }

    @Test
    void aRejectionThatWasTakenBackIsNotRemembered() throws Exception {
        try (var desk = desk(null)) {
            remembered(desk, pair(null));
            remembered(desk, pair("domain:a"));
            news(desk, "name", false);
            assertThat(statuses(desk)).containsExactly("pending");

            review(desk, "r1", "acme", Review.REJECT);
            remembered(desk, pair("domain:a"));
            news(desk, "domain", false);
            assertThat(statuses(desk)).containsExactly("pending", "rejected");
        }
    }

    @Test
    void whatWasRejectedIsNeverAskedAgainAlsoAfterARestart() throws Exception {
        OperatorSubtaskState snapshot;
        try (var desk = desk(null)) {
            news(desk, "name", false);
            review(desk, "r1", "acme", Review.REJECT);
            snapshot = desk.snapshot(1, 1);
        }

        try (var desk = desk(snapshot)) {
            news(desk, "name", true);
            news(desk, "name", false);
            review(desk, "r1", "acme", Review.REJECT);

            assertThat(statuses(desk)).isEmpty();
            review(desk, "r2", "acme", Review.REJECT);
            assertThat(codes(desk)).containsExactly("AOS-922");
            assertThat(side(desk, MergeDesk.DECISIONS)).isEmpty();
        }
    }

    @Test
    void aLaterDecisionTakesAnEarlierOneBack() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            review(desk, "r1", "acme", Review.APPROVE);
            review(desk, "r2", "acme", Review.REJECT);
            review(desk, "r1", "acme", Review.APPROVE);
            review(desk, "r3", "acme", Review.APPROVE);

            assertThat(statuses(desk))
                    .containsExactly("pending", "approved", "rejected", "approved");
            assertThat(side(desk, MergeDesk.DECISIONS))
                    .extracting(MergeDecision::isOfPair, MergeDecision::into)
                    .containsExactly(
                            tuple(false, "domain:a"),
                            tuple(false, null),
                            tuple(true, null),
                            tuple(false, "domain:a"),
                            tuple(true, "domain:a"));
            assertThat(desk.extractOutputValues())
                    .extracting(ProposalStatus::id)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aReviewOfAnotherTenantAndAnEditAreRefused() throws Exception {
        try (var desk = desk(null)) {
            news(desk, "name", false);
            review(desk, "r1", "globex", Review.APPROVE);
            review(desk, "r2", "acme", Review.EDIT);

            assertThat(codes(desk)).containsExactly("AOS-921", "AOS-928");
            assertThat(side(desk, MergeDesk.DECISIONS)).isEmpty();
        }
    }

    private static MergeDecision pair(String into) {
        return new MergeDecision(
                "acme", "account", "name:a/GB", into, "domain:a", ID, "jo", null, Instant.EPOCH);
    }

    private static void remembered(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk,
            MergeDecision decided)
            throws Exception {
        desk.processElement1(new StreamRecord<>(MergeNews.of(decided)));
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, MergeNews, ReviewRequest, ProposalStatus>
            desk(OperatorSubtaskState snapshot) throws Exception {
        var desk =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        new KeyedCoProcessOperator<>(new MergeDesk()),
                        MergeNews::tenant,
                        ReviewRequest::tenant,
                        Types.STRING);
        if (snapshot != null) {
            desk.initializeState(snapshot);
        }
        desk.open();
        return desk;
    }

    private static void news(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk,
            String rule,
            boolean gone)
            throws Exception {
        MergeCandidate candidate =
                new MergeCandidate(
                        ID,
                        "acme",
                        "account",
                        "name:a/GB",
                        "domain:a",
                        List.of(rule),
                        List.of(),
                        Instant.EPOCH);
        desk.processElement1(new StreamRecord<>(new MergeNews(candidate, gone)));
    }

    private static void review(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk,
            String id,
            String tenant,
            String decision)
            throws Exception {
        String mapping = decision.equals(Review.EDIT) ? "fields: {}" : null;
        Review review = new Review(id, ID, tenant, decision, mapping, "jo", "why", Instant.EPOCH);
        desk.processElement2(new StreamRecord<>(ReviewRequest.of(review)));
    }

    private static List<String> statuses(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk) {
        return desk.extractOutputValues().stream().map(ProposalStatus::status).toList();
    }

    private static List<String> codes(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk) {
        return desk.extractOutputValues().stream()
                .filter(ProposalStatus::refuses)
                .flatMap(each -> each.problems().stream())
                .map(Problem::code)
                .toList();
    }

    private static <T> List<T> side(
            KeyedTwoInputStreamOperatorTestHarness<String, MergeNews, ReviewRequest, ProposalStatus>
                    desk,
            OutputTag<T> tag) {
        List<T> all = new ArrayList<>();
        var queue = desk.getSideOutput(tag);
        if (queue != null) {
            queue.forEach(record -> all.add(record.getValue()));
        }
        return all;
    }
}
