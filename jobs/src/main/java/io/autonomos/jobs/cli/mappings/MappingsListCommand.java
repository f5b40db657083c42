package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.StreamChoice;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which mapping translates each stream. */
@Command(
        name = "list",
        description = {
            "Show for each stream the mapping in effect.",
            "open: versions that no job has decided on; refused: versions that it did not take."
        })
final class MappingsListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private StreamChoice choice;

    @Option(names = "--json", description = "Print one JSON object per stream.")
    private boolean json;

    @Override
    public Integer call() {
        Registry registry = new Registry(brokers);
        Set<StreamKey> streams = new TreeSet<>(registry.book().streams());
        registry.ledger().accounts().stream().map(LedgerEntry::key).forEach(streams::add);
        streams.removeIf(key -> !choice.includes(key));
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable();
        table.row(
                List.of(
                        "stream", "version", "mapping", "entity", "origin", "by", "open",
                        "refused"));
        for (StreamKey key : streams) {
            ObjectNode row = row(registry, key);
            if (json) {
                out.println(row);
            } else {
                List<String> cells = new ArrayList<>(List.of(key.path()));
                for (String column :
                        List.of(
                                "version", "mapping", "entity", "origin", "by", "open",
                                "refused")) {
                    cells.add(row.path(column).asText("-"));
                }
                table.row(cells);
            }
        }
        if (!json) {
            out.print(table);
        }
        out.flush();
        return 0;
    }

    private static ObjectNode row(Registry registry, StreamKey key) {
        ObjectNode row = JSON.createObjectNode();
        row.put("tenant", key.tenant());
        row.put("connection", key.connection());
        row.put("stream", key.stream());
        RegistryMessage accepted = registry.book().accepted(key);
        if (accepted != null) {
            MappingVersion version = accepted.version();
            RegistryBook.Entry entry = entry(registry.book(), key, accepted);
            row.put("version", version.version());
            row.put("mapping", entry.verdict().mapping());
            row.put("entity", entry.verdict().entity());
            row.put("source", version.source());
            row.put("origin", version.origin());
            row.put("by", version.by());
            row.put("at", version.at().toString());
        } else {
            Plan shipped = Registry.shipped(key, registry.source(key));
            if (shipped != null) {
                row.put("version", shipped.version());
                row.put("mapping", shipped.mapping());
                row.put("entity", shipped.entity().name());
                row.put("source", registry.source(key));
                row.put("origin", Registry.SHIPPED);
            }
        }
        List<RegistryBook.Entry> history = registry.book().history(key);
        row.put("open", history.stream().filter(RegistryBook.Entry::isOpen).count());
        row.put("refused", history.stream().filter(e -> !e.isOpen() && !e.isAccepted()).count());
        return row;
    }

    private static RegistryBook.Entry entry(
            RegistryBook book, StreamKey key, RegistryMessage message) {
        return book.history(key).stream()
                .filter(each -> each.message().position() == message.position())
                .findFirst()
                .orElseThrow();
    }
}
