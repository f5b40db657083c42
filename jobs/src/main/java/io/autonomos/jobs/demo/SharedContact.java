package io.autonomos.jobs.demo;

import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRow;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The contact that most systems share, with where each of its values came from. */
final class SharedContact {

    private final ViewRow row;
    private final long gone;

    private SharedContact(ViewRow row, long gone) {
        this.row = row;
        this.gone = gone;
    }

    /** Reads the unified contacts from their topic. */
    static SharedContact find(TopicReader reader, String topicPrefix) {
        Map<String, ViewRow> rows = new TreeMap<>();
        Set<String> deleted = new LinkedHashSet<>();
        reader.read(
                Topics.view(topicPrefix, "contact"),
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        rows.remove(key);
                        deleted.add(key);
                    } else {
                        rows.put(key, read(record.value()));
                        deleted.remove(key);
                    }
                });
        ViewRow most =
                rows.values().stream()
                        .max(
                                Comparator.comparingLong(SharedContact::connections)
                                        .thenComparing(SharedContact::conflicts)
                                        .thenComparing(ViewRow::id))
                        .orElse(null);
        return new SharedContact(most, deleted.size());
    }

    private static ViewRow read(byte[] json) {
        try {
            return MessageJson.read(ViewRow.class, json);
        } catch (MessageException e) {
            throw new IllegalStateException(
                    "the topic of unified contacts holds something else", e);
        }
    }

    private static long connections(ViewRow row) {
        return row.links().stream().map(ViewRow.Link::connection).distinct().count();
    }

    /** How many values lost. */
    private static int conflicts(ViewRow row) {
        return row.conflicts().stream().mapToInt(origin -> origin.fields().size()).sum();
    }

    /** The row as plain values, for JSON. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (row != null) {
            json.put("tenant", row.tenant());
            json.put("id", row.id());
            json.put("connections", connections(row));
            json.put("conflicts", conflicts(row));
        }
        json.put("contacts_gone", gone);
        return json;
    }

    String toText() {
        if (row == null) {
            return "No contact is shared.\n";
        }
        TextTable table = TextTable.ofText();
        table.row(List.of("record", "clock", "values from it", "and values that lost"));
        for (ViewRow.Link link : row.links()) {
            table.row(
                    List.of(
                            link.connection() + "/" + link.stream() + "/" + link.recordId(),
                            link.eventTime().toString(),
                            fields(row.provenance(), link),
                            fields(row.conflicts(), link)));
        }
        return "Contact %s of %s is %d records of %d connections:%n%s%nContact rows that are gone, deleted or joined to another one: %d%n"
                .formatted(
                        row.id(), row.tenant(), row.links().size(), connections(row), table, gone);
    }

    private static String fields(List<ViewRow.Origin> origins, ViewRow.Link link) {
        return origins.stream()
                .filter(
                        origin ->
                                origin.connection().equals(link.connection())
                                        && origin.stream().equals(link.stream())
                                        && origin.recordId().equals(link.recordId()))
                .flatMap(origin -> origin.fields().stream())
                .collect(Collectors.joining(" "));
    }
}
