package io.autonomos.operators.sink.postgres;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ViewAccount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the latest account of each stream to {@code view_ledger}; an older one changes nothing.
 */
final class ViewAccountBatch implements Batch<ViewAccount> {

    private static final String SQL =
            "INSERT INTO view_ledger AS t (tenant, connection, stream, source, entity, canonical,"
                    + " applied, duplicate, stale, drawn_at)"
                    + " SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (tenant, connection, stream) DO UPDATE SET source = EXCLUDED.source,"
                    + " entity = EXCLUDED.entity, canonical = EXCLUDED.canonical,"
                    + " applied = EXCLUDED.applied, duplicate = EXCLUDED.duplicate,"
                    + " stale = EXCLUDED.stale, drawn_at = EXCLUDED.drawn_at"
                    + " WHERE EXCLUDED.drawn_at > t.drawn_at";

    private static final List<String> TYPES = types();

    private static final int BYTES_PER_ACCOUNT = 256;

    private final ArrayStatement<ViewAccount> statement =
            new ArrayStatement<>(SQL, TYPES, ViewAccountBatch::fill);

    private static List<String> types() {
        List<String> types = new ArrayList<>(Collections.nCopies(5, "text"));
        types.addAll(Collections.nCopies(4, "bigint"));
        types.add("timestamptz");
        return List.copyOf(types);
    }

    @Override
    public long write(Connection connection, List<ViewAccount> accounts) throws SQLException {
        Map<StreamKey, ViewAccount> latest = new TreeMap<>();
        for (ViewAccount account : accounts) {
            latest.merge(account.key(), account, (a, b) -> b.at().isAfter(a.at()) ? b : a);
        }
        return statement.execute(connection, new ArrayList<>(latest.values()));
    }

    private static void fill(ViewAccount account, List<PostgresArray> arrays) {
        arrays.get(0).addText(account.tenant());
        arrays.get(1).addText(account.connection());
        arrays.get(2).addText(account.stream());
        arrays.get(3).addText(account.source());
        arrays.get(4).addText(account.entity());
        arrays.get(5).addLong(account.canonical());
        arrays.get(6).addLong(account.applied());
        arrays.get(7).addLong(account.duplicate());
        arrays.get(8).addLong(account.stale());
        arrays.get(9).addTimestamp(account.at().toEpochMilli() * 1000);
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
