package io.autonomos.jobs.cli.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows all proposals. */
@Command(
        name = "list",
        description = "Show all proposals and merge candidates with their status, oldest first.")
final class ReviewListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(names = "--tenant", description = "Only this tenant's.")
    private String tenant;

    @Option(
            names = "--status",
            description =
                    "Only those with this status: pending, applied, approved, edited, rejected,"
                            + " expired or superseded.")
    private String status;

    @Option(names = "--json", description = "Print one JSON object per proposal.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (status != null && !ProposalStatus.STATUSES.contains(status)) {
            throw new CommandException(
                    "--status must be one of %s, but was %s."
                            .formatted(
                                    ProposalStatus.STATUSES.stream()
                                            .filter(each -> !each.equals(ProposalStatus.REFUSED))
                                            .sorted()
                                            .collect(Collectors.joining(", ")),
                                    status));
        }
        List<ReviewBoard.Row> rows;
        List<ReviewBoard.Merge> merges;
        try (ReviewBoard board = new ReviewBoard(brokers)) {
            rows = board.rows().stream().filter(this::isWanted).toList();
            merges = board.merges().stream().filter(this::isWanted).toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rows.forEach(row -> out.println(object(row)));
            for (ReviewBoard.Merge each : merges) {
                out.println(MergeText.object(each));
            }
        } else if (rows.isEmpty() && merges.isEmpty()) {
            out.println("There is no such proposal.");
        } else {
            print(rows, merges, out);
        }
        out.flush();
        return 0;
    }

    private boolean isWanted(ReviewBoard.Row row) {
        return isWanted(row.proposal().tenant(), row.status());
    }

    private boolean isWanted(ReviewBoard.Merge merge) {
        return isWanted(merge.candidate().tenant(), merge.status());
    }

    private boolean isWanted(String whose, String which) {
        return (tenant == null || tenant.equals(whose)) && (status == null || status.equals(which));
    }

    private static void print(
            List<ReviewBoard.Row> rows, List<ReviewBoard.Merge> merges, PrintWriter out) {
        if (!rows.isEmpty()) {
            out.print(table(rows));
        }
        if (!rows.isEmpty() && !merges.isEmpty()) {
            out.println();
        }
        if (!merges.isEmpty()) {
            out.print(MergeText.table(merges));
        }
    }

    private static TextTable table(List<ReviewBoard.Row> rows) {
        TextTable table = TextTable.ofText();
        table.row(
                List.of(
                        "proposal",
                        "status",
                        "tier",
                        "conf.",
                        "parked",
                        "stream",
                        "repairs",
                        "until",
                        "by"));
        for (ReviewBoard.Row row : rows) {
            RepairProposal proposal = row.proposal();
            table.row(
                    List.of(
                            proposal.id(),
                            row.status(),
                            proposal.tier().toString(),
                            DriftText.share(proposal.confidence()),
                            Long.toString(proposal.parked()),
                            DriftText.printable(proposal.key().path()),
                            repairs(proposal),
                            row.isPending() ? proposal.expiresAt().toString() : "",
                            DriftText.printable(row.by())));
        }
        return table;
    }

    private static String repairs(RepairProposal proposal) {
        return proposal.changes().stream()
                .map(each -> each.field() + ": " + DriftText.move(each.before(), each.after()))
                .collect(Collectors.joining(", "));
    }

    private static ObjectNode object(ReviewBoard.Row row) {
        RepairProposal proposal = row.proposal();
        ObjectNode object = JSON.createObjectNode();
        object.put("id", proposal.id());
        object.put("status", row.status());
        object.put("tier", proposal.tier().toString());
        object.put("confidence", proposal.confidence());
        object.put("tenant", proposal.tenant());
        object.put("connection", proposal.connection());
        object.put("source", proposal.source());
        object.put("stream", proposal.stream());
        object.put("entity", proposal.entity());
        object.put("drift_id", proposal.driftId());
        object.put("base_mapping_version", proposal.baseMappingVersion());
        object.put("parked", proposal.parked());
        object.put("at", proposal.at().toString());
        object.put("expires_at", proposal.expiresAt().toString());
        if (!row.isPending()) {
            object.put("by", row.by());
            object.put("reason", row.last().reason());
            object.put("version", row.last().version());
            object.put("decided_at", row.last().at().toString());
        }
        for (RepairProposal.Change each : proposal.changes()) {
            ObjectNode change = object.withArray("changes").addObject();
            change.put("field", each.field());
            each.before().forEach(change.putArray("before")::add);
            each.after().forEach(change.putArray("after")::add);
            change.put("confidence", each.confidence());
        }
        return object;
    }
}
