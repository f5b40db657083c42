package io.autonomos.schemas.messages;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;

/**
 * The account of one stream where views are made: every canonical event is in exactly one of the
 * other columns.
 *
 * @param canonical events received
 * @param applied events that became the latest version of their record, deletes included
 * @param duplicate repetitions of the latest version
 * @param stale versions older than the latest
 * @param residual canonical - applied - duplicate - stale: 0, or an event was lost or doubled
 */
public record ViewAccount(
        String tenant,
        String connection,
        String source,
        String stream,
        String entity,
        long canonical,
        long applied,
        long duplicate,
        long stale,
        long residual,
        Instant at) {

    public ViewAccount {
        Check.address(tenant, connection, source, stream);
        Check.entity(entity);
        Check.counts(canonical, applied, duplicate, stale);
        Check.when("at", at);
    }

    /** An account that states its residual. */
    public static ViewAccount of(
            StreamKey key,
            String source,
            String entity,
            long canonical,
            long applied,
            long duplicate,
            long stale,
            Instant at) {
        return new ViewAccount(
                key.tenant(),
                key.connection(),
                source,
                key.stream(),
                entity,
                canonical,
                applied,
                duplicate,
                stale,
                canonical - applied - duplicate - stale,
                at);
    }

    /** This account and what came after it. */
    public ViewAccount plus(ViewAccount later) {
        return of(
                key(),
                later.source,
                later.entity,
                canonical + later.canonical,
                applied + later.applied,
                duplicate + later.duplicate,
                stale + later.stale,
                later.at);
    }

    /** The stream. */
    @JsonIgnore
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }
}
