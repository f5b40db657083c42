package io.autonomos.operators.canonicalize;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import java.util.List;

/** Notes in the envelope of an event that passes although its record has lost mapped fields. */
final class LossNotes {

    private static final byte[] CHANGES = "},\"changes\":[".getBytes(US_ASCII);

    private LossNotes() {}

    /**
     * The same event with a note for each lost field.
     *
     * @param lost canonical fields of which it says nothing yet
     */
    static CanonicalEvent on(CanonicalEvent event, List<String> lost) {
        if (lost.isEmpty() || event.isDelete()) {
            return event;
        }
        byte[] json = event.json();
        int at = changesStart(json, event.extrasEnd());
        StringBuilder notes = new StringBuilder();
        for (String field : lost) {
            notes.append(notes.isEmpty() ? "" : ",")
                    .append("{\"field\":\"")
                    .append(field)
                    .append("\",\"kind\":\"null\",\"reason\":\"")
                    .append(ErrorCode.DRIFT_LOST.code())
                    .append("\"}");
        }
        notes.append(json[at] == ']' ? "" : ",");
        byte[] text = notes.toString().getBytes(US_ASCII);
        byte[] noted = new byte[json.length + text.length];
        System.arraycopy(json, 0, noted, 0, at);
        System.arraycopy(text, 0, noted, at, text.length);
        System.arraycopy(json, at, noted, at + text.length, json.length - at);
        return new CanonicalEvent(
                event.id(),
                event.key(),
                event.source(),
                event.entity(),
                event.op(),
                event.recordId(),
                event.eventTime(),
                event.position(),
                event.mapping(),
                event.mappingVersion(),
                noted,
                event.values(),
                event.extrasStart(),
                event.extrasEnd());
    }

    /** Quotes inside of texts are escaped, so what looks like the member's start is its start. */
    private static int changesStart(byte[] json, int from) {
        for (int at = from; at <= json.length - CHANGES.length; at++) {
            int same = 0;
            while (same < CHANGES.length && json[at + same] == CHANGES[same]) {
                same++;
            }
            if (same == CHANGES.length) {
                return at + same;
            }
        }
        throw new IllegalStateException("an envelope without changes");
    }
}
