package io.autonomos.mappings.plan;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import java.util.ArrayList;
import java.util.List;

/** What became of one raw record: canonical events, or the reason why there are none. */
public final class Translation {

    private List<CanonicalEvent> events = List.of();
    private RawRecord inner;
    private boolean perhapsEvent;
    private Fault fault;
    private String fingerprint;
    private List<String> unread = List.of();
    private long shape;

    void add(CanonicalEvent event) {
        if (events.isEmpty()) {
            events = List.of(event);
            return;
        }
        if (events.size() == 1) {
            events = new ArrayList<>(events);
        }
        events.add(event);
    }

    /** The record may be an event around another one. */
    void suspectEvent() {
        perhapsEvent = true;
    }

    boolean isPerhapsEvent() {
        return perhapsEvent;
    }

    /** A record found inside the payload is translated. */
    void readAs(RawRecord found) {
        inner = inner == null ? found : inner;
    }

    /** What was translated in place of a record: the first one inside its payload, or itself. */
    public RawRecord readOf(RawRecord record) {
        return inner == null ? record : inner;
    }

    void fail(Fault reason, String shape) {
        events = List.of();
        fault = reason;
        fingerprint = shape;
    }

    /**
     * Notes what the record is like.
     *
     * @param failed canonical fields whose value could not be read
     * @param low half of the fingerprint
     */
    void note(List<String> failed, long low) {
        if (!failed.isEmpty()) {
            List<String> all = new ArrayList<>(unread);
            all.addAll(failed);
            unread = all;
        }
        shape = 31 * shape + low;
    }

    /** The canonical fields that stay empty because their value could not be read. */
    public List<String> unread() {
        return unread;
    }

    /** Tells shapes of records apart; equal for records of one shape. */
    public long shape() {
        return shape;
    }

    /** The events; valid until the next translation. None and no fault: the record is filtered. */
    public List<CanonicalEvent> events() {
        return events;
    }

    /** Why the record is a dead letter, or null. */
    public Fault fault() {
        return fault;
    }

    /** The shape of a record that failed, as hex, or null where it could not be read. */
    public String fingerprint() {
        return fingerprint;
    }
}
