package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the latest account of each stream to {@code ledger}; an older one changes nothing. */
final class LedgerBatch implements Batch<LedgerEntry> {

    private static final String SQL =
            "INSERT INTO ledger AS t (tenant, connection, stream, source, entity, received, canonical,"
                    + " filtered, parked, dead_lettered, events, drawn_at)"
                    + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (tenant, connection, stream) DO UPDATE SET source = EXCLUDED.source,"
                    + " entity = EXCLUDED.entity, received = EXCLUDED.received,"
                    + " canonical = EXCLUDED.canonical, filtered = EXCLUDED.filtered,"
                    + " parked = EXCLUDED.parked, dead_lettered = EXCLUDED.dead_lettered,"
                    + " events = EXCLUDED.events, drawn_at = EXCLUDED.drawn_at"
                    + " WHERE EXCLUDED.drawn_at > t.drawn_at";

    private static final List<String> TYPES =
            List.of(
                    "text",
                    "text",
                    "text",
                    "text",
                    "text",
                    "bigint",
                    "bigint",
                    "bigint",
                    "bigint",
                    "bigint",
                    "bigint",
                    "timestamptz");

    private static final int BYTES_PER_ENTRY = 256;

    private final ArrayStatement<LedgerEntry> statement =
            new ArrayStatement<>(SQL, TYPES, LedgerBatch::fill);

    @Override
    public long write(Connection connection, List<LedgerEntry> entries) throws SQLException {
        Map<StreamKey, LedgerEntry> latest = new TreeMap<>();
        for (LedgerEntry entry : entries) {
            latest.merge(entry.key(), entry, (a, b) -> b.at() > a.at() ? b : a);
        }
        return statement.execute(connection, new ArrayList<>(latest.values()));
    }

    private static void fill(LedgerEntry entry, List<PostgresArray> arrays) {
        arrays.get(0).addText(entry.key().tenant());
        arrays.get(1).addText(entry.key().connection());
        arrays.get(2).addText(entry.key().stream());
        arrays.get(3).addText(entry.source());
        arrays.get(4).addText(entry.entity());
        arrays.get(5).addLong(entry.in());
        arrays.get(6).addLong(entry.canonical());
        arrays.get(7).addLong(entry.filtered());
        arrays.get(8).addLong(entry.parked());
        arrays.get(9).addLong(entry.deadLettered());
        arrays.get(10).addLong(entry.events());
        arrays.get(11).addTimestamp(entry.at() * 1000);
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
