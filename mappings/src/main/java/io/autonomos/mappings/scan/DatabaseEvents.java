package io.autonomos.mappings.scan;

import java.util.Set;

/** Events of MongoDB and of Supabase around documents and rows. */
final class DatabaseEvents {

    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE");

    private DatabaseEvents() {}

    /** Change streams, as the drivers, triggers and Kafka connectors hand them on. */
    static ChangeEvent mongodb(JsonMembers event) {
        String type = event.text("operationType");
        JsonMembers token = event.object("_id");
        boolean streamed = token != null && token.has("_data");
        if (type == null || !(streamed || event.has("ns") || event.has("documentKey"))) {
            return null;
        }
        long at = mongoTime(event);
        JsonMembers document = event.object("fullDocument");
        JsonMembers before = event.object("fullDocumentBeforeChange");
        JsonMembers gone = before == null ? event.object("documentKey") : before;
        return switch (type) {
            case "insert", "replace", "update" ->
                    document == null
                            ? ChangeEvent.partial(
                                    "has no fullDocument",
                                    "Open the change stream with fullDocument: updateLookup.")
                            : ChangeEvent.upsert(document, at);
            case "delete" ->
                    gone == null
                            ? ChangeEvent.partial("has no documentKey", ChangeEvent.NAME_IT)
                            : ChangeEvent.delete(gone, at);
            default ->
                    ChangeEvent.partial(
                            "concerns a collection, not a document",
                            "Nothing is to be translated; leave such events out of the change"
                                    + " stream by a $match on operationType.");
        };
    }

    private static long mongoTime(JsonMembers event) {
        JsonMembers wall = event.object("wallTime");
        if (wall != null) {
            JsonMembers canonical = wall.object("$date");
            return canonical == null
                    ? EventTime.of(wall.text("$date"))
                    : EventTime.of(canonical.text("$numberLong"));
        }
        JsonMembers cluster = event.object("clusterTime");
        JsonMembers stamp = cluster == null ? null : cluster.object("$timestamp");
        return stamp == null ? EventTime.of(event.text("wallTime")) : EventTime.of(stamp.text("t"));
    }

    /** Webhooks of Supabase's databases, and its realtime messages. */
    static ChangeEvent supabase(JsonMembers event) {
        String type = event.text(event.has("eventType") ? "eventType" : "type");
        if (type == null || !WRITES.contains(type) || event.text("table") == null) {
            return null;
        }
        boolean realtime = event.has("new") || event.has("old");
        long at = EventTime.of(event.text("commit_timestamp"));
        boolean delete = type.equals("DELETE");
        String member = delete ? "old" : "new";
        if (!realtime) {
            member = delete ? "old_record" : "record";
        }
        JsonMembers row = event.object(member);
        if (row == null) {
            return ChangeEvent.partial(
                    "has no " + member,
                    "Deletes need ALTER TABLE ... REPLICA IDENTITY FULL; realtime messages need a"
                            + " policy that lets the subscriber read the row.");
        }
        return delete ? ChangeEvent.delete(row, at) : ChangeEvent.upsert(row, at);
    }
}
