package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.messages.ViewAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the latest account of each stream to {@code view_ledger}; an older one changes nothing.
 */
final class ViewAccountBatch implements Batch<ViewAccount> {

    private static final int BYTES_PER_ACCOUNT = 256;

    private final ArrayStatement<ViewAccount> statement =
            new Columns<ViewAccount>()
                    .text("tenant", ViewAccount::tenant)
                    .text("connection", ViewAccount::connection)
                    .text("stream", ViewAccount::stream)
                    .text("source", ViewAccount::source)
                    .text("entity", ViewAccount::entity)
                    .bigint("canonical", ViewAccount::canonical)
                    .bigint("applied", ViewAccount::applied)
                    .bigint("duplicate", ViewAccount::duplicate)
                    .bigint("stale", ViewAccount::stale)
                    .micros("drawn_at", account -> account.at().toEpochMilli() * 1000)
                    .statement(
                            "view_ledger",
                            "(tenant, connection, stream) DO UPDATE SET source = EXCLUDED.source,"
                                    + " entity = EXCLUDED.entity, canonical = EXCLUDED.canonical,"
                                    + " applied = EXCLUDED.applied,"
                                    + " duplicate = EXCLUDED.duplicate, stale = EXCLUDED.stale,"
                                    + " drawn_at = EXCLUDED.drawn_at"
                                    + " WHERE EXCLUDED.drawn_at > t.drawn_at");

    @Override
    public long write(Connection connection, List<ViewAccount> accounts) throws SQLException {
        return statement.execute(
                connection,
                PostgresRows.onePerKey(
                        accounts,
                        account -> PostgresRows.texts(account.key()),
                        (a, b) -> b.at().isAfter(a.at()) ? b : a));
    }

    @Override
    public int size(ViewAccount account) {
        return BYTES_PER_ACCOUNT;
    }

    @Override
    public String name(ViewAccount account) {
        return "the views' account of tenant/connection/stream " + account.key().path();
    }
}
