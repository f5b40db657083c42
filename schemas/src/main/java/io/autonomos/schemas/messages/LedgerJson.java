package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;

/** The JSON form of {@link LedgerEntry}, with its residual. */
public final class LedgerJson {

    private LedgerJson() {}

    /** The account as JSON on one line. */
    public static byte[] write(LedgerEntry entry) {
        return MessageJson.write(
                new Ledger(
                        entry.key().tenant(),
                        entry.key().connection(),
                        entry.source(),
                        entry.key().stream(),
                        entry.entity(),
                        entry.in(),
                        entry.canonical(),
                        entry.filtered(),
                        entry.parked(),
                        entry.deadLettered(),
                        entry.events(),
                        entry.residual(),
                        Instant.ofEpochMilli(entry.at())));
    }

    /** Reads an account; one whose residual is not what its counts say is refused. */
    public static LedgerEntry read(byte[] json) throws MessageException {
        Ledger ledger = MessageJson.read(Ledger.class, json);
        LedgerEntry entry =
                new LedgerEntry(
                        new StreamKey(ledger.tenant, ledger.connection, ledger.stream),
                        ledger.source,
                        ledger.entity,
                        ledger.in,
                        ledger.canonical,
                        ledger.filtered,
                        ledger.parked,
                        ledger.deadLettered,
                        ledger.events,
                        ledger.at.toEpochMilli());
        if (entry.residual() != ledger.residual) {
            throw new MessageException(
                    "Ledger", "residual", "it is not what the counts beside it give");
        }
        return entry;
    }

    private record Ledger(
            String tenant,
            String connection,
            @JsonInclude String source,
            String stream,
            @JsonInclude String entity,
            long in,
            long canonical,
            long filtered,
            long parked,
            long deadLettered,
            long events,
            long residual,
            Instant at) {

        Ledger {
            Check.part("tenant", tenant);
            Check.part("connection", connection);
            Check.part("stream", stream);
            Check.counts(in, canonical, filtered, parked, deadLettered, events);
            Check.when("at", at);
        }
    }
}
