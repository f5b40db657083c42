package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the review log to {@code review_log}; a line that is there already changes nothing. */
final class ReviewLogBatch implements Batch<ProposalStatus> {

    private final ArrayStatement<ProposalStatus> statement =
            new Columns<ProposalStatus>()
                    .text("tenant", ProposalStatus::tenant)
                    .text("entry_id", ProposalStatus::id)
                    .text("proposal_id", ProposalStatus::proposalId)
                    .text("connection", ProposalStatus::connection)
                    .text("stream", ProposalStatus::stream)
                    .text("status", ProposalStatus::status)
                    .text("review_id", ProposalStatus::reviewId)
                    .text("decision", ProposalStatus::decision)
                    .integer("version", ProposalStatus::version)
                    .text("decided_by", ProposalStatus::by)
                    .text("reason", ProposalStatus::reason)
                    .time("logged_at", ProposalStatus::at)
                    .message("entry", entry -> entry)
                    .statement("review_log", "(tenant, entry_id) DO NOTHING");

    @Override
    public long write(Connection connection, List<ProposalStatus> entries) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        entries, entry -> List.of(entry.tenant(), entry.id()), (a, b) -> a));
    }

    @Override
    public int size(ProposalStatus entry) {
        return MessageJson.write(entry).length;
    }

    @Override
    public String name(ProposalStatus entry) {
        return "line %s of the review log of tenant %s".formatted(entry.id(), entry.tenant());
    }
}
