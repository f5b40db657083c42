package io.autonomos.operators.sink.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MappingVerdict.Problem;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.messages.ReviewedMerge;
import io.autonomos.schemas.messages.ReviewedProposal;
import io.autonomos.schemas.messages.Tier;
import io.autonomos.schemas.types.MessageType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drift events, proposals and the review log in PostgreSQL. */
class ReviewTablesTest {

    private static final Instant AT = Instant.parse("2026-01-31T08:00:00.123456Z");

    private TestingPostgres.Database database;
    private PostgresSettings settings;

    @BeforeEach
    void migrate() {
        database = TestingPostgres.shared().migratedDatabase();
        settings = database.settings(Map.of());
    }

    @Test
    void anIncidentHasOneRowWithItsLatestCount() throws Exception {
        try (var writer =
                new TestingWriter<>(
                        PostgresSink.driftEvents(settings), MessageType.of(DriftEvent.class))) {
            writer.write(drift("acme", 1, AT), drift("acme", 3, AT.plusSeconds(2))).checkpoint();
            writer.write(drift("acme", 2, AT.plusSeconds(1)), drift("globex", 9, AT)).checkpoint();
        }

        assertThat(
                        database.rows(
                                "SELECT tenant, drift_id, records, event ->> 'records' FROM"
                                        + " drift_events ORDER BY tenant"))
                .containsExactly(
                        List.of("acme", "d1", "3", "3"), List.of("globex", "d1", "9", "9"));
    }

    @Test
    void aProposalKeepsItsFirstDecision() throws Exception {
        ReviewedProposal pending = row(ProposalStatus.PENDING, "autonomos");
        ReviewedProposal rejected = row(ProposalStatus.REJECTED, "kim");
        ReviewedProposal approved = row(ProposalStatus.APPROVED, "jo");
        try (var writer =
                new TestingWriter<>(
                        PostgresSink.proposals(settings), MessageType.of(ReviewedProposal.class))) {
            writer.write(pending).checkpoint();
            assertThat(
                            database.rows(
                                    "SELECT status FROM repair_proposals WHERE decided_at IS NULL"))
                    .containsExactly(List.of("pending"));
            writer.write(pending, rejected, approved).checkpoint();
            writer.write(pending, approved).checkpoint();
        }

        assertThat(
                        database.rows(
                                "SELECT proposal_id, status, decided_by, confidence, version,"
                                        + " proposal ->> 'tier' FROM repair_proposals"))
                .containsExactly(List.of("p1", "rejected", "kim", "0.7", "4", "review"));
    }

    @Test
    void aMergeCandidateHasItsLastStatus() throws Exception {
        ReviewedMerge pending = merge("acme", List.of("name"), ProposalStatus.PENDING);
        try (var writer =
                new TestingWriter<>(
                        PostgresSink.mergeCandidates(settings),
                        MessageType.of(ReviewedMerge.class))) {
            writer.write(pending).checkpoint();
            assertThat(
                            database.rows(
                                    "SELECT status, from_id, into_id FROM merge_candidates"
                                            + " WHERE decided_at IS NULL AND decided_by IS NULL"))
                    .containsExactly(List.of("pending", "name:a/GB", "domain:a"));
            writer.write(
                            merge("acme", List.of("name"), ProposalStatus.APPROVED),
                            merge("acme", List.of(), ProposalStatus.REJECTED),
                            merge("globex", List.of("phone"), ProposalStatus.PENDING))
                    .checkpoint();
            writer.write(merge("acme", List.of(), ProposalStatus.APPROVED)).checkpoint();
        }

        assertThat(
                        database.rows(
                                "SELECT tenant, status, decided_by, candidate -> 'rules' ->> 0"
                                        + " FROM merge_candidates ORDER BY tenant"))
                .containsExactly(
                        List.of("acme", "approved", "autonomos", "name"),
                        Arrays.asList("globex", "pending", null, "phone"));
    }

    @Test
    void aLineOfTheLogIsThereOnce() throws Exception {
        ReviewRequest junk = ReviewRequest.read("{\"reason\":\"\\u0000\"}".getBytes(UTF_8), 0, 1);
        ProposalStatus refused =
                ProposalStatus.refused(
                        junk, null, List.of(new Problem("AOS-403", 0, 0, "a\u0000b", null)), AT);
        ProposalStatus pending = row(ProposalStatus.PENDING, "autonomos").status();
        try (var writer =
                new TestingWriter<>(
                        PostgresSink.reviewLog(settings), MessageType.of(ProposalStatus.class))) {
            writer.write(pending, refused, pending).checkpoint();
            writer.write(refused).checkpoint();
        }

        assertThat(
                        database.rows(
                                "SELECT tenant, proposal_id, status, decided_by FROM review_log"
                                        + " ORDER BY tenant"))
                .containsExactly(
                        List.of("_unaddressed", "_", "refused", "autonomos"),
                        List.of("acme", "p1", "pending", "autonomos"));
    }

    @Test
    void aReaderSeesItsTenantOnly() throws Exception {
        try (var writer =
                new TestingWriter<>(
                        PostgresSink.driftEvents(settings), MessageType.of(DriftEvent.class))) {
            writer.write(drift("acme", 1, AT), drift("globex", 3, AT)).checkpoint();
        }

        assertThat(database.rows("autonomos_reader", "acme", "SELECT tenant FROM drift_events"))
                .containsExactly(List.of("acme"));
        for (String table :
                List.of("drift_events", "repair_proposals", "review_log", "merge_candidates")) {
            assertThat(database.rows("autonomos_reader", null, "SELECT 1 FROM " + table)).isEmpty();
        }
    }

    private static DriftEvent drift(String tenant, long records, Instant at) {
        DriftEvent.Shape shape = new DriftEvent.Shape("ff", List.of());
        return new DriftEvent(
                "d1",
                tenant,
                "crm",
                "salesforce",
                "Account",
                "high",
                List.of(),
                shape,
                shape,
                null,
                0,
                records,
                AT,
                at);
    }

    private static ReviewedMerge merge(String tenant, List<String> rules, String status) {
        MergeCandidate candidate =
                new MergeCandidate(
                        MergeCandidate.id(tenant, "account", "name:a/GB", "domain:a"),
                        tenant,
                        "account",
                        "name:a/GB",
                        "domain:a",
                        rules,
                        List.of(),
                        AT);
        return new ReviewedMerge(
                candidate, ProposalStatus.ofMerge(candidate, status, null, null, AT));
    }

    private static ReviewedProposal row(String status, String by) {
        RepairProposal proposal =
                new RepairProposal(
                        "p1",
                        "d1",
                        "acme",
                        "crm",
                        "salesforce",
                        "Account",
                        "account",
                        "own",
                        3,
                        "fields: {}",
                        List.of(),
                        0.7,
                        Tier.REVIEW,
                        new RepairProposal.Score(1, 0, 1),
                        new RepairProposal.Score(1, 1, 0),
                        List.of(),
                        1,
                        AT,
                        AT.plusSeconds(60));
        ProposalStatus made = ProposalStatus.byJob(proposal, status, 4, "why", AT);
        return new ReviewedProposal(
                proposal,
                new ProposalStatus(
                        made.id(), "p1", "acme", "crm", "Account", status, null, null, 4, by, "why",
                        List.of(), AT));
    }
}
