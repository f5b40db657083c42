package io.autonomos.jobs.cli.review;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MergeCandidate;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one proposal with its evidence and what was decided. */
@Command(
        name = "show",
        description =
                "Show a proposal with its evidence, masked samples, impact and history; or a merge"
                        + " candidate with how its two rows compare.")
final class ReviewShowCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Parameters(paramLabel = "ID", description = "The proposal, or the beginning of its id.")
    private String id;

    @Option(names = "--tenant", description = "Whose proposal it is.")
    private String tenant;

    @Option(
            names = "--mapping",
            description = "Print the proposed mapping alone, to change it for `review edit`.")
    private boolean mapping;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ReviewBoard.Row row;
        List<ProposalStatus> log;
        try (ReviewBoard board = new ReviewBoard(brokers)) {
            if (MergeCandidate.isId(id)) {
                MergeText.show(
                        board, board.oneMerge(id, tenant), json, spec.commandLine().getOut());
                return 0;
            }
            row = board.one(id, tenant);
            log = board.log(row.proposal().tenant(), row.proposal().id());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (mapping) {
            out.print(row.proposal().mapping());
        } else if (json) {
            ObjectNode object = JSON.createObjectNode();
            object.put("status", row.status());
            object.set("proposal", JSON.readTree(MessageJson.write(row.proposal())));
            for (ProposalStatus each : log) {
                object.withArray("log").add(JSON.readTree(MessageJson.write(each)));
            }
            out.println(object);
        } else {
            print(row, log, out);
        }
        out.flush();
        return 0;
    }

    private static void print(ReviewBoard.Row row, List<ProposalStatus> log, PrintWriter out) {
        RepairProposal proposal = row.proposal();
        out.println(row.headline());

        out.println(
                "  %s to %s, for mapping %s version %d, drift %s"
                        .formatted(
                                DriftText.printable(proposal.key().path()),
                                proposal.entity(),
                                proposal.baseMappingId(),
                                proposal.baseMappingVersion(),
                                proposal.driftId()));
        out.println(
                "  made %s, expires %s, %d records parked then"
                        .formatted(proposal.at(), proposal.expiresAt(), proposal.parked()));
        DriftText.print(proposal, out);
        printLog(log, out);
    }

    /** What became of a proposal, a line each. */
    static void printLog(List<ProposalStatus> log, PrintWriter out) {
        for (ProposalStatus each : log) {
            String number = each.version() == 0 ? "" : ", version " + each.version();
            String why = each.reason() == null ? "" : ": " + DriftText.printable(each.reason());
            out.println(
                    "  %s %s by %s%s%s"
                            .formatted(
                                    each.at(),
                                    each.status(),
                                    DriftText.printable(each.by()),
                                    number,
                                    why));
            for (MappingVerdict.Problem problem : each.problems()) {
                out.println("    " + DriftText.printable(problem.text()));
            }
        }
    }
}
