package io.autonomos.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.jobs.simulate.SimulatedDrift;
import io.autonomos.jobs.simulate.Simulation;
import io.autonomos.jobs.simulate.StreamOutcome;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.messages.DriftEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Drives generated drift against a running job. */
@Command(
        name = "simulate",
        description = {
            "Send generated records to a running job, each stream with a drift of its own kind, and"
                    + " show what the job makes of it.",
            "The streams are those of connections of their own, sim-..., so a run touches no other."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the job did with each stream what it should",
            "1:failed",
            "2:something else happened, or nothing in time"
        })
final class SimulateCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(
            names = "--tenant",
            defaultValue = "simulated",
            description = "The tenant of the streams (default: ${DEFAULT-VALUE}).")
    private String tenant;

    @Option(
            names = "--kind",
            split = ",",
            paramLabel = "KIND",
            converter = KindConverter.class,
            completionCandidates = Kinds.class,
            description = "Only these kinds of drift: ${COMPLETION-CANDIDATES}.")
    private List<SimulatedDrift> kinds = List.of(SimulatedDrift.values());

    @Option(
            names = "--records",
            defaultValue = "200",
            description =
                    "Records of each stream before its change, and again after it (default:"
                            + " ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--copies",
            defaultValue = "1",
            description = "Streams of each kind (default: ${DEFAULT-VALUE}).")
    private int copies;

    @Option(
            names = "--timeout",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "How long to wait for the job (default: ${DEFAULT-VALUE}).")
    private long timeout;

    @Option(names = "--json", description = "Print one JSON object per stream.")
    private boolean json;

    /** The names of the kinds. */
    static final class Kinds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(SimulatedDrift.values()).map(SimulatedDrift::key).iterator();
        }
    }

    /** A kind by its name. */
    static final class KindConverter implements ITypeConverter<SimulatedDrift> {
        @Override
        public SimulatedDrift convert(String name) {
            return Stream.of(SimulatedDrift.values())
                    .filter(each -> each.key().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "there is no kind of drift of that name"));
        }
    }

    @Override
    public Integer call() {
        if (records < 20 || copies < 1) {
            throw new CommandException("--records must be at least 20, and --copies at least 1.");
        }
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        List<StreamOutcome> outcomes;
        Progress progress = new Progress(spec.commandLine().getErr());
        try (TopicReader reader = brokers.reader();
                RawTopicWriter writer = brokers.writer(brokers.rawTopic(null))) {
            outcomes =
                    new Simulation(
                                    brokers.topicPrefix(),
                                    reader,
                                    writer,
                                    Duration.ofSeconds(timeout),
                                    progress::say)
                            .run(tenant, run, kinds, records, copies);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            outcomes.forEach(each -> out.println(json(mapper, each)));
        } else {
            out.print(table(outcomes));
            out.println(latency(outcomes));
        }
        out.flush();
        return outcomes.stream().allMatch(StreamOutcome::isAsExpected) ? 0 : 2;
    }

    /** The kinds of changes and the gravest severity. */
    private static String events(StreamOutcome outcome) {
        TreeSet<String> kinds = new TreeSet<>();
        TreeSet<String> severities = new TreeSet<>();
        for (DriftEvent event : outcome.events().values()) {
            severities.add(event.severity());
            event.changes().forEach(change -> kinds.add(change.kind()));
        }
        return kinds.isEmpty() ? "-" : String.join(",", kinds) + " " + severities;
    }

    private static TextTable table(List<StreamOutcome> outcomes) {
        TextTable table = TextTable.ofText();
        table.row(
                List.of(
                        "change",
                        "should be",
                        "outcome",
                        "drift",
                        "mended after",
                        "in",
                        "canonical",
                        "parked",
                        "dead letters",
                        "residual",
                        "missing",
                        "doubled",
                        "out of order",
                        ""));
        for (StreamOutcome each : outcomes) {
            List<String> row = new ArrayList<>();
            row.add(each.drift().key());
            row.add(each.drift().expected().name().toLowerCase(Locale.ROOT));
            LedgerEntry account = each.account();
            if (account == null) {
                row.add("not read");
                row.addAll(Collections.nCopies(10, ""));
            } else {
                row.add(each.outcome());
                row.add(events(each));
                row.add(each.appliedAfter() < 0 ? "-" : each.appliedAfter() + " ms");
                for (long count : counts(each)) {
                    row.add(Long.toString(count));
                }
            }
            row.add(each.isAsExpected() ? "" : "NOT AS EXPECTED");
            table.row(row);
        }
        return table;
    }

    private static long[] counts(StreamOutcome each) {
        LedgerEntry account = each.account();
        return new long[] {
            account.in(),
            account.canonical(),
            account.parked(),
            account.deadLettered(),
            account.residual(),
            each.missing(),
            each.doubled(),
            each.disordered()
        };
    }

    private static String latency(List<StreamOutcome> outcomes) {
        long[] millis =
                outcomes.stream()
                        .mapToLong(StreamOutcome::appliedAfter)
                        .filter(each -> each >= 0)
                        .sorted()
                        .toArray();
        if (millis.length == 0) {
            return "No mapping was mended.";
        }
        int p95 = (int) Math.ceil(0.95 * millis.length) - 1;
        return "From the first changed record to the mended mapping: median %d ms, p95 %d ms, of %d."
                .formatted(millis[millis.length / 2], millis[p95], millis.length);
    }

    private static ObjectNode json(ObjectMapper mapper, StreamOutcome each) {
        ObjectNode node = mapper.createObjectNode();
        node.put("stream", each.key().path());
        node.put("change", each.drift().key());
        node.put("as_expected", each.isAsExpected());
        LedgerEntry account = each.account();
        if (account != null) {
            node.put("outcome", each.outcome());
            node.put("drift", events(each));
            node.put("mended_after_ms", each.appliedAfter());
            node.put("in", account.in());
            node.put("canonical", account.canonical());
            node.put("parked", account.parked());
            node.put("dead_lettered", account.deadLettered());
            node.put("residual", account.residual());
            node.put("missing", each.missing());
            node.put("doubled", each.doubled());
            node.put("out_of_order", each.disordered());
        }
        return node;
    }
}
