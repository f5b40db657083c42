package io.autonomos.jobs.cli.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows all drift events. */
@Command(
        name = "list",
        description = "Show the drift events of a job's streams with their severity, oldest first.")
final class DriftListCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(names = "--tenant", description = "Only this tenant's.")
    private String tenant;

    @Option(names = "--json", description = "Print one JSON object per event, without the shapes.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<DriftEvent> events = new DriftBoard(brokers).all(tenant);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (DriftEvent each : events) {
                ObjectNode object = (ObjectNode) JSON.readTree(MessageJson.write(each));
                object.remove(List.of("before", "after"));
                out.println(object);
            }
        } else if (events.isEmpty()) {
            out.println("There is no drift event.");
        } else {
            TextTable table = TextTable.ofText();
            table.row(List.of("drift", "severity", "stream", "records", "first seen", "changes"));
            events.forEach(each -> table.row(row(each)));
            out.print(table);
        }
        out.flush();
        return 0;
    }

    private static List<String> row(DriftEvent event) {
        String changes =
                event.changes().stream()
                        .collect(
                                Collectors.groupingBy(
                                        DriftEvent.Change::kind,
                                        TreeMap::new,
                                        Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "));
        return List.of(
                event.id(),
                event.severity(),
                DriftText.printable(event.key().path()),
                Long.toString(event.records()),
                event.firstSeen().toString(),
                changes);
    }
}
