package io.autonomos.jobs;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.LedgerJson;
import io.autonomos.schemas.messages.MessageException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/** The latest account of each stream, as the ledger topic has it. */
public final class LedgerBook {

    private final Map<StreamKey, LedgerEntry> accounts = new TreeMap<>();

    /** Reads what is new on the ledger topic. */
    public void refresh(TopicReader reader, String topicPrefix) {
        reader.read(
                Pattern.compile(Pattern.quote(Topics.ledger(topicPrefix))),
                record -> {
                    if (record.value() != null) {
                        put(record.value());
                    }
                });
    }

    private void put(byte[] value) {
        try {
            LedgerEntry entry = LedgerJson.read(value);
            accounts.put(entry.key(), entry);
        } catch (MessageException e) {
            throw new IllegalStateException("the ledger topic holds something else", e);
        }
    }

    /** The accounts, by stream. */
    public Collection<LedgerEntry> accounts() {
        return accounts.values();
    }

    /** The sum of a column over all streams. */
    public long sum(ToLongFunction<LedgerEntry> column) {
        return accounts.values().stream().mapToLong(column).sum();
    }
}
