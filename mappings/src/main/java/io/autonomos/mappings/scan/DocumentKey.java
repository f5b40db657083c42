package io.autonomos.mappings.scan;

import io.autonomos.schemas.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the key of a MongoDB document that is an object itself as one text: its JSON without
 * spaces, names in their order, and the same whichever version of Extended JSON it came in.
 */
public final class DocumentKey {

    /** In the {@code _id} of a change stream's event, which is no document. */
    private static final String STREAM_TOKEN = "_data";

    private DocumentKey() {}

    /** Whether documents hold their keys at a path, or references the keys of others. */
    public static boolean standsAt(SourcePath path) {
        String name = path.steps().get(path.steps().size() - 1).name();
        return "_id".equals(name) || "$id".equals(name);
    }

    /** The text of the object that opens there; null where it cannot be a key. */
    public static ExtendedJson.Inside text(byte[] bytes, int open) {
        JsonMembers members = JsonMembers.of(bytes, open);
        if (members.places().isEmpty()
                || members.has(STREAM_TOKEN)
                || members.places().keySet().stream().anyMatch(name -> name.startsWith("$"))) {
            return null;
        }
        JsonBuffer json = new JsonBuffer(64);
        write(bytes, members, json);
        byte[] text =
                new JsonBuffer(json.size() + 2)
                        .quoted(new String(json.toBytes(), StandardCharsets.UTF_8))
                        .toBytes();
        return new ExtendedJson.Inside(text, 0, text.length, Fingerprint.STRING);
    }

    private static void write(byte[] bytes, JsonMembers members, JsonBuffer into) {
        char before = '{';
        for (Map.Entry<String, int[]> each : new TreeMap<>(members.places()).entrySet()) {
            into.put(before).quoted(each.getKey()).put(':');
            write(bytes, each.getValue()[0], each.getValue()[1], into);
            before = ',';
        }
        into.ascii(before == '{' ? "{}" : "}");
    }

    private static void write(byte[] bytes, int from, int to, JsonBuffer into) {
        switch (bytes[from]) {
            case '{' -> {
                ExtendedJson.Inside inside = ExtendedJson.value(bytes, from);
                JsonMembers members = JsonMembers.of(bytes, from);
                if (inside == null) {
                    write(bytes, members, into);
                } else {
                    write(members.places().keySet().iterator().next(), inside, into);
                }
            }
            case '[' -> {
                char before = '[';
                for (int[] each : JsonArrays.elements(bytes, from, to)) {
                    write(bytes, each[0], each[1], into.put(before));
                    before = ',';
                }
                into.ascii(before == '[' ? "[]" : "]");
            }
            case '"' -> into.quoted(JsonText.decode(bytes, from + 1, to - 1));
            default -> into.put(bytes, from, to);
        }
    }

    /** A value of a type that has a name. */
    private static void write(String type, ExtendedJson.Inside inside, JsonBuffer into) {
        boolean quoted = inside.type() == Fingerprint.STRING;
        int from = quoted ? inside.from() + 1 : inside.from();
        String text = JsonText.decode(inside.bytes(), from, quoted ? inside.to() - 1 : inside.to());
        if (type.equals("$date")) {
            into.quoted(instant(text));
        } else if (type.startsWith("$number") && text.matches("-?[0-9][-+.eE0-9]*")) {
            into.ascii(text);
        } else {
            into.quoted(text);
        }
    }

    /** One form of the instants that are written as milliseconds or in ISO 8601. */
    private static String instant(String text) {
        try {
            return text.matches("-?[0-9]+")
                    ? Instant.ofEpochMilli(Long.parseLong(text)).toString()
                    : OffsetDateTime.parse(text).toInstant().toString();
        } catch (NumberFormatException | DateTimeException e) {
            return text;
        }
    }
}
