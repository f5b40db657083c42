package io.autonomos.jobs.cli.common;

import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.RepairProposal.Score;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Drift events and proposals for people. */
public final class DriftText {

    private static final int MOST_CHANGES = 40;

    private DriftText() {}

    /** A drift event with its changes. */
    public static void print(DriftEvent event, PrintWriter out) {
        out.println(
                "Drift %s of %s/%s, mapping %s version %d: %s, %d records"
                        .formatted(
                                event.id(),
                                event.source(),
                                printable(event.stream()),
                                event.mappingId(),
                                event.mappingVersion(),
                                event.severity(),
                                event.records()));
        TextTable table = TextTable.ofText();
        table.row(List.of("severity", "kind", "before", "after", "canonical fields"));
        event.changes().stream()
                .limit(MOST_CHANGES)
                .forEach(
                        each ->
                                table.row(
                                        List.of(
                                                each.severity(),
                                                each.kind(),
                                                paths(each.before()),
                                                paths(each.after()),
                                                String.join(", ", each.canonicalFields()))));
        out.print(table);
        if (event.changes().size() > MOST_CHANGES) {
            out.println("and %d more".formatted(event.changes().size() - MOST_CHANGES));
        }
    }

    /** What a proposal changes, why, and what it was proved on. */
    public static void print(RepairProposal proposal, PrintWriter out) {
        out.println("  records before: " + score(proposal.before()));
        out.println("  records after:  " + score(proposal.after()));
        for (RepairProposal.Change change : proposal.changes()) {
            out.println(
                    "  %s: %s, confidence %s"
                            .formatted(
                                    change.field(),
                                    move(change.before(), change.after()),
                                    share(change.confidence())));
            change.evidence()
                    .forEach(
                            each ->
                                    out.println(
                                            "    %s %s: %s"
                                                    .formatted(
                                                            each.kind(),
                                                            share(each.score()),
                                                            printable(each.note()))));
            change.alternatives()
                    .forEach(
                            each ->
                                    out.println(
                                            "    or %s, confidence %s"
                                                    .formatted(
                                                            printable(each.path()),
                                                            share(each.confidence()))));
        }
        proposal.samples()
                .forEach(
                        each ->
                                out.println(
                                        "  %s looks like %s"
                                                .formatted(
                                                        printable(each.path()),
                                                        printable(each.masked()))));
    }

    /** Where a field is read from, before and after. */
    public static String move(List<String> before, List<String> after) {
        return paths(before) + " -> " + (after.isEmpty() ? "nothing" : paths(after));
    }

    private static String paths(List<String> paths) {
        return printable(String.join(" + ", paths));
    }

    private static String score(Score score) {
        return "%d of %d translated, %d values null"
                .formatted(score.valid(), score.records(), score.nulls());
    }

    /** Names from outside must not steer a terminal. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    public static String share(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
