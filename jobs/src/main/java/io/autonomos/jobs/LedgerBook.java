package io.autonomos.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.LedgerJson;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewAccount;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The latest account of each stream, as the ledger topic has it. */
public final class LedgerBook {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The parts of a key: tenant, connection, stream, and one more where views are made. */
    private static final int PARTS_OF_VIEWS = 4;

    private final Map<StreamKey, LedgerEntry> accounts = new TreeMap<>();
    private final Map<StreamKey, ViewAccount> views = new TreeMap<>();

    /** Reads what is new on the ledger topic. */
    public void refresh(TopicReader reader, String topicPrefix) {
        reader.read(
                Topics.ledger(topicPrefix),
                record -> {
                    if (record.value() != null) {
                        put(record.key(), record.value());
                    }
                });
    }

    /** Canonical events of a stream that the views have not counted yet. */
    public static long onTheWay(LedgerEntry entry, ViewAccount views) {
        return views == null
                ? entry.events()
                : entry.events() - views.applied() - views.duplicate() - views.stale();
    }

    private void put(byte[] key, byte[] value) {
        try {
            if (JSON.readTree(key).size() == PARTS_OF_VIEWS) {
                ViewAccount account = MessageJson.read(ViewAccount.class, value);
                views.put(account.key(), account);
                return;
            }
            LedgerEntry entry = LedgerJson.read(value);
            accounts.put(entry.key(), entry);
        } catch (MessageException | IOException e) {
            throw new IllegalStateException("the ledger topic holds something else", e);
        }
    }

    /** The accounts, by stream. */
    public Collection<LedgerEntry> accounts() {
        return accounts.values();
    }

    /** The account of a stream where views are made, or null where it has none. */
    public ViewAccount view(StreamKey key) {
        return views.get(key);
    }

    /** The sum of a column over all streams, where views are made. */
    public long sumOfViews(ToLongFunction<ViewAccount> column) {
        return views.values().stream().mapToLong(column).sum();
    }

    /** The sum of a column over all streams. */
    public long sum(ToLongFunction<LedgerEntry> column) {
        return accounts.values().stream().mapToLong(column).sum();
    }
}
