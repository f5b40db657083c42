package io.autonomos.jobs.cli.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.jobs.verify.RebuildPlan;
import io.autonomos.jobs.verify.RowDifference;
import java.util.List;

/** What a rebuild changes, as people and programs read it: counts and names, never values. */
final class RebuildReport {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RebuildPlan plan;
    private final boolean removes;

    /**
     * @param removes whether records that the inputs do not give are removed
     */
    RebuildReport(RebuildPlan plan, boolean removes) {
        this.plan = plan;
        this.removes = removes;
    }

    String toText(String state) {
        TextTable table = TextTable.ofText();
        table.row(List.of("entity", "added", "changed", "removed", "same"));
        plan.counts()
                .forEach(
                        (entity, counts) ->
                                table.row(
                                        List.of(
                                                entity,
                                                "" + counts.added(),
                                                "" + counts.changed(),
                                                "" + counts.removed(),
                                                "" + counts.same())));
        StringBuilder text = new StringBuilder(table.toString());
        for (RowDifference row : plan.rows()) {
            text.append(
                    "%s %s: %s%n"
                            .formatted(
                                    row.key().entity(), DriftText.printable(row.id()), what(row)));
        }
        if (plan.missing() > 0) {
            text.append(
                    "%d records are in live rows, but the inputs do not give them: they %s.%n"
                            .formatted(
                                    plan.missing(),
                                    removes
                                            ? "are removed"
                                            : "stay, since the inputs do not hold all that ever came"
                                                    + " (--remove-missing)"));
        }
        return text.append(ending(state)).append(System.lineSeparator()).toString();
    }

    private String ending(String state) {
        if (plan.counts().isEmpty()) {
            return "There is no record of this tenant.";
        }
        if (plan.isEmpty()) {
            return "Nothing would change.";
        }
        return switch (state) {
            case "planned" -> "Nothing is changed yet: this is a plan.";
            case "swapped" -> "The views are rebuilt.";
            default -> "The rebuild is sent.";
        };
    }

    private static String what(RowDifference row) {
        if (row.missing().contains("live")) {
            return "new";
        }
        return row.missing().contains("rebuilt")
                ? "gone"
                : "differs in " + String.join(", ", row.columns());
    }

    String toJson(String state) {
        ObjectNode report = JSON.createObjectNode();
        report.put("state", plan.isEmpty() ? "equal" : state);
        ObjectNode entities = report.putObject("entities");
        plan.counts()
                .forEach(
                        (entity, counts) ->
                                entities.putObject(entity)
                                        .put("added", counts.added())
                                        .put("changed", counts.changed())
                                        .put("removed", counts.removed())
                                        .put("same", counts.same()));
        ArrayNode rows = report.putArray("rows");
        for (RowDifference row : plan.rows()) {
            ObjectNode object = rows.addObject();
            object.put("entity", row.key().entity());
            object.put("id", row.id());
            object.put("change", what(row).split(" ", 2)[0].replace("differs", "changed"));
            row.columns().forEach(object.withArray("columns")::add);
        }
        report.put("missing_records", plan.missing());
        report.put("removes_missing", removes);
        return report + System.lineSeparator();
    }
}
