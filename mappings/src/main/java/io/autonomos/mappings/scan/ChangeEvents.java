package io.autonomos.mappings.scan;

import static io.autonomos.mappings.scan.ChangeEvent.UNDATED;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Reads the events that webhooks, change streams and change feeds put around a record, or send in
 * place of one that is gone. Each kind is known by members that stand together in no record.
 */
public final class ChangeEvents {

    /** Members that stand in events but in no record, where the rest may look like a record. */
    public static final List<String> MARKERS =
            List.of("ChangeEventHeader", "subscriptionType", "zendesk_event_version");

    private static final List<String> AROUND =
            List.of("payload", "data", "detail", "event", "body");
    private static final int MOST_AROUND = 2;

    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE");
    private static final String ZENDESK = "zen:event-type:";
    private static final String DATE = "/Date(";

    private static final String NAME_IT = "Send the event as the system does, with the id.";
    private static final String FETCH = "Fetch the record by its id, and send that.";
    private static final String SALESFORCE_READ =
            "Have the subscriber read the record by its recordIds (GET"
                    + " /services/data/vNN.0/sobjects/{object}/{id}) and send that, or poll the"
                    + " object by SystemModstamp.";

    private ChangeEvents() {}

    /** Reads one kind of event; null where it is none of these. */
    private interface Kind {
        ChangeEvent read(JsonMembers event);
    }

    private static final List<Kind> KINDS =
            List.of(
                    ChangeEvents::mongodb,
                    ChangeEvents::supabase,
                    ChangeEvents::pipedrive,
                    ChangeEvents::found,
                    ChangeEvents::salesforce,
                    ChangeEvents::pushTopic,
                    ChangeEvents::hubspot,
                    ChangeEvents::zendesk,
                    ChangeEvents::dynamics);

    /** What an object that has passed the scanner says of records, or null where it is no event. */
    public static ChangeEvent find(byte[] json) {
        int open = JsonArrays.skipSpace(json, 0);
        return open < json.length && json[open] == '{'
                ? find(JsonMembers.of(json, open), MOST_AROUND)
                : null;
    }

