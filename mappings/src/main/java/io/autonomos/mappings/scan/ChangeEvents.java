package io.autonomos.mappings.scan;

import java.util.List;

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

    private ChangeEvents() {}

    /** Reads one kind of event; null where it is none of these. */
    private interface Kind {
        ChangeEvent read(JsonMembers event);
    }

    private static final List<Kind> KINDS =
            List.of(
                    DatabaseEvents::mongodb,
                    DatabaseEvents::supabase,
                    SalesEvents::pipedrive,
                    SalesEvents::found,
                    SalesforceEvents::captured,
                    SalesforceEvents::pushTopic,
                    SalesEvents::hubspot,
                    SalesEvents::zendesk,
                    SalesEvents::dynamics);

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
}
