package io.autonomos.jobs.simulate;

import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.DriftEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** What a simulation showed, as a table. */
public final class SimulationReport {

    private final List<StreamOutcome> outcomes;

    /** A report of these streams. */
    public SimulationReport(List<StreamOutcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    /** Whether the job did with each stream what it should. */
    public boolean isAsExpected() {
        return outcomes.stream().allMatch(StreamOutcome::isAsExpected);
    }

    /** A line per stream, and how long mending took. */
    public String toText() {
        return table() + latency();
    }

    /** The kinds of changes and the gravest severity. */
    public static String events(StreamOutcome outcome) {
        TreeSet<String> kinds = new TreeSet<>();
        TreeSet<String> severities = new TreeSet<>();
        for (DriftEvent event : outcome.events().values()) {
            severities.add(event.severity());
            event.changes().forEach(change -> kinds.add(change.kind()));
        }
        return kinds.isEmpty() ? "-" : String.join(",", kinds) + " " + severities;
    }

    private TextTable table() {
        TextTable table = TextTable.ofText();
        table.row(
                List.of(
                        "change",
                        "should be",
                        "outcome",
                        "drift",
                        "mended after",
                        "in",
                        "canonical",
                        "parked",
                        "dead letters",
                        "residual",
                        "missing",
                        "doubled",
                        "out of order",
                        ""));
        for (StreamOutcome each : outcomes) {
            List<String> row = new ArrayList<>();
            row.add(each.drift().key());
            row.add(each.drift().expected().name().toLowerCase(Locale.ROOT));
            LedgerEntry account = each.account();
            if (account == null) {
                row.add("not read");
                row.addAll(Collections.nCopies(10, ""));
            } else {
                row.add(each.outcome());
                row.add(events(each));
                row.add(each.appliedAfter() < 0 ? "-" : each.appliedAfter() + " ms");
                for (long count : counts(each)) {
                    row.add(Long.toString(count));
                }
            }
            row.add(each.isAsExpected() ? "" : "NOT AS EXPECTED");
            table.row(row);
        }
        return table;
    }

    private static long[] counts(StreamOutcome each) {
        LedgerEntry account = each.account();
        return new long[] {
            account.in(),
            account.canonical(),
            account.parked(),
            account.deadLettered(),
            account.residual(),
            each.missing(),
            each.doubled(),
            each.disordered()
        };
    }

    private String latency() {
        long[] millis =
                outcomes.stream()
                        .mapToLong(StreamOutcome::appliedAfter)
                        .filter(each -> each >= 0)
                        .sorted()
                        .toArray();
        if (millis.length == 0) {
            return "No mapping was mended.";
        }
        int p95 = (int) Math.ceil(0.95 * millis.length) - 1;
        return "From the first changed record to the mended mapping: median %d ms, p95 %d ms, of %d."
                .formatted(millis[millis.length / 2], millis[p95], millis.length);
    }
}
