package io.autonomos.mappings.scan;

import io.autonomos.schemas.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Finds the records inside what an API answers with: a JSON array, or an object that holds them, or
 * one of them, as a member. One of the {@link ChangeEvents} is no page: the event says more than
 * its record.
 */
public final class Pages {

    /** Members that APIs, webhooks and change streams put records under; the first there counts. */
    private static final List<String> MEMBERS =
            List.of(
                    "results",
                    "data",
                    "records",
                    "value",
                    "items",
                    "rows",
                    "objects",
                    "fullDocument",
                    "record",
                    "current",
                    "payload");

    private final RecordScanner scanner;

    /** For pages of up to that many bytes. */
    public Pages(int maxBytes) {
        int most = Integer.MAX_VALUE;
        scanner =
                new ScanPlan()
                        .newScanner(new ScanLimits(maxBytes, ScanLimits.MOST_DEPTH, most, 8_192));
    }

    /**
     * The records of a page.
     *
     * @param member the member that holds them, or null where the page itself is the array
     * @param isList whether they stand in an array, be it of one
     */
    public record Found(String member, boolean isList, List<byte[]> records) {

        /** Whether the member is one that many systems name so. */
        public boolean isKnown() {
            return MEMBERS.contains(member);
        }
    }

    /** The records of a page, or null where the bytes are no page. */
    public Found find(byte[] page) {
        return find(page, "");
    }

    /**
     * The same.
     *
     * @param stream whose records are looked for, where the page holds several lists
     */
    public Found find(byte[] page, String stream) {
        int start = JsonArrays.skipSpace(page, 0);
        if (start == page.length || !isJson(page)) {
            return null;
        }
        if (page[start] == '[') {
            return new Found(null, true, elements(page, start, page.length));
        }
        if (page[start] != '{' || ChangeEvents.find(page) != null) {
            return null;
        }
        Map<String, int[]> members = JsonMembers.of(page, start).places();
        for (String name : MEMBERS) {
            int[] place = members.get(name);
            if (place != null && (page[place[0]] == '{' || isOfObjects(page, place))) {
                return found(page, name, listed(page, place));
            }
        }
        return sole(page, members, stream);
    }

    /** Where a member's own list of items stands, as of a search; else the member. */
    private static int[] listed(byte[] page, int[] place) {
        if (page[place[0]] != '{') {
            return place;
        }
        int[] items = JsonMembers.of(page, place[0]).places().get("items");
        return items != null && isOfObjects(page, items) ? items : place;
    }

    /**
     * Under a name of its own, such as {@code tickets}, where no other member holds objects, or
     * where it is the stream's name.
     */
    private static Found sole(byte[] page, Map<String, int[]> members, String stream) {
        List<String> arrays = names(page, members, true);
        for (String name : arrays) {
            if (isNameOf(name, stream)) {
                return found(page, name, members.get(name));
            }
        }
        List<String> objects = names(page, members, false);
        List<String> names = arrays.isEmpty() ? objects : arrays;
        if (names.size() != 1
                || names.get(0).equals("attributes") // of Salesforce: what is queried, no record
                || (arrays.isEmpty() && members.size() > 1)) {
            return null;
        }
        return found(page, names.get(0), members.get(names.get(0)));
    }

    private static boolean isNameOf(String member, String stream) {
        return member.equalsIgnoreCase(stream) || member.equalsIgnoreCase(stream + "s");
    }

    private static Found found(byte[] page, String member, int[] place) {
        boolean isList = page[place[0]] == '[';
        return new Found(
                member,
                isList,
                isList
                        ? elements(page, place[0], place[1])
                        : List.of(Arrays.copyOfRange(page, place[0], place[1])));
    }

    private static List<String> names(byte[] page, Map<String, int[]> members, boolean arrays) {
        return members.entrySet().stream()
                .filter(
                        e ->
                                arrays
                                        ? isOfObjects(page, e.getValue())
                                        : page[e.getValue()[0]] == '{')
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isJson(byte[] page) {
        try {
            scanner.scan(page);
            return true;
        } catch (ScanException e) {
            return e.code() == ErrorCode.JSON_NOT_OBJECT;
        }
    }

    private static List<byte[]> elements(byte[] page, int from, int to) {
        int end = to;
        while (page[end - 1] != ']') {
            end--;
        }
        List<byte[]> records = new ArrayList<>();
        for (int[] each : JsonArrays.elements(page, from, end)) {
            records.add(Arrays.copyOfRange(page, each[0], each[1]));
        }
        return records;
    }

    private static boolean isOfObjects(byte[] page, int[] place) {
        if (page[place[0]] != '[') {
            return false;
        }
        byte first = page[JsonArrays.skipSpace(page, place[0] + 1)];
        return first == '{' || first == ']';
    }
}
