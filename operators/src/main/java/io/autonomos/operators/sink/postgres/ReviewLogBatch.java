package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the review log to {@code review_log}; a line that is there already changes nothing. */
final class ReviewLogBatch implements Batch<ProposalStatus> {

    private static final String SQL =
            "INSERT INTO review_log (tenant, entry_id, proposal_id, connection, stream, status,"
                    + " review_id, decision, version, decided_by, reason, logged_at, entry)"
                    + " SELECT s.a, s.b, s.c, s.d, s.e, s.f, s.g, s.h, s.i, s.j, s.k, s.l, s.m::json"
                    + " FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " AS s (a, b, c, d, e, f, g, h, i, j, k, l, m)"
                    + " ON CONFLICT (tenant, entry_id) DO NOTHING";

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
                    "timestamptz",
                    "json");

    private final ArrayStatement<ProposalStatus> statement =
            new ArrayStatement<>(SQL, TYPES, ReviewLogBatch::fill);

    @Override
    public long write(Connection connection, List<ProposalStatus> entries) throws SQLException {
        Map<List<String>, ProposalStatus> first = new TreeMap<>(PostgresRows.BY_TEXTS);
        for (ProposalStatus entry : entries) {
            first.putIfAbsent(List.of(entry.tenant(), entry.id()), entry);
        }
        return statement.execute(connection, new ArrayList<>(first.values()));
    }

    private static void fill(ProposalStatus entry, List<PostgresArray> arrays) {
        arrays.get(0).addText(entry.tenant());
        arrays.get(1).addText(entry.id());
        arrays.get(2).addText(entry.proposalId());
        arrays.get(3).addText(entry.connection());
        arrays.get(4).addText(entry.stream());
        arrays.get(5).addText(entry.status());
        arrays.get(6).addText(entry.reviewId());
        arrays.get(7).addText(entry.decision());
        arrays.get(8).addInt(entry.version());
        arrays.get(9).addText(entry.by());
        arrays.get(10).addText(entry.reason());
        arrays.get(11).addTimestamp(PostgresRows.micros(entry.at()));
        PostgresRows.addJson(arrays.get(12), entry);
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
