package io.autonomos.jobs.cli.drift;

import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.RecordFiles;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.jobs.trial.DriftTrial;
import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.operators.source.Address;
import io.autonomos.operators.source.files.FileFormat;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a change on records, without any server. */
@Command(
        name = "try",
        description = {
            "Show what the job would do about a change, on records from before and after it.",
            "Prints what drifted, the proposed repairs with their evidence, and the canonical"
                    + " events that the records from after the change give in the end.",
            "With --json each is a JSON line of type drift, proposal, event, dead-letter, parked"
                    + " or ledger."
        })
final class DriftTryCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(names = "--tenant", defaultValue = "default", description = "Default: default")
    private String tenant;

    @Option(names = "--connection", description = "Default: the source.")
    private String connection;

    @Option(
            names = "--source",
            required = true,
            description = "The kind of system, such as salesforce.")
    private String source;

    @Option(
            names = "--stream",
            required = true,
            description = "The object or table, such as Account.")
    private String stream;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "The mapping in effect; default: the shipped one of source and stream.")
    private Path mappingFile;

    @Option(
            names = "--accept-reviews",
            description = "Let take effect what a person would be asked about, too.")
    private boolean acceptReviews;

    @Option(
            names = "--format",
            paramLabel = "jsonl|json|csv|pages",
            converter = RecordFiles.FormatConverter.class,
            description = "What both files hold. Default: by the file's ending.")
    private FileFormat format;

    @Option(names = "--json", description = "Print JSON lines.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "BEFORE", description = "Records from before the change.")
    private Path before;

    @Parameters(index = "1", paramLabel = "AFTER", description = "Records from after it, in order.")
    private Path after;

    @Override
    public Integer call() throws IOException {
        Address address =
                Address.of(tenant, connection == null ? source : connection, source, stream);
        if (!address.isValid()) {
            String what = "--%s %s.".formatted(address.field(), address.problem());
            throw new CommandException(address.code(), what);
        }
        CompiledMapping mapping =
                mappingFile == null ? shipped() : MappingFiles.compile(mappingFile);
        DriftTrial trial =
                new DriftTrial(
                        address.key(), source, mapping, mapping.mapping().version(), acceptReviews);
        trial.run(records(address, before), records(address, after), Instant.now());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            new DriftJson(out).print(trial);
        } else {
            new DriftReport(out).print(trial);
        }
        out.flush();
        return 0;
    }

    private CompiledMapping shipped() {
        MappingCatalog catalog = MappingCatalog.shipped();
        Plan plan = catalog.resolve(source, stream);
        if (plan != null) {
            return new CompiledMapping(catalog.mapping(plan.mapping()), plan);
        }
        boolean known = catalog.sourceName(source) != null;
        String what =
                known
                        ? "source %s has no mapping for stream %s".formatted(source, stream)
                        : "there is no mapping for source %s".formatted(source);
        Set<String> names = known ? catalog.streams(source) : catalog.sources();
        throw new CommandException(
                ErrorCode.STREAM_UNKNOWN,
                "%s; there are %s. Or give --mapping.".formatted(what, String.join(", ", names)));
    }

    private List<RawRecord> records(Address address, Path file) throws IOException {
        List<FileRecord> records = SampleRecords.of(file, format, stream);
        long at = Files.getLastModifiedTime(file).toMillis();
        return records.stream()
                .map(
                        each ->
                                RecordFiles.raw(
                                        address.key(), address.source(), file.toString(), at, each))
                .toList();
    }
}