    private static ChangeEvent find(JsonMembers event, int around) {
        for (Kind kind : KINDS) {
            ChangeEvent found = kind.read(event);
            if (found != null) {
                return found;
            }
        }
        for (String name : AROUND) {
            JsonMembers inner = around == 0 ? null : event.object(name);
            ChangeEvent found = inner == null ? null : find(inner, around - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Change streams, as the drivers, triggers and Kafka connectors hand them on. */
    private static ChangeEvent mongodb(JsonMembers event) {
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
                            ? ChangeEvent.partial("has no documentKey", NAME_IT)
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
                    ? time(wall.text("$date"))
                    : time(canonical.text("$numberLong"));
        }
        JsonMembers cluster = event.object("clusterTime");
        JsonMembers stamp = cluster == null ? null : cluster.object("$timestamp");
        return stamp == null ? time(event.text("wallTime")) : time(stamp.text("t"));
    }

    /** Webhooks of Supabase's databases, and its realtime messages. */
    private static ChangeEvent supabase(JsonMembers event) {
        String type = event.text(event.has("eventType") ? "eventType" : "type");
        if (type == null || !WRITES.contains(type) || event.text("table") == null) {
            return null;
        }
        boolean realtime = event.has("new") || event.has("old");
        long at = time(event.text("commit_timestamp"));
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

    /** Webhooks of Pipedrive, version 1 and 2. */
    private static ChangeEvent pipedrive(JsonMembers event) {
        JsonMembers meta = event.object("meta");
        String action = meta == null ? null : meta.text("action");
        boolean second = event.has("data");
        if (action == null || !(second || event.has("current")) || !event.has("previous")) {
            return null;
        }
        long at = time(meta.text("timestamp"));
        if (action.startsWith("delete")) {
            JsonMembers gone = event.object("previous");
            String id = meta.text(second ? "entity_id" : "id");
            return gone == null || !gone.has("id")
                    ? deleteOf(id, at)
                    : ChangeEvent.delete(gone, at);
        }
        JsonMembers now = event.object(second ? "data" : "current");
        return now == null
                ? ChangeEvent.partial("has no " + (second ? "data" : "current"), FETCH)
                : ChangeEvent.upsert(now, at);
    }

    /** What a search of Pipedrive finds. */
    private static ChangeEvent found(JsonMembers event) {
        return event.has("result_score") && event.object("item") != null
                ? ChangeEvent.partial(
                        "is what a search found, which holds only some of the fields",
                        "Fetch the record by its id (GET /api/v2/{persons, deals, ...}/{id}), and"
                                + " send that, or read the list of all in place of a search.")
                : null;
    }

    /** Change Data Capture of Salesforce: an update holds no more than the fields that changed. */
    private static ChangeEvent salesforce(JsonMembers event) {
        JsonMembers header = event.object("ChangeEventHeader");
        String type = header == null ? null : header.text("changeType");
        if (type == null) {
            return null;
        }
        List<String> ids = header.texts("recordIds");
        long at = time(header.text("commitTimestamp"));
        if (ids.isEmpty() || ids.stream().anyMatch(id -> id == null || id.endsWith("*"))) {
            return ChangeEvent.partial("names no record", NAME_IT);
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "CREATE", "UNDELETE" -> new ChangeEvent(false, ids, at, event.bytes(), null, null);
            case "DELETE", "GAP_DELETE" -> ChangeEvent.delete(ids, at);
            case "UPDATE" ->
                    ChangeEvent.partial("holds only the fields that changed", SALESFORCE_READ);
            default -> ChangeEvent.partial("holds no fields", SALESFORCE_READ);
        };
    }

    /** PushTopic events of Salesforce. */
    private static ChangeEvent pushTopic(JsonMembers event) {
        JsonMembers head = event.object("event");
        JsonMembers row = event.object("sobject");
        String type = head == null || row == null ? null : head.text("type");
        if (type == null) {
            return null;
        }
        long at = time(head.text("createdDate"));
        return type.equals("deleted") ? ChangeEvent.delete(row, at) : ChangeEvent.upsert(row, at);
    }

    /** Webhooks of HubSpot name the object and one property at most. */
    private static ChangeEvent hubspot(JsonMembers event) {
        String type = event.text(event.has("eventType") ? "eventType" : "subscriptionType");
        String id = event.text("objectId");
        if (type == null || !type.contains(".") || !event.has("portalId")) {
            return null;
        }
        boolean gone = type.endsWith(".deletion") || type.endsWith(".privacyDeletion");
        return gone
                ? deleteOf(id, time(event.text("occurredAt")))
                : ChangeEvent.partial(
                        "holds no more than one property of the object",
                        "Have the receiver of the webhook read the object by its objectId (GET"
                                + " /crm/v3/objects/{type}/{objectId} with ?properties= all that"
                                + " the mapping names) and send that.");
    }

    /** Event webhooks of Zendesk; what they tell of users is no whole record. */
    private static ChangeEvent zendesk(JsonMembers event) {
        String type = event.text("type");
        JsonMembers detail = event.object("detail");
        if (type == null || !type.startsWith(ZENDESK) || detail == null) {
            return null;
        }
        long at = time(event.text("time"));
        String name = type.substring(ZENDESK.length());
        return switch (name) {
            case "user.deleted",
                    "organization.deleted",
                    "ticket.soft_deleted",
                    "ticket.permanently_deleted" ->
                    deleteOf(detail.text("id"), at);
            default ->
                    name.startsWith("ticket.")
                            ? ChangeEvent.upsert(detail, at)
                            : ChangeEvent.partial(
                                    "holds only some of the fields",
                                    "Have the receiver of the webhook read it by its id (GET"
                                            + " /api/v2/users/{id} or /api/v2/organizations/{id})"
                                            + " and send that, or poll the incremental export.");
        };
    }

    /** What plug-ins and webhooks of Dynamics get. */
    private static ChangeEvent dynamics(JsonMembers event) {
        String message = event.text("MessageName");
        if (message == null || !event.has("PrimaryEntityName")) {
            return null;
        }
        String id = event.text("PrimaryEntityId");
        long at = time(event.text("OperationCreatedOn"));
        if (message.equalsIgnoreCase("Delete")) {
            return deleteOf(id, at);
        }
        byte[] record = entity(event, "PostEntityImages");
        if (record == null && message.equalsIgnoreCase("Create")) {
            record = entity(event, "InputParameters");
        }
        return record == null || id == null
                ? ChangeEvent.partial(
                        "has no image of the record after it",
                        "Register a post-image with all columns for the step, in the Plug-in"
                                + " Registration Tool.")
                : new ChangeEvent(false, List.of(id), at, record, null, null);
    }

    /** The record of the first entity in a list of keys and values, or null. */
    private static byte[] entity(JsonMembers event, String list) {
        return event.objects(list).stream()
                .map(each -> DynamicsEntity.record(each.object("value")))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static ChangeEvent deleteOf(String id, long at) {
        return id == null
                ? ChangeEvent.partial("names no record", NAME_IT)
                : ChangeEvent.delete(List.of(id), at);
    }

    /** Of ISO 8601, {@code /Date(ms)/}, epoch seconds or milliseconds. */
    private static long time(String text) {
        if (text == null) {
            return UNDATED;
        }
        try {
            String digits =
                    text.startsWith(DATE)
                            ? text.substring(DATE.length()).replaceAll("\\D.*", "")
                            : text;
            if (!digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                long number = Long.parseLong(digits);
                return number < 100_000_000_000L ? number * 1_000 : number;
            }
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (NumberFormatException | DateTimeException e) {
            return UNDATED;
        }
    }
}
