package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.ReviewedMerge;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes merge candidates with their status to {@code merge_candidates}. The last status stays,
 * since a decision can be taken back; all of a tenant come from one task, in order.
 */
final class MergeCandidateBatch implements Batch<ReviewedMerge> {

    private final ArrayStatement<ReviewedMerge> statement =
            new Columns<ReviewedMerge>()
                    .text("tenant", row -> row.candidate().tenant())
                    .text("candidate_id", row -> row.candidate().id())
                    .text("entity", row -> row.candidate().entity())
                    .text("from_id", row -> row.candidate().from())
                    .text("into_id", row -> row.candidate().into())
                    .text("status", row -> row.status().status())
                    .time("found_at", row -> row.candidate().at())
                    .text("decided_by", row -> isPending(row) ? null : row.status().by())
                    .text("reason", row -> row.status().reason())
                    .time("decided_at", row -> isPending(row) ? null : row.status().at())
                    .message("candidate", ReviewedMerge::candidate)
                    // What a job without state remembers of a pair does not say what made it one.
                    .statement(
                            "merge_candidates",
                            "(tenant, candidate_id) DO UPDATE SET status = EXCLUDED.status,"
                                    + " decided_by = EXCLUDED.decided_by,"
                                    + " reason = EXCLUDED.reason,"
                                    + " decided_at = EXCLUDED.decided_at,"
                                    + " candidate = CASE"
                                    + " WHEN json_array_length(EXCLUDED.candidate -> 'rules') = 0"
                                    + " THEN t.candidate ELSE EXCLUDED.candidate END");

    @Override
    public long write(Connection connection, List<ReviewedMerge> rows) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        rows,
                        row -> List.of(row.candidate().tenant(), row.candidate().id()),
                        MergeCandidateBatch::later));
    }

    private static ReviewedMerge later(ReviewedMerge earlier, ReviewedMerge later) {
        MergeCandidate known =
                later.candidate().rules().isEmpty() ? earlier.candidate() : later.candidate();
        return new ReviewedMerge(known, later.status());
    }

    private static boolean isPending(ReviewedMerge row) {
        return ProposalStatus.PENDING.equals(row.status().status());
    }

    @Override
    public int size(ReviewedMerge row) {
        return MessageJson.write(row).length;
    }

    @Override
    public String name(ReviewedMerge row) {
        return "merge candidate %s of tenant %s"
                .formatted(row.candidate().id(), row.candidate().tenant());
    }
}
