package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.ReviewedProposal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes proposals with their status to {@code repair_proposals}. The first status that is not
 * pending stays, whatever the order in which they come.
 */
final class ProposalBatch implements Batch<ReviewedProposal> {

    private final ArrayStatement<ReviewedProposal> statement =
            new Columns<ReviewedProposal>()
                    .text("tenant", row -> row.proposal().tenant())
                    .text("proposal_id", row -> row.proposal().id())
                    .text("drift_id", row -> row.proposal().driftId())
                    .text("connection", row -> row.proposal().connection())
                    .text("source", row -> row.proposal().source())
                    .text("stream", row -> row.proposal().stream())
                    .text("entity", row -> row.proposal().entity())
                    .text("base_mapping", row -> row.proposal().baseMappingId())
                    .integer("base_mapping_version", row -> row.proposal().baseMappingVersion())
                    .of("confidence", "double precision", ProposalBatch::addConfidence)
                    .text("tier", row -> row.proposal().tier().toString())
                    .bigint("parked", row -> row.proposal().parked())
                    .time("made_at", row -> row.proposal().at())
                    .time("expires_at", row -> row.proposal().expiresAt())
                    .text("status", row -> row.status().status())
                    .text("decided_by", row -> isPending(row) ? null : row.status().by())
                    .text("reason", row -> row.status().reason())
                    .integer("version", row -> row.status().version())
                    .time("decided_at", row -> isPending(row) ? null : row.status().at())
                    .message("proposal", ReviewedProposal::proposal)
                    .statement(
                            "repair_proposals",
                            "(tenant, proposal_id) DO UPDATE SET status = EXCLUDED.status,"
                                    + " decided_by = EXCLUDED.decided_by,"
                                    + " reason = EXCLUDED.reason, version = EXCLUDED.version,"
                                    + " decided_at = EXCLUDED.decided_at"
                                    + " WHERE t.status = 'pending'"
                                    + " AND EXCLUDED.status <> 'pending'");

    @Override
    public long write(Connection connection, List<ReviewedProposal> rows) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        rows,
                        row -> List.of(row.proposal().tenant(), row.proposal().id()),
                        (a, b) -> isPending(a) ? b : a));
    }

    private static boolean isPending(ReviewedProposal row) {
        return ProposalStatus.PENDING.equals(row.status().status());
    }

    private static void addConfidence(ReviewedProposal row, PostgresArray array) {
        array.addText(Double.toString(row.proposal().confidence()));
    }

    @Override
    public int size(ReviewedProposal row) {
        return MessageJson.write(row).length;
    }

    @Override
    public String name(ReviewedProposal row) {
        return "proposal %s of tenant/connection/stream %s"
                .formatted(row.proposal().id(), row.proposal().key().path());
    }
}
