package io.autonomos.jobs.cli.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.ReviewWriter;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of the commands that decide about a proposal, and how they do it. */
final class Decision {

    /** Exit code where no job has answered. */
    static final int OPEN = 2;

    private static final long POLL_MS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private BrokerOptions brokers;

    @Parameters(paramLabel = "ID", description = "The proposal, or the beginning of its id.")
    private String id;

    @Option(names = "--tenant", description = "Whose proposal it is.")
    private String tenant;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who decides (default: the system's user).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Option(
            names = "--review-id",
            paramLabel = "ID",
            description =
                    "The decision's own id; sent twice with one id it counts once (default: a new"
                            + " one).")
    private String reviewId = UUID.randomUUID().toString();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = Patience.class,
            description =
                    "How long to wait for what the job makes of it (default: ${DEFAULT-VALUE}); 0"
                            + " does not wait.")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * What is decided about.
     *
     * @param key the stream of a repair; null for a merge
     */
    private record Subject(String tenant, String id, StreamKey key) {

        static Subject of(ReviewBoard board, String id, String tenant) {
            if (MergeCandidate.isId(id)) {
                MergeCandidate found = board.oneMerge(id, tenant).candidate();
                return new Subject(found.tenant(), found.id(), null);
            }
            RepairProposal found = board.one(id, tenant).proposal();
            return new Subject(found.tenant(), found.id(), found.key());
        }

        String path() {
            return DriftText.printable(key.path());
        }
    }

    /**
     * What became of a decision.
     *
     * @param status null where no job has answered
     * @param verdict on the version that it makes, or null
     */
    private record Outcome(ProposalStatus status, MappingVerdict verdict) {

        boolean isOpen() {
            return status == null || (!status.refuses() && status.version() > 0 && verdict == null);
        }

        boolean isRefused() {
            return status != null && (status.refuses() || (verdict != null && !verdict.accepts()));
        }

        List<MappingVerdict.Problem> problems() {
            if (status == null) {
                return List.of();
            }
            return verdict == null ? status.problems() : verdict.problems();
        }
    }

    /** Decides, waits for the outcome and says what it is; returns the exit code. */
    int send(String decision, String mapping, PrintWriter out, PrintWriter err) {
        try (ReviewBoard board = new ReviewBoard(brokers)) {
            Subject proposal = Subject.of(board, id, tenant);
            Review review =
                    new Review(
                            reviewId,
                            proposal.id(),
                            proposal.tenant(),
                            decision,
                            mapping,
                            by.isBlank() ? "unknown" : by,
                            reason,
                            Instant.now());
            new ReviewWriter(
                            brokers.bootstrapServers(), brokers.properties(), brokers.topicPrefix())
                    .send(review);
            Outcome outcome = await(board, proposal);
            if (json) {
                out.println(object(proposal, outcome));
            } else {
                print(proposal, outcome, outcome.isRefused() ? err : out);
            }
            out.flush();
            err.flush();
            if (outcome.isOpen()) {
                return timeout.isZero() ? 0 : OPEN;
            }
            return outcome.isRefused() ? 1 : 0;
        }
    }

    private Outcome await(ReviewBoard board, Subject proposal) {
        long deadline = System.nanoTime() + timeout.toNanos();
        ProposalStatus status = null;
        MappingVerdict verdict = null;
        while (new Outcome(status, verdict).isOpen() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MS));
            if (status == null) {
                board.refresh();
                status = board.answer(proposal.tenant(), reviewId);
            } else {
                verdict = verdict(board, proposal, status.version());
            }
        }
        return new Outcome(status, verdict);
    }

    private static MappingVerdict verdict(ReviewBoard board, Subject proposal, int version) {
        return board.registry().history(proposal.key()).stream()
                .filter(each -> each.message().fault() == null && !each.isOpen())
                .filter(each -> each.message().versionNumber() == version)
                .filter(each -> proposal.id().equals(each.message().version().proposalId()))
                .findFirst()
                .map(each -> each.verdict())
                .orElse(null);
    }

    private void print(Subject proposal, Outcome outcome, PrintWriter out) {
        ProposalStatus status = outcome.status();
        String what = "proposal " + proposal.id();
        if (status == null) {
            out.println(
                    "The decision on %s is sent. No job has answered%s; it counts when one runs."
                            .formatted(what, waited()));
        } else if (outcome.isRefused() && status.refuses()) {
            out.println("The decision on %s is refused:".formatted(what));
        } else if (outcome.isRefused()) {
            out.println(
                    "%s is %s, but version %d of %s is refused:"
                            .formatted(what, status.status(), status.version(), proposal.path()));
        } else if (outcome.isOpen()) {
            out.println(
                    "%s is %s. No job has answered on version %d of %s%s."
                            .formatted(
                                    what,
                                    status.status(),
                                    status.version(),
                                    proposal.path(),
                                    waited()));
        } else if (status.version() > 0) {
            out.println(
                    "%s is %s: %s version %d is in effect."
                            .formatted(what, status.status(), proposal.path(), status.version()));
        } else {
            out.println("%s is %s.".formatted(what, status.status()));
        }
        outcome.problems().forEach(each -> out.println("  " + DriftText.printable(each.text())));
    }

    private String waited() {
        return timeout.isZero() ? " yet" : " within " + timeout.toSeconds() + " s";
    }

    private static ObjectNode object(Subject proposal, Outcome outcome) {
        ObjectNode object = JSON.createObjectNode();
        object.put("proposal", proposal.id());
        object.put("tenant", proposal.tenant());
        object.put("status", outcome.status() == null ? "open" : outcome.status().status());
        if (outcome.status() != null) {
            object.put("review_id", outcome.status().reviewId());
            object.put("version", outcome.status().version());
        }
        object.put("mapping", outcome.verdict() == null ? null : outcome.verdict().outcome());
        object.set("problems", JSON.valueToTree(outcome.problems()));
        return object;
    }
}
