package io.autonomos.jobs.cli.records;

import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.RecordFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends files to the raw topic. */
@Command(
        name = "produce",
        description = {
            "Send the records of files to the raw topic, with the headers that the job reads.",
            "A topic that is missing is made. Records of one stream keep their order."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all sent", "1:failed", "2:some records were too large to send"})
public final class ProduceCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private RecordFiles files;

    @Option(names = "--topic", description = "Where to; default: the raw topic.")
    private String topic;

    /** What a record says of itself. */
    enum Op {
        upsert,
        delete
    }

    @Option(
            names = "--op",
            paramLabel = "upsert|delete",
            description = "Default: none; the mapping tells from the record.")
    private Op op;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Most records a second; default: no limit.")
    private double rate;

    @Option(
            names = "--as-is",
            description = {
                "Send each line as it stands, without headers: messages of Airbyte, Debezium and the"
                        + " like, for a topic that the job reads in that format."
            })
    private boolean asIs;

    @Option(
            names = "--key-separator",
            paramLabel = "TEXT",
            description =
                    "With --as-is: what stands between the message's key and its value in a line; an"
                            + " empty value is a tombstone.")
    private String keySeparator;

    @Option(names = "--json", description = "Print the summary as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        check();
        String raw = brokers.rawTopic(topic);
        RawProducer producer =
                new RawProducer(brokers.writer(raw), op == null ? null : op.name(), rate);
        try (producer) {
            if (asIs) {
                files.lines(System.in, line -> producer.line(line, keySeparator));
            } else {
                files.read(System.in, (file, address) -> {}, producer);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        producer.leftOut().forEach(f -> err.println("left out: " + f.code() + ": " + f.message()));
        summarize(producer, raw);
        return producer.leftOut().isEmpty() ? 0 : 2;
    }

    private void check() {
        if (rate < 0) {
            throw wrong("--rate must be positive, but was " + rate + ".");
        }
        if (asIs && (topic == null || op != null)) {
            throw wrong("--as-is needs --topic, and takes no --op.");
        }
        if (keySeparator != null && (!asIs || keySeparator.isEmpty())) {
            throw wrong("--key-separator goes with --as-is, and must not be empty.");
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void summarize(RawProducer producer, String raw) {
        PrintWriter out = spec.commandLine().getOut();
        int leftOut = producer.leftOut().size();
        if (json) {
            out.println(
                    "{\"sent\":%d,\"unreadable\":%d,\"left_out\":%d}"
                            .formatted(producer.sent(), producer.unreadable(), leftOut));
            return;
        }
        out.println(
                "%d records sent to %s (%d of them unreadable, for the job to refuse), %d left out"
                        .formatted(producer.sent(), raw, producer.unreadable(), leftOut));
    }
}
