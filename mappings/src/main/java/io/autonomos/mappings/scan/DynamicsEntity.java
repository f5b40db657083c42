package io.autonomos.mappings.scan;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an entity as it stands in what plug-ins and webhooks of Dynamics get, a list of keys and
 * typed values, as the record that the Web API would send.
 */
final class DynamicsEntity {

    private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d{1,17})[^)]*\\)/");
    private static final String LABEL = "@OData.Community.Display.V1.FormattedValue";
    private static final String LOOKUP = "@Microsoft.Dynamics.CRM.lookuplogicalname";

    private final Map<String, byte[]> members = new LinkedHashMap<>();

    private DynamicsEntity() {}

    /** The record, or null where the object is no entity. */
    static byte[] record(JsonMembers entity) {
        if (entity == null || !entity.has("Attributes")) {
            return null;
        }
        DynamicsEntity record = new DynamicsEntity();
        entity.objects("Attributes").forEach(record::attribute);
        entity.objects("FormattedValues").forEach(record::label);
        return record.bytes();
    }

    private void attribute(JsonMembers attribute) {
        String name = attribute.text("key");
        if (name == null || !attribute.has("value")) {
            return;
        }
        JsonMembers typed = attribute.object("value");
        if (typed == null) {
            members.put(name, value(attribute));
        } else if (typed.has("LogicalName") && typed.has("Id")) {
            members.put(lookup(name), typed.raw("Id"));
            members.put(lookup(name) + LOOKUP, typed.raw("LogicalName"));
        } else {
            members.put(name, typed.has("Value") ? typed.raw("Value") : typed.bytes());
        }
    }

    private static byte[] value(JsonMembers attribute) {
        String text = attribute.text("value");
        Matcher date = DATE.matcher(text == null ? "" : text);
        return date.matches()
                ? new JsonBuffer(32)
                        .quoted(Instant.ofEpochMilli(Long.parseLong(date.group(1))).toString())
                        .toBytes()
                : attribute.raw("value");
    }

    private void label(JsonMembers label) {
        String name = label.text("key");
        if (name != null && label.has("value")) {
            boolean isLookup = members.containsKey(lookup(name));
            members.put((isLookup ? lookup(name) : name) + LABEL, label.raw("value"));
        }
    }

    private static String lookup(String name) {
        return "_" + name + "_value";
    }

    private byte[] bytes() {
        JsonBuffer json = new JsonBuffer(512).put('{');
        members.forEach(
                (name, value) -> {
                    if (json.size() > 1) {
                        json.put(',');
                    }
                    json.quoted(name).put(':').put(value);
                });
        return json.put('}').toBytes();
    }
}
