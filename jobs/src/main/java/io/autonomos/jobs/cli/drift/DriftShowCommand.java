package io.autonomos.jobs.cli.drift;

import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.cli.review.ReviewBoard;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows one drift event and the proposals that answer it. */
@Command(
        name = "show",
        description = "Show a drift event with its changes, and the proposals that answer it.")
final class DriftShowCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Parameters(paramLabel = "ID", description = "The drift event, or the beginning of its id.")
    private String id;

    @Option(names = "--tenant", description = "Whose stream it is.")
    private String tenant;

    @Option(
            names = "--json",
            description = "Print the event alone as it is on its topic, with both shapes.")
    private boolean json;

    @Override
    public Integer call() {
        DriftEvent event = new DriftBoard(brokers).one(id, tenant);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(MessageJson.write(event), StandardCharsets.UTF_8));
        } else {
            out.println(
                    "%s, first seen %s, last %s"
                            .formatted(
                                    DriftText.printable(event.key().path()),
                                    event.firstSeen(),
                                    event.at()));
            DriftText.print(event, out);
            proposals(event).forEach(each -> print(each, out));
        }
        out.flush();
        return 0;
    }

    private List<ReviewBoard.Row> proposals(DriftEvent event) {
        try (ReviewBoard board = new ReviewBoard(brokers)) {
            return board.rows().stream()
                    .filter(each -> each.proposal().tenant().equals(event.tenant()))
                    .filter(each -> each.proposal().driftId().equals(event.id()))
                    .toList();
        }
    }

    private static void print(ReviewBoard.Row row, PrintWriter out) {
        out.println();
        out.println(row.headline());

        DriftText.print(row.proposal(), out);
    }
}
