package io.autonomos.jobs.cli.mappings;

import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.lint.MappingTests;
import io.autonomos.mappings.lint.TestResult;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.operators.source.Address;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a mapping file as a stream's next version. */
@Command(
        name = "publish",
        description = {
            "Publish a mapping file as the next version of a stream's mapping.",
            "A running job takes it without a restart, from the stream's next record on, and says"
                    + " so; a file with problems is refused here already.",
            "With --plan nothing is published: the stream's last records show what would change."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is in effect, or --plan was shown",
            "1:refused or failed",
            "2:no job has answered"
        })
final class MappingsPublishCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private Publication publication;
    @Mixin private PublishPlan plan;

    @Option(names = "--tenant", defaultValue = "default", description = "Default: default")
    private String tenant;

    @Option(names = "--connection", description = "Default: the source.")
    private String connection;

    @Option(names = "--source", description = "Default: the mapping's first source.")
    private String source;

    @Option(names = "--stream", description = "Default: the mapping's first stream.")
    private String stream;

    @Option(names = "--plan", description = "Only show what would change.")
    private boolean onlyPlan;

    @Option(names = "--force", description = "Publish although tests of the file fail.")
    private boolean force;

    @Parameters(paramLabel = "FILE", description = "The mapping file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        MappingFiles.Checked checked = MappingFiles.check(file);
        if (!isFit(checked)) {
            return 1;
        }
        CompiledMapping compiled = checked.report().compiled();
        Address address = address(compiled);
        StreamKey key = address.key();
        Registry registry = new Registry(brokers);
        check(registry, address, compiled);
        Plan shipped = Registry.shipped(key, address.source());
        int number = Registry.numberAfter(registry.book(), key, shipped);
        if (onlyPlan) {
            StreamTarget after = new StreamTarget(key, address.source(), compiled.plan(), number);
            StreamTarget before = current(registry, address, shipped);
            return plan.show(
                    brokers, before, after, publication.json(), spec.commandLine().getOut());
        }
        MappingVersion version =
                MappingVersion.of(
                        key,
                        address.source(),
                        number,
                        checked.content(),
                        MappingVersion.PUBLISH,
                        publication.by(),
                        publication.note(null),
                        Instant.now());
        return publication.publish(
                registry.client(),
                version,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }

    /** Says what is wrong with the file; whether it may be published all the same. */
    private boolean isFit(MappingFiles.Checked checked) {
        PrintWriter err = spec.commandLine().getErr();
        checked.report().problems().forEach(p -> MappingFiles.print(err, p, checked.lines()));
        if (!checked.report().isUsable()) {
            return false;
        }
        List<TestResult> failed =
                MappingTests.run(checked.report().mapping(), checked.report().plan()).stream()
                        .filter(result -> !result.passed())
                        .toList();
        failed.forEach(result -> MappingFiles.print(err, result.problem(), checked.lines()));
        err.flush();
        return failed.isEmpty() || force;
    }

    private Address address(CompiledMapping compiled) {
        String from = source != null ? source : compiled.mapping().sources().get(0);
        Address address =
                Address.of(
                        tenant,
                        connection != null ? connection : from,
                        from,
                        stream != null ? stream : compiled.mapping().streams().get(0));
        if (!address.isValid()) {
            throw new CommandException(
                    address.code(), "--%s %s.".formatted(address.field(), address.problem()));
        }
        return address;
    }

    private void check(Registry registry, Address address, CompiledMapping compiled) {
        StreamKey key = address.key();
        String known = registry.source(key);
        String wrong = !compiled.isFor(address.source()) ? address.source() : null;
        if (wrong == null && known != null && !compiled.isFor(known) && source == null) {
            wrong = known;
        }
        if (wrong != null) {
            throw new CommandException(
                    ErrorCode.MAPPING_SOURCE,
                    "the records of %s come from %s, but %s is for %s."
                            .formatted(
                                    key.path(),
                                    wrong,
                                    file,
                                    String.join(", ", compiled.mapping().sources())));
        }
        if (known == null) {
            spec.commandLine()
                    .getErr()
                    .println("note: no record of %s has come yet.".formatted(key.path()));
        }
    }

    private static StreamTarget current(Registry registry, Address address, Plan shipped) {
        StreamKey key = address.key();
        RegistryMessage accepted = registry.book().accepted(key);
        if (accepted != null) {
            Plan compiled = Registry.Version.of(accepted.version()).compile(key).plan();
            return new StreamTarget(key, address.source(), compiled, accepted.versionNumber());
        }
        return shipped == null ? null : new StreamTarget(key, address.source(), shipped);
    }
}
