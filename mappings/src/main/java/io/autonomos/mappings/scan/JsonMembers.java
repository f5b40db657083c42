package io.autonomos.mappings.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The members of an object in JSON that has passed the scanner; of equal names the last. */
final class JsonMembers {

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Map<String, int[]> places = new LinkedHashMap<>();

    private JsonMembers(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
    }

    /** The members of the object that opens there. */
    static JsonMembers of(byte[] bytes, int open) {
        JsonMembers members = new JsonMembers(bytes, open, JsonArrays.endOfValue(bytes, open));
        int at = JsonArrays.skipSpace(bytes, open + 1);
        while (bytes[at] == '"') {
            int end = JsonArrays.endOfValue(bytes, at);
            String name = JsonText.decode(bytes, at + 1, end - 1);
            int start = JsonArrays.skipSpace(bytes, JsonArrays.skipSpace(bytes, end) + 1);
            int stop = JsonArrays.endOfValue(bytes, start);
            members.places.put(name, new int[] {start, stop});
            at = JsonArrays.skipSpace(bytes, stop);
            if (bytes[at] == ',') {
                at = JsonArrays.skipSpace(bytes, at + 1);
            }
        }
        return members;
    }

    /** Where each value starts and ends, by name. */
    Map<String, int[]> places() {
        return places;
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    /** The object under a name, or null. */
    JsonMembers object(String name) {
        int[] place = places.get(name);
        return place != null && bytes[place[0]] == '{' ? of(bytes, place[0]) : null;
    }

    /** The objects of the array under a name. */
    List<JsonMembers> objects(String name) {
        int[] place = places.get(name);
        List<JsonMembers> objects = new ArrayList<>();
        if (place != null && bytes[place[0]] == '[') {
            for (int[] each : JsonArrays.elements(bytes, place[0], place[1])) {
                if (bytes[each[0]] == '{') {
                    objects.add(of(bytes, each[0]));
                }
            }
        }
        return objects;
    }

    /** The bytes of the value under a name, which is there. */
    byte[] raw(String name) {
        int[] place = places.get(name);
        return Arrays.copyOfRange(bytes, place[0], place[1]);
    }

    /** The text or number under a name as text, or null. */
    String text(String name) {
        int[] place = places.get(name);
        return place == null ? null : text(place[0], place[1]);
    }

    /** The texts and numbers of the array under a name. */
    List<String> texts(String name) {
        int[] place = places.get(name);
        List<String> texts = new ArrayList<>();
        if (place != null && bytes[place[0]] == '[') {
            for (int[] each : JsonArrays.elements(bytes, place[0], place[1])) {
                texts.add(text(each[0], each[1]));
            }
        }
        return texts;
    }

    private String text(int start, int stop) {
        byte first = bytes[start];
        if (first == '"') {
            return JsonText.decode(bytes, start + 1, stop - 1);
        }
        return first == '-' || (first >= '0' && first <= '9')
                ? new String(bytes, start, stop - start, StandardCharsets.US_ASCII)
                : null;
    }

    /** The object's own bytes. */
    byte[] bytes() {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
