package io.autonomos.jobs.cli.mappings;

import io.autonomos.jobs.RawSample;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.FeedFormatConverter;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.mappings.infer.Draft;
import io.autonomos.mappings.infer.Inference;
import io.autonomos.operators.source.FeedFormat;
import io.autonomos.operators.source.files.FileStream;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drafts a mapping for a new stream from samples. */
@Command(
        name = "infer",
        description = {
            "Draft a mapping file for a stream from sample records, and print it.",
            "The entity is guessed, fields are proposed with confidence and reason, and the rest is"
                    + " listed. Names that other systems use and the values' forms are the evidence."
        })
final class MappingsInferCommand implements Callable<Integer> {

    private static final long SCAN = 100_000;

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Parameters(
            paramLabel = "FILE|TOPIC",
            description =
                    "A .jsonl, .json or .csv file, or a raw topic. A .json file may be a page as"
                            + " APIs answer: its records are looked at then.")
    private String sample;

    @Option(names = "--tenant", defaultValue = "default", description = "Of a topic: whose stream.")
    private String tenant;

    @Option(names = "--connection", description = "Of a topic: which connection (default: source).")
    private String connection;

    @Option(names = "--source", description = "Default: what the file's name tells, or my-system.")
    private String source;

    @Option(names = "--stream", description = "Default: what the file's name tells.")
    private String stream;

    @Option(names = "--entity", description = "Default: guessed.")
    private String entity;

    @Option(
            names = "--raw-format",
            paramLabel = "raw|airbyte|debezium|envelope|pages",
            converter = FeedFormatConverter.class,
            defaultValue = "raw",
            description = "Of a topic: what its messages look like (default: ${DEFAULT-VALUE}).")
    private FeedFormat rawFormat;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most records to look at (default: ${DEFAULT-VALUE}).")
    private int most;

    @Override
    public Integer call() {
        if (entity != null && EntityModel.shipped().entity(entity) == null) {
            List<String> known =
                    EntityModel.shipped().entities().stream().map(EntitySchema::name).toList();
            throw new CommandException(
                    ErrorCode.MAPPING_ENTITY,
                    "there is no entity %s, but %s.".formatted(entity, String.join(", ", known)));
        }
        Path file = Path.of(sample);
        boolean isFile = Files.exists(file) || sample.matches(".*\\.(csv|json|jsonl|ndjson|tsv)");
        List<byte[]> records;
        if (isFile) {
            nameByFile(file);
            records = SampleRecords.ofPage(file, most);
        } else {
            records = fromTopic();
        }
        Inference inference = Inference.of(records, stream, entity);
        PrintWriter out = spec.commandLine().getOut();
        out.print(Draft.write(inference, source, stream));
        out.flush();
        return 0;
    }

    private void nameByFile(Path file) {
        FileStream told = FileStream.of(file.getFileName().toString());
        if (told != null
                && Inference.namesEntity(told.source())
                && !Inference.namesEntity(told.stream())) {
            told = new FileStream(/* source= */ told.stream(), /* stream= */ told.source());
        }
        if (source == null) {
            source = told == null ? "my-system" : told.source();
        }
        if (stream == null) {
            String name = file.getFileName().toString();
            stream = told == null ? name.replaceAll("\\..*", "") : told.stream();
        }
    }

    private List<byte[]> fromTopic() {
        if (source == null || stream == null) {
            throw new CommandException(
                    "There is no file %s. Of a topic give --source and --stream."
                            .formatted(sample));
        }
        StreamKey key = new StreamKey(tenant, connection == null ? source : connection, stream);
        List<byte[]> records =
                RawSample.last(
                                brokers.bootstrapServers(),
                                brokers.properties(),
                                sample,
                                rawFormat,
                                key,
                                source,
                                most,
                                SCAN)
                        .stream()
                        .filter(record -> record.fault() == null && record.value().length > 0)
                        .map(RawRecord::value)
                        .toList();
        if (records.isEmpty()) {
            throw new CommandException(
                    "The topic %s has no record of %s.".formatted(sample, key.path()));
        }
        return records;
    }
}
