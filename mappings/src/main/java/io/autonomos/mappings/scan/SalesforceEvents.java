package io.autonomos.mappings.scan;

import java.util.List;
import java.util.Locale;

/** Events of Salesforce: Change Data Capture and PushTopic. */
final class SalesforceEvents {

    private static final String READ =
            "Have the subscriber read the record by its recordIds (GET"
                    + " /services/data/vNN.0/sobjects/{object}/{id}) and send that, or poll the"
                    + " object by SystemModstamp; enriched events do not hold all fields either.";
    private static final String READ_ALL =
            "Read the object's records again that changed since the event's commitTimestamp (by"
                    + " SystemModstamp, deleted ones by queryAll), and send them.";

    private SalesforceEvents() {}

    /** Change Data Capture of Salesforce: an update holds no more than the fields that changed. */
    static ChangeEvent captured(JsonMembers event) {
        JsonMembers header = event.object("ChangeEventHeader");
        String type = header == null ? null : header.text("changeType");
        if (type == null) {
            return null;
        }
        List<String> ids = header.texts("recordIds");
        long at = EventTime.of(header.text("commitTimestamp"));
        if (ids.isEmpty() || ids.contains(null)) {
            return ChangeEvent.partial("names no record", ChangeEvent.NAME_IT);
        }
        if (ids.stream().anyMatch(id -> id.endsWith("*"))) {
            return ChangeEvent.partial("stands for all records of a kind, by a *", READ_ALL);
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "GAP_OVERFLOW" ->
                    ChangeEvent.partial(
                            "says that more changed than events were made of", READ_ALL);
            case "CREATE", "UNDELETE" -> new ChangeEvent(false, ids, at, event.bytes(), null, null);
            case "DELETE", "GAP_DELETE" -> ChangeEvent.delete(ids, at);
            case "UPDATE" -> ChangeEvent.partial("holds only the fields that changed", READ);
            default -> ChangeEvent.partial("holds no fields", READ);
        };
    }

    /** PushTopic events of Salesforce. */
    static ChangeEvent pushTopic(JsonMembers event) {
        JsonMembers head = event.object("event");
        JsonMembers row = event.object("sobject");
        String type = head == null || row == null ? null : head.text("type");
        if (type == null) {
            return null;
        }
        long at = EventTime.of(head.text("createdDate"));
        return type.equals("deleted") ? ChangeEvent.delete(row, at) : ChangeEvent.upsert(row, at);
    }
}
