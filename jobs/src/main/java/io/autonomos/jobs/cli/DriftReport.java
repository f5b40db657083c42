package io.autonomos.jobs.cli;

import io.autonomos.jobs.demo.TextTable;
import io.autonomos.jobs.trial.DriftTrial;
import io.autonomos.operators.repair.Repair;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.RepairProposal.Score;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Prints a trial for people. */
final class DriftReport {

    private static final int MOST_CHANGES = 40;

    private final PrintWriter out;

    DriftReport(PrintWriter out) {
        this.out = out;
    }

    void print(DriftTrial trial) {
        if (trial.incident() == null) {
            out.println("No drift.");
        } else {
            drift(trial.incident().event());
        }
        trial.repairs().forEach(repair -> proposal(repair, trial.isAccepted(repair)));
        out.println();
        for (DriftTrial.Outcome outcome : trial.outcomes()) {
            for (CanonicalEvent event : outcome.events()) {
                out.println(new String(event.json(), StandardCharsets.UTF_8));
            }
            if (outcome.fault() != null) {
                out.println(
                        "dead letter " + outcome.fault().code() + ": " + outcome.fault().message());
            }
        }
        for (DriftTrial.Waiting each : trial.parked()) {
            out.println(
                    "parked line %d, record %s: %s"
                            .formatted(
                                    each.raw().position(),
                                    each.id(),
                                    each.lost().isEmpty()
                                            ? "an earlier version of it waits"
                                            : "lost " + String.join(", ", each.lost())));
        }
        out.println(
                "ledger: in %d = canonical %d + filtered %d + parked %d + dead-lettered %d (released %d)"
                        .formatted(
                                trial.in(),
                                trial.canonical(),
                                trial.filtered(),
                                trial.parked().size(),
                                trial.deadLettered(),
                                trial.released()));
    }

    private void drift(DriftEvent event) {
        out.println(
                "Drift %s of %s/%s, mapping %s version %d: %s, %d records"
                        .formatted(
                                event.id(),
                                event.source(),
                                event.stream(),
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
                                                String.join(" + ", each.before()),
                                                String.join(" + ", each.after()),
                                                String.join(", ", each.canonicalFields()))));
        out.print(table);
        if (event.changes().size() > MOST_CHANGES) {
            out.println("and %d more".formatted(event.changes().size() - MOST_CHANGES));
        }
    }

    private void proposal(Repair repair, boolean applied) {
        RepairProposal proposal = repair.proposal();
        out.println();
        out.println(
                "Proposal %s: %s, confidence %s%s"
                        .formatted(
                                proposal.id(),
                                proposal.tier(),
                                share(proposal.confidence()),
                                applied ? "; in effect as version " + repair.version() : ""));
        out.println("  records before: " + score(proposal.before()));
        out.println("  records after:  " + score(proposal.after()));
        for (RepairProposal.Change change : proposal.changes()) {
            out.println(
                    "  %s: %s -> %s, confidence %s"
                            .formatted(
                                    change.field(),
                                    String.join(" + ", change.before()),
                                    change.after().isEmpty()
                                            ? "nothing"
                                            : String.join(" + ", change.after()),
                                    share(change.confidence())));
            change.evidence()
                    .forEach(
                            each ->
                                    out.println(
                                            "    %s %s: %s"
                                                    .formatted(
                                                            each.kind(),
                                                            share(each.score()),
                                                            each.note())));
            change.alternatives()
                    .forEach(
                            each ->
                                    out.println(
                                            "    or %s, confidence %s"
                                                    .formatted(
                                                            each.path(),
                                                            share(each.confidence()))));
        }
        proposal.samples()
                .forEach(
                        each ->
                                out.println(
                                        "  %s looks like %s"
                                                .formatted(each.path(), each.masked())));
    }

    private static String score(Score score) {
        return "%d of %d translated, %d values null"
                .formatted(score.valid(), score.records(), score.nulls());
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }
}
