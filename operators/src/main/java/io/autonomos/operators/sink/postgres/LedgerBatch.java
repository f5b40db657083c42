package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.LedgerEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes the latest account of each stream to {@code ledger}; an older one changes nothing. */
final class LedgerBatch implements Batch<LedgerEntry> {

    private static final int BYTES_PER_ENTRY = 256;

    private final ArrayStatement<LedgerEntry> statement =
            new Columns<LedgerEntry>()
                    .text("tenant", entry -> entry.key().tenant())
                    .text("connection", entry -> entry.key().connection())
                    .text("stream", entry -> entry.key().stream())
                    .text("source", LedgerEntry::source)
                    .text("entity", LedgerEntry::entity)
                    .bigint("received", LedgerEntry::in)
                    .bigint("canonical", LedgerEntry::canonical)
                    .bigint("filtered", LedgerEntry::filtered)
                    .bigint("parked", LedgerEntry::parked)
                    .bigint("dead_lettered", LedgerEntry::deadLettered)
                    .bigint("events", LedgerEntry::events)
                    .micros("drawn_at", entry -> entry.at() * 1000)
                    .statement(
                            "ledger",
                            "(tenant, connection, stream) DO UPDATE SET source = EXCLUDED.source,"
                                    + " entity = EXCLUDED.entity, received = EXCLUDED.received,"
                                    + " canonical = EXCLUDED.canonical,"
                                    + " filtered = EXCLUDED.filtered, parked = EXCLUDED.parked,"
                                    + " dead_lettered = EXCLUDED.dead_lettered,"
                                    + " events = EXCLUDED.events, drawn_at = EXCLUDED.drawn_at"
                                    + " WHERE EXCLUDED.drawn_at > t.drawn_at");

    @Override
    public long write(Connection connection, List<LedgerEntry> entries) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        entries,
                        entry -> PostgresRows.texts(entry.key()),
                        (a, b) -> b.at() > a.at() ? b : a));
    }

    @Override
    public int size(LedgerEntry entry) {
        return BYTES_PER_ENTRY;
    }

    @Override
    public String name(LedgerEntry entry) {
        return "the account of tenant/connection/stream " + entry.key().path();
    }
}
