package io.autonomos.jobs.cli.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.trial.DriftTrial;
import io.autonomos.operators.repair.Repair;
import io.autonomos.schemas.messages.MessageJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Prints a trial as JSON lines; each has a {@code type}. */
final class DriftJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;

    DriftJson(PrintWriter out) {
        this.out = out;
    }

    void print(DriftTrial trial) throws IOException {
        if (trial.incident() != null) {
            print("drift", MessageJson.write(trial.incident().event()), null);
        }
        for (Repair repair : trial.repairs()) {
            print(
                    "proposal",
                    MessageJson.write(repair.proposal()),
                    "\"applied\":" + trial.isAccepted(repair));
        }
        for (DriftTrial.Outcome outcome : trial.outcomes()) {
            print(outcome);
        }
        for (DriftTrial.Waiting each : trial.parked()) {
            ObjectNode parked = JSON.createObjectNode();
            parked.put("type", "parked");
            parked.put("record_id", each.id());
            parked.put("line", each.raw().position());
            each.lost().forEach(parked.putArray("fields")::add);
            out.println(parked);
        }
        printLedger(trial);
    }

    private void print(DriftTrial.Outcome outcome) {
        for (var event : outcome.events()) {
            print("event", event.json(), "\"released\":" + outcome.released());
        }
        if (outcome.fault() != null) {
            ObjectNode letter = JSON.createObjectNode();
            letter.put("type", "dead-letter");
            letter.put("code", outcome.fault().code());
            letter.put("field", outcome.fault().field());
            letter.put("message", outcome.fault().message());
            letter.put("line", outcome.raw().position());
            letter.put("raw", text(outcome.raw().originalBytes()));
            out.println(letter);
        }
    }

    private void printLedger(DriftTrial trial) {
        ObjectNode ledger = JSON.createObjectNode();
        ledger.put("type", "ledger");
        ledger.put("in", trial.in());
        ledger.put("canonical", trial.canonical());
        ledger.put("filtered", trial.filtered());
        ledger.put("parked", trial.parked().size());
        ledger.put("dead_lettered", trial.deadLettered());
        ledger.put("released", trial.released());
        ledger.put("residual", residual(trial));
        out.println(ledger);
    }

    static long residual(DriftTrial trial) {
        long accounted = trial.canonical() + trial.filtered() + trial.deadLettered();
        return trial.in() - accounted - trial.parked().size();
    }

    /** The message with a type in front, its bytes as they are. */
    private void print(String type, byte[] message, String more) {
        String body = text(message).substring(1);
        out.println("{\"type\":\"%s\",".formatted(type) + (more == null ? "" : more + ",") + body);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
