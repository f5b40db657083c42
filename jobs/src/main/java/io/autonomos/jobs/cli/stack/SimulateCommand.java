package io.autonomos.jobs.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.jobs.cli.common.Progress;
import io.autonomos.jobs.simulate.SimulatedDrift;
import io.autonomos.jobs.simulate.Simulation;
import io.autonomos.jobs.simulate.SimulationReport;
import io.autonomos.jobs.simulate.StreamOutcome;
import io.autonomos.schemas.LedgerEntry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
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
public final class SimulateCommand implements Callable<Integer> {

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
            defaultValue = "60s",
            paramLabel = "DURATION",
            converter = Patience.class,
            description = "How long to wait for the job (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

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
                    new Simulation(brokers.topicPrefix(), reader, writer, timeout, progress::say)
                            .run(tenant, run, kinds, records, copies);
        }
        PrintWriter out = spec.commandLine().getOut();
        SimulationReport report = new SimulationReport(outcomes);
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            outcomes.forEach(each -> out.println(json(mapper, each)));
        } else {
            out.println(report.toText());
        }
        out.flush();
        return report.isAsExpected() ? 0 : 2;
    }

    private static ObjectNode json(ObjectMapper mapper, StreamOutcome each) {
        ObjectNode node = mapper.createObjectNode();
        node.put("stream", each.key().path());
        node.put("change", each.drift().key());
        node.put("as_expected", each.isAsExpected());
        LedgerEntry account = each.account();
        if (account != null) {
            node.put("outcome", each.outcome());
            node.put("drift", SimulationReport.events(each));
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
