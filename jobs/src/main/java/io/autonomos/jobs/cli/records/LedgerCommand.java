package io.autonomos.jobs.cli.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.LedgerJson;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewAccount;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
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
            "residual = in - canonical - filtered - parked - dead letters, and must be 0.",
            "Where views are made: events = applied + duplicate + stale + on the way, which is 0 when"
                    + " the job is idle."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every record is accounted for", "1:failed", "2:a residual is not 0"})
public final class LedgerCommand implements Callable<Integer> {

    private static final List<String> HEAD =
            List.of(
                    "stream",
                    "entity",
                    "in",
                    "canonical",
                    "filtered",
                    "parked",
                    "dead letters",
                    "residual",
                    "events",
                    "applied",
                    "duplicate",
                    "stale",
                    "on the way");

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
                ObjectNode line = (ObjectNode) mapper.readTree(LedgerJson.write(entry));
                ViewAccount views = book.view(entry.key());
                if (views != null) {
                    line.set("views", mapper.readTree(MessageJson.write(views)));
                }
                out.println(line);
            }
        } else if (accounts.isEmpty()) {
            out.println(
                    tenant == null
                            ? "No record has been accounted for yet."
                            : "The tenant "
                                    + tenant
                                    + " has no account; `autonomos ledger` shows all.");
        } else {
            out.print(table(accounts, book));
        }
        out.flush();
        return accounts.stream().allMatch(e -> isSound(e, book.view(e.key()))) ? 0 : 2;
    }

    private static boolean isSound(LedgerEntry entry, ViewAccount views) {
        return entry.residual() == 0 && (views == null || views.residual() == 0);
    }

    private static TextTable table(List<LedgerEntry> accounts, LedgerBook book) {
        TextTable table = new TextTable();
        table.row(HEAD);
        for (LedgerEntry entry : accounts) {
            List<String> row = new ArrayList<>();
            row.add(entry.key().path());
            row.add(entry.entity() == null ? "-" : entry.entity());
            add(
                    row,
                    entry.in(),
                    entry.canonical(),
                    entry.filtered(),
                    entry.parked(),
                    entry.deadLettered(),
                    entry.residual(),
                    entry.events());
            ViewAccount views = book.view(entry.key());
            if (views == null) {
                row.addAll(Collections.nCopies(HEAD.size() - row.size(), "-"));
            } else {
                add(
                        row,
                        views.applied(),
                        views.duplicate(),
                        views.stale(),
                        LedgerBook.onTheWay(entry, views));
            }
            table.row(row);
        }
        return table;
    }

    private static void add(List<String> row, long... counts) {
        for (long count : counts) {
            row.add(Long.toString(count));
        }
    }
}
