package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ViewAccount;
import java.time.Instant;

/** What became of one stream's events on one subtask since the last checkpoint. */
final class StreamTally {

    private final StreamKey key;
    private String source;
    private String entity;
    private long canonical;
    private long applied;
    private long duplicate;
    private long stale;

    StreamTally(StreamKey key) {
        this.key = key;
    }

    StreamKey key() {
        return key;
    }

    void add(CanonicalEvent event, RecordVersion.Order order) {
        source = event.source();
        entity = event.entity();
        canonical++;
        switch (order) {
            case NEWER -> applied++;
            case SAME -> duplicate++;
            case OLDER -> stale++;
        }
    }

    ViewAccount account(Instant at) {
        return ViewAccount.of(key, source, entity, canonical, applied, duplicate, stale, at);
    }
}
