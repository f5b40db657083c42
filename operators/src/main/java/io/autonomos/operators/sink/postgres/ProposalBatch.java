package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.ReviewedProposal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes proposals with their status to {@code repair_proposals}. The first status that is not
 * pending stays, whatever the order in which they come.
 */
final class ProposalBatch implements Batch<ReviewedProposal> {

    private static final String SQL =
            "INSERT INTO repair_proposals AS t (tenant, proposal_id, drift_id, connection, source,"
                    + " stream, entity, base_mapping, base_mapping_version, confidence, tier, parked,"
                    + " made_at, expires_at, status, decided_by, reason, version, decided_at, proposal)"
                    + " SELECT s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.h, s.i, s.j::double precision, s.k,"
                    + " s.l, s.m, s.n, s.o, s.p, s.q, s.r, s.s, s.t::json"
                    + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " AS s (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t)"
                    + " ON CONFLICT (tenant, proposal_id) DO UPDATE SET status = EXCLUDED.status,"
                    + " decided_by = EXCLUDED.decided_by, reason = EXCLUDED.reason,"
                    + " version = EXCLUDED.version, decided_at = EXCLUDED.decided_at"
                    + " WHERE t.status = 'pending' AND EXCLUDED.status <> 'pending'";

    private static final List<String> TYPES =
            List.of(
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "integer",
                    "text",
                    "text",
                    "bigint",
                    "timestamptz",
                    "timestamptz",
                    "text",
                    "text",
                    "text",
                    "integer",
                    "timestamptz",
                    "json");

    private final ArrayStatement<ReviewedProposal> statement =
            new ArrayStatement<>(SQL, TYPES, ProposalBatch::fill);

    @Override
    public long write(Connection connection, List<ReviewedProposal> rows) throws SQLException {
        Map<List<String>, ReviewedProposal> latest = new TreeMap<>(PostgresRows.BY_TEXTS);
        for (ReviewedProposal row : rows) {
            latest.merge(
                    List.of(row.proposal().tenant(), row.proposal().id()),
                    row,
                    (a, b) -> isPending(a) ? b : a);
        }
        return statement.execute(connection, new ArrayList<>(latest.values()));
    }

    private static boolean isPending(ReviewedProposal row) {
        return ProposalStatus.PENDING.equals(row.status().status());
    }

    private static void fill(ReviewedProposal row, List<PostgresArray> arrays) {
        RepairProposal proposal = row.proposal();
        ProposalStatus status = row.status();
        arrays.get(0).addText(proposal.tenant());
        arrays.get(1).addText(proposal.id());
        arrays.get(2).addText(proposal.driftId());
        arrays.get(3).addText(proposal.connection());
        arrays.get(4).addText(proposal.source());
        arrays.get(5).addText(proposal.stream());
        arrays.get(6).addText(proposal.entity());
        arrays.get(7).addText(proposal.baseMappingId());
        arrays.get(8).addInt(proposal.baseMappingVersion());
        arrays.get(9).addText(Double.toString(proposal.confidence()));
        arrays.get(10).addText(proposal.tier());
        arrays.get(11).addLong(proposal.parked());
        arrays.get(12).addTimestamp(PostgresRows.micros(proposal.at()));
        arrays.get(13).addTimestamp(PostgresRows.micros(proposal.expiresAt()));
        arrays.get(14).addText(status.status());
        arrays.get(15).addText(isPending(row) ? null : status.by());
        arrays.get(16).addText(status.reason());
        arrays.get(17).addInt(status.version());
        if (isPending(row)) {
            arrays.get(18).addNull();
        } else {
            arrays.get(18).addTimestamp(PostgresRows.micros(status.at()));
        }
        PostgresRows.addJson(arrays.get(19), proposal);
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
