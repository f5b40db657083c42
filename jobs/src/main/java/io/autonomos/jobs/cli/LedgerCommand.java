package io.autonomos.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.LedgerJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the account of each stream. */
@Command(
        name = "ledger",
        description = {
            "Show for each stream what came in and what became of it, as of the last checkpoint.",
            "residual = in - canonical - filtered - parked - dead letters, and must be 0."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every record is accounted for", "1:failed", "2:a residual is not 0"})
final class LedgerCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(names = "--tenant", description = "Only this tenant's streams.")
    private String tenant;

    @Option(names = "--json", description = "Print one JSON object per stream.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LedgerBook book = new LedgerBook();
        try (TopicReader reader = brokers.reader()) {
            book.refresh(reader, brokers.topicPrefix());
        }
        List<LedgerEntry> accounts =
                book.accounts().stream()
                        .filter(e -> tenant == null || tenant.equals(e.key().tenant()))
                        .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            for (LedgerEntry entry : accounts) {
                out.println(mapper.readTree(LedgerJson.write(entry)));
            }
        } else {
            out.print(table(accounts));
        }
        out.flush();
        return accounts.stream().allMatch(e -> e.residual() == 0) ? 0 : 2;
    }

    private static TextTable table(List<LedgerEntry> accounts) {
        TextTable table = new TextTable();
        table.row(
                List.of(
                        "stream",
                        "entity",
                        "in",
                        "canonical",
                        "filtered",
                        "parked",
                        "dead letters",
                        "residual",
                        "events"));
        for (LedgerEntry entry : accounts) {
            List<String> row = new ArrayList<>();
            row.add(entry.key().path());
            row.add(entry.entity() == null ? "-" : entry.entity());
            for (long count :
                    new long[] {
                        entry.in(),
                        entry.canonical(),
                        entry.filtered(),
                        entry.parked(),
                        entry.deadLettered(),
                        entry.residual(),
                        entry.events()
                    }) {
                row.add(Long.toString(count));
            }
            table.row(row);
        }
        return table;
    }
}
