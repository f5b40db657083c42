package io.autonomos.jobs.cli.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MergeCandidate.Comparison;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Merge candidates on the terminal. */
final class MergeText {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MergeText() {}

    static TextTable table(List<ReviewBoard.Merge> merges) {
        TextTable table = TextTable.ofText();
        table.row(List.of("merge", "status", "tenant", "entity", "row", "into", "alike by", "by"));
        for (ReviewBoard.Merge each : merges) {
            MergeCandidate candidate = each.candidate();
            table.row(
                    List.of(
                            candidate.id(),
                            each.status(),
                            DriftText.printable(candidate.tenant()),
                            candidate.entity(),
                            DriftText.printable(candidate.from()),
                            DriftText.printable(candidate.into()),
                            String.join(", ", candidate.rules()),
                            DriftText.printable(each.by())));
        }
        return table;
    }

    static ObjectNode object(ReviewBoard.Merge merge) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        object.put("status", merge.status());
        object.set("merge", JSON.readTree(MessageJson.write(merge.candidate())));
        return object;
    }

    static void show(ReviewBoard board, ReviewBoard.Merge merge, boolean json, PrintWriter out)
            throws IOException {
        MergeCandidate candidate = merge.candidate();
        List<ProposalStatus> log = board.log(candidate.tenant(), candidate.id());
        if (json) {
            ObjectNode object = object(merge);
            for (ProposalStatus each : log) {
                object.withArray("log").add(JSON.readTree(MessageJson.write(each)));
            }
            out.println(object);
        } else {
            out.println("Merge %s: %s".formatted(candidate.id(), merge.status()));
            out.println(
                    "  is %s %s of %s the same as %s?"
                            .formatted(
                                    candidate.entity(),
                                    DriftText.printable(candidate.from()),
                                    DriftText.printable(candidate.tenant()),
                                    DriftText.printable(candidate.into())));
            out.println("  alike by " + String.join(", ", candidate.rules()));
            print("both say the same", Comparison.SAME, candidate, out);
            print("they differ in", Comparison.DIFFERENT, candidate, out);
            print("one alone says", Comparison.ONE, candidate, out);
            ReviewShowCommand.printLog(log, out);
        }
        out.flush();
    }

    private static void print(String what, String said, MergeCandidate candidate, PrintWriter out) {
        String fields =
                candidate.evidence().stream()
                        .filter(each -> each.said().equals(said))
                        .map(Comparison::field)
                        .collect(Collectors.joining(", "));
        if (!fields.isEmpty()) {
            out.println("  %s: %s".formatted(what, fields));
        }
    }
}
