package io.autonomos.operators.review;

import static io.autonomos.operators.review.TestingDesk.EXPIRY;
import static io.autonomos.operators.review.TestingDesk.START;
import static io.autonomos.operators.review.TestingProposals.approve;
import static io.autonomos.operators.review.TestingProposals.edit;
import static io.autonomos.operators.review.TestingProposals.mapping;
import static io.autonomos.operators.review.TestingProposals.proposal;
import static io.autonomos.operators.review.TestingProposals.reject;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.Notice;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Decisions take effect once, whenever the job is killed. */
class ReviewRestartTest {

    @Test
    void aVersionWaitsUntilACheckpointHasItsDecision() throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            desk.propose(proposal("p1", 3, START));
            desk.review(approve("r1", "p1"));
            desk.pass(Duration.ofSeconds(10));
            assertThat(desk.versions()).isEmpty();
            desk.snapshot();
            desk.pass(Duration.ofSeconds(10));
            assertThat(desk.versions()).isEmpty();

            desk.complete();

            assertThat(desk.versions()).hasSize(1);
        }
    }

    @Test
    void aDecisionThatNoCheckpointHasLeavesNothingBehind() throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            desk.propose(proposal("p1", 3, START));
            OperatorSubtaskState before = desk.checkpoint();
            desk.review(approve("r1", "p1"));
            desk.snapshot();
            desk.pass(Duration.ofSeconds(1));

            try (TestingDesk restarted = desk.restart(before)) {
                restarted.review(reject("r2", "p1"));
                restarted.review(approve("r1", "p1"));
                restarted.checkpoint();

                assertThat(desk.versions()).isEmpty();
                assertThat(restarted.versions()).isEmpty();
                assertThat(restarted.lines()).containsExactly("p1 rejected kim", "p1 refused jo");
            }
        }
    }

    @Test
    void aVersionThatWasHeldGoesOutAfterARestart() throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            desk.propose(proposal("p1", 3, START));
            desk.review(approve("r1", "p1"));
            OperatorSubtaskState state = desk.snapshot();

            try (TestingDesk restarted = desk.restart(state)) {
                restarted.pass(Duration.ofSeconds(1));
                assertThat(restarted.versions()).hasSize(1);
                restarted.checkpoint();
                restarted.pass(Duration.ofDays(1));
                assertThat(restarted.versions()).hasSize(1);
            }
        }
    }

    @Test
    void aVersionThatGoesOutAgainIsTheSame() throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            desk.propose(proposal("p1", 3, START));
            desk.review(approve("r1", "p1"));
            OperatorSubtaskState state = desk.checkpoint();

            try (TestingDesk restarted = desk.restart(state)) {
                restarted.pass(Duration.ofSeconds(1));
                assertThat(restarted.versions()).isEqualTo(desk.versions()).hasSize(1);
            }
        }
    }

    @Test
    void whatIsDueAndWhatWaitsOutlivesARestart() throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            desk.propose(proposal("p1", 3, START));
            desk.review(approve("r1", "p2"));

            try (TestingDesk restarted = desk.restart(desk.snapshot())) {
                restarted.propose(proposal("p2", 3, START));
                assertThat(restarted.lines())
                        .containsExactly(
                                "p2 pending autonomos",
                                "p2 approved jo",
                                "p1 superseded autonomos");
                restarted.propose(proposal("p3", 4, START));
                restarted.pass(EXPIRY);
                assertThat(restarted.last().status()).isEqualTo(ProposalStatus.EXPIRED);
                assertThat(restarted.notices()).extracting(Notice::id).contains("p3/escalation");
            }
        }
    }

    /** Reviews come in any place around their proposal: the same one decides. */
    @Property(tries = 100)
    void whenTheProposalComesDoesNotMatter(@ForAll long seed) throws Exception {
        List<Object> inputs = new ArrayList<>(reviews(new Random(seed), List.of("p1")));
        List<String> expected = outcome(plus(inputs, 0, proposal("p1", 3, START)));

        for (int place = 1; place <= inputs.size(); place++) {
            assertThat(outcome(plus(inputs, place, proposal("p1", 3, START)))).isEqualTo(expected);
        }
    }

    /** Without reviews the newest proposal of a stream is left, in whatever order they come. */
    @Property(tries = 100)
    void theOrderOfProposalsDoesNotMatter(@ForAll long seed) throws Exception {
        List<Object> inputs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            inputs.add(proposal("p" + i, 3, START.plusSeconds(i)));
        }
        Collections.shuffle(inputs, new Random(seed));

        try (TestingDesk desk = TestingDesk.open()) {
            for (Object each : inputs) {
                send(desk, each);
            }
            Map<String, String> last = new LinkedHashMap<>();
            desk.log().forEach(each -> last.put(each.proposalId(), each.status()));
            for (int i = 0; i < 5; i++) {
                assertThat(last).containsEntry("p" + i, i == 4 ? "pending" : "superseded");
            }
        }
    }

    /** The job is killed at any moments; what it read since the last checkpoint comes again. */
    @Property(tries = 150)
    void aKilledJobEndsWithTheSameLogAndVersions(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<Object> inputs = new ArrayList<>(reviews(random, List.of("p1", "p2", "p3")));
        for (int i = 1; i <= 3; i++) {
            inputs.add(
                    random.nextInt(inputs.size() + 1),
                    proposal("p" + i, 3, START.plusSeconds(random.nextInt(2))));
        }

        assertThat(killed(inputs, random)).isEqualTo(outcome(inputs));
    }

    private static List<String> killed(List<Object> inputs, Random random) throws Exception {
        TestingDesk desk = TestingDesk.open();
        List<MappingVersion> versions = new ArrayList<>();
        List<ProposalStatus> log = new ArrayList<>();
        OperatorSubtaskState state = desk.checkpoint();
        int checkpointed = 0;
        int committed = 0;
        int kills = 5;
        for (int next = 0; next < inputs.size(); next++) {
            send(desk, inputs.get(next));
            int what = random.nextInt(4);
            if (what == 0) {
                state = desk.checkpoint();
                checkpointed = next + 1;
                log.addAll(desk.log().subList(committed, desk.log().size()));
                committed = desk.log().size();
            } else if (what == 1 && kills-- > 0) {
                versions.addAll(desk.versions());
                desk.close();
                desk = desk.restart(state);
                desk.pass(Duration.ofMillis(100));
                committed = 0;
                next = checkpointed - 1;
            }
        }
        desk.checkpoint();
        log.addAll(desk.log().subList(committed, desk.log().size()));
        versions.addAll(desk.versions());
        desk.close();
        return lines(log, versions);
    }

    private static List<String> outcome(List<Object> inputs) throws Exception {
        try (TestingDesk desk = TestingDesk.open()) {
            for (Object each : inputs) {
                send(desk, each);
            }
            desk.checkpoint();
            return lines(desk.log(), desk.versions());
        }
    }

    /**
     * What is logged, each line once or it shows, and the versions, however often they went out.
     */
    private static List<String> lines(List<ProposalStatus> log, List<MappingVersion> versions) {
        List<String> lines = new ArrayList<>();
        log.forEach(
                each ->
                        lines.add(
                                "%s %s %s %s %s"
                                        .formatted(
                                                each.id(),
                                                each.proposalId(),
                                                each.status(),
                                                each.reviewId(),
                                                each.problems())));
        versions.stream().map(Record::toString).distinct().forEach(lines::add);
        Collections.sort(lines);
        return lines;
    }

    private static void send(TestingDesk desk, Object input) throws Exception {
        if (input instanceof Review review) {
            desk.review(review);
        } else {
            desk.propose((RepairProposal) input);
        }
    }

    private static List<Object> plus(List<Object> inputs, int place, Object input) {
        List<Object> all = new ArrayList<>(inputs);
        all.add(place, input);
        return all;
    }

    private static List<Object> reviews(Random random, List<String> proposals) {
        List<Object> reviews = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String proposal = proposals.get(random.nextInt(proposals.size()));
            String id = "r" + random.nextInt(5);
            reviews.add(
                    switch (random.nextInt(4)) {
                        case 0 -> approve(id, proposal);
                        case 1 -> reject(id, proposal);
                        case 2 -> edit(id, proposal, mapping(1, "Nick"));
                        default -> edit(id, proposal, "junk");
                    });
        }
        return reviews;
    }
}
