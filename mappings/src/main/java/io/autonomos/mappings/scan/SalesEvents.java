package io.autonomos.mappings.scan;

import java.util.List;
import java.util.Objects;

/** Events of Pipedrive, HubSpot, Zendesk and Dynamics. */
final class SalesEvents {

    private static final String ZENDESK = "zen:event-type:";
    private static final String FETCH = "Fetch the record by its id, and send that.";

    private SalesEvents() {}

    /** Webhooks of Pipedrive, version 1 and 2. */
    static ChangeEvent pipedrive(JsonMembers event) {
        JsonMembers meta = event.object("meta");
        String action = meta == null ? null : meta.text("action");
        boolean second = event.has("data");
        if (action == null || !(second || event.has("current")) || !event.has("previous")) {
            return null;
        }
        long at = EventTime.of(meta.text("timestamp"));
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
    static ChangeEvent found(JsonMembers event) {
        return event.has("result_score") && event.object("item") != null
                ? ChangeEvent.partial(
                        "is what a search found, which holds only some of the fields",
                        "Fetch the record by its id (GET /api/v2/{persons, deals, ...}/{id}), and"
                                + " send that, or read the list of all in place of a search.")
                : null;
    }

    /** Webhooks of HubSpot name the object and one property at most. */
    static ChangeEvent hubspot(JsonMembers event) {
        String type = event.text(event.has("eventType") ? "eventType" : "subscriptionType");
        String id = event.text("objectId");
        if (type == null || !type.contains(".") || !event.has("portalId")) {
            return null;
        }
        boolean gone = type.endsWith(".deletion") || type.endsWith(".privacyDeletion");
        return gone
                ? deleteOf(id, EventTime.of(event.text("occurredAt")))
                : ChangeEvent.partial(
                        "holds no more than one property of the object",
                        "Have the receiver of the webhook read the object by its objectId (GET"
                                + " /crm/v3/objects/{type}/{objectId} with ?properties= all that"
                                + " the mapping names) and send that.");
    }

    /** Event webhooks of Zendesk; what they tell of users is no whole record. */
    static ChangeEvent zendesk(JsonMembers event) {
        String type = event.text("type");
        JsonMembers detail = event.object("detail");
        if (type == null || !type.startsWith(ZENDESK) || detail == null) {
            return null;
        }
        long at = EventTime.of(event.text("time"));
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
    static ChangeEvent dynamics(JsonMembers event) {
        String message = event.text("MessageName");
        if (message == null || !event.has("PrimaryEntityName")) {
            return null;
        }
        String id = event.text("PrimaryEntityId");
        long at = EventTime.of(event.text("OperationCreatedOn"));
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
                ? ChangeEvent.partial("names no record", ChangeEvent.NAME_IT)
                : ChangeEvent.delete(List.of(id), at);
    }
}
