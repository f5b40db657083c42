package io.autonomos.jobs.cli.drift;

import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.trial.DriftTrial;
import io.autonomos.operators.repair.Repair;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.RepairProposal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Prints a trial for people. */
final class DriftReport {

    private final PrintWriter out;

    DriftReport(PrintWriter out) {
        this.out = out;
    }

    void print(DriftTrial trial) {
        if (trial.incident() == null) {
            out.println("No drift.");
        } else {
            DriftText.print(trial.incident().event(), out);
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

    private void proposal(Repair repair, boolean applied) {
        RepairProposal proposal = repair.proposal();
        out.println();
        out.println(
                "Proposal %s: %s, confidence %s%s"
                        .formatted(
                                proposal.id(),
                                proposal.tier(),
                                DriftText.share(proposal.confidence()),
                                applied ? "; in effect as version " + repair.version() : ""));
        DriftText.print(proposal, out);
    }
}
