package io.autonomos.jobs.verify;

import io.autonomos.jobs.demo.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A verification as people and programs read it. */
public final class VerifyReport {

    private static final List<String> STORES = List.of("postgres", "duckdb", "kafka", "replay");
    private static final int SHOWN_DIGITS = 12;

    private final VerifyResult result;

    public VerifyReport(VerifyResult result) {
        this.result = result;
    }

    /** As plain values, for JSON; a store that was not compared is null. */
    public Map<String, Object> toJson() {
        List<Map<String, Object>> entities = new ArrayList<>();
        result.all()
                .forEach(
                        (key, tallies) -> {
                            Map<String, Object> entity = new LinkedHashMap<>();
                            entity.put("tenant", key.tenant());
                            entity.put("entity", key.entity());
                            STORES.forEach(store -> entity.put(store, json(tallies.get(store))));
                            entities.add(entity);
                        });
        List<Map<String, Object>> differences = new ArrayList<>();
        for (RowDifference row : result.rows()) {
            Map<String, Object> difference = new LinkedHashMap<>();
            difference.put("tenant", row.key().tenant());
            difference.put("entity", row.key().entity());
            difference.put("id", row.id());
            difference.put("missing", row.missing());
            difference.put("columns", row.columns());
            differences.add(difference);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("equal", result.isEqual());
        report.put("entities", entities);
        report.put("differences", differences);
        return report;
    }

    private static Map<String, Object> json(Tally tally) {
        if (tally == null) {
            return null;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", tally.count());
        object.put("checksum", tally.checksum());
        return object;
    }

    /** As a table, and the rows that differ. */
    public String toText() {
        TextTable table = TextTable.ofText();
        List<String> compared =
                STORES.stream()
                        .filter(s -> result.all().values().stream().anyMatch(t -> t.containsKey(s)))
                        .toList();
        List<String> head = new ArrayList<>(List.of("tenant", "entity"));
        head.addAll(compared);
        head.add("");
        table.row(head);
        result.all()
                .forEach(
                        (key, tallies) -> {
                            List<String> row = new ArrayList<>(List.of(key.tenant(), key.entity()));
                            compared.forEach(store -> row.add(text(tallies.get(store))));
                            row.add(result.different().containsKey(key) ? "DIFFERENT" : "equal");
                            table.row(row);
                        });
        StringBuilder text = new StringBuilder(table.toString());
        for (RowDifference row : result.rows()) {
            text.append(
                    "%s/%s %s: %s%n"
                            .formatted(
                                    row.key().tenant(), row.key().entity(), row.id(), row.text()));
        }
        return text.toString();
    }

    private static String text(Tally tally) {
        return tally == null
                ? "-"
                : tally.count() + " " + tally.checksum().substring(0, SHOWN_DIGITS);
    }
}
