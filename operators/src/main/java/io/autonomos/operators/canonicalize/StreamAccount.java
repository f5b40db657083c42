package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingInEffect;
import java.time.Instant;

/** One stream on one task: how it is translated, and its counts since the job first saw it. */
final class StreamAccount {

    private final StreamKey key;
    private String source;
    private StreamTarget target;
    private StreamMapping mapping;
    private long in;
    private long canonical;
    private long filtered;
    private long parked;
    private long deadLettered;
    private long events;
    private boolean dirty;
    private StreamWatch watch;
    private Hold hold;
    private DriftPolicy policy;

    /**
     * An account that goes on from the last checkpoint.
     *
     * @param last the counts of that checkpoint, or null for a new stream
     */
    StreamAccount(StreamKey key, LedgerEntry last) {
        this.key = key;
        if (last != null) {
            in = last.in();
            canonical = last.canonical();
            filtered = last.filtered();
            parked = last.parked();
            deadLettered = last.deadLettered();
            events = last.events();
        }
    }

    StreamKey key() {
        return key;
    }

    boolean isReadAs(String sourceName) {
        return sourceName.equals(source);
    }

    /** The source of the last record, or null before the first one. */
    String source() {
        return source;
    }

    /** The registry's mapping of this stream, or null where it has none. */
    StreamMapping mapping() {
        return mapping;
    }

    /**
     * Takes the registry's mapping of this stream.
     *
     * @return the one before, or null
     */
    StreamMapping use(StreamMapping next) {
        StreamMapping last = mapping;
        mapping = next;
        return last;
    }

    /** How the stream is translated, or null where no mapping is known. */
    StreamTarget target() {
        return target;
    }

    /** Takes how the stream is translated from now on; what was seen of its fields stays. */
    void readAs(String sourceName, StreamTarget streamTarget) {
        source = sourceName;
        target = streamTarget;
        if (watch == null || target == null) {
            return;
        }
        if (watch.isOf(target.plan().entity())) {
            watch.useOther();
        } else {
            watch = new StreamWatch(target.plan().entity());
        }
    }

    /** Whether it is translated by a mapping of its own, not by a shipped one. */
    boolean isOwn() {
        return target != null && mapping != null && mapping.plan() == target.plan();
    }

    /** What its records gave so far, or null where nobody looks. */
    StreamWatch watch() {
        return watch;
    }

    void watch(StreamWatch next) {
        watch = next;
    }

    /** What becomes of its records that have lost fields. */
    DriftPolicy policy() {
        return policy;
    }

    void follow(DriftPolicy next) {
        policy = next;
    }

    /** Whether records waited when the account was last drawn. */
    boolean hasParked() {
        return parked > 0;
    }

    /** Its records that wait, or null where none does. */
    Hold hold() {
        return hold;
    }

    void hold(Hold next) {
        hold = next;
    }

    /** One record came in and waits. */
    void parked() {
        in++;
        parked++;
        dirty = true;
    }

    /** One record that waited goes on, and is counted again as one that came in. */
    void released() {
        in--;
        parked--;
    }

    /** One record came in and was translated to so many events; none means it was filtered. */
    void translated(int made) {
        in++;
        if (made == 0) {
            filtered++;
        } else {
            canonical++;
            events += made;
        }
        dirty = true;
    }

    /** One record came in and became a dead letter. */
    void refused() {
        in++;
        deadLettered++;
        dirty = true;
    }

    /** How its records are translated. */
    MappingInEffect inEffect(Instant at) {
        if (target == null) {
            return MappingInEffect.none(key, source, at);
        }
        return new MappingInEffect(
                key.tenant(),
                key.connection(),
                source,
                key.stream(),
                target.plan().entity().name(),
                target.plan().mapping(),
                target.version(),
                isOwn() ? mapping.origin() : MappingInEffect.SHIPPED,
                isOwn() ? mapping.confidence() : 1,
                target.plan().sources(),
                at);
    }

    boolean isDirty() {
        return dirty;
    }

    void clean() {
        dirty = false;
    }

    LedgerEntry entry(long at) {
        return new LedgerEntry(
                key,
                source == null ? "" : source,
                target == null ? null : target.plan().entity().name(),
                in,
                canonical,
                filtered,
                parked,
                deadLettered,
                events,
                at);
    }
}
