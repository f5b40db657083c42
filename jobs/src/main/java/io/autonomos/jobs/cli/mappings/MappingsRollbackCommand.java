package io.autonomos.jobs.cli.mappings;

import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.Registry;
import io.autonomos.jobs.cli.common.StreamChoice;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Publishes an older content as a new version. */
@Command(
        name = "rollback",
        description = {
            "Publish the content of an older version as a new version.",
            "Records that came in between stay as they are; a replay translates them anew."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it is in effect", "1:refused or failed", "2:no job has answered"})
final class MappingsRollbackCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;
    @Mixin private StreamChoice choice;
    @Mixin private Publication publication;

    @Option(
            names = "--to",
            paramLabel = "N|shipped",
            required = true,
            description = "The version to go back to.")
    private String to;

    @Override
    public Integer call() {
        Registry registry = new Registry(brokers);
        StreamKey key = choice.one(registry.book(), registry.ledger());
        Registry.Version old = registry.version(key, to);
        RegistryMessage accepted = registry.book().accepted(key);
        if (accepted != null && accepted.version().content().equals(old.content())) {
            throw new CommandException(
                    ErrorCode.MAPPING_VERSION,
                    "%s: version %d, which is in effect, has the content of version %s already."
                            .formatted(key.path(), accepted.versionNumber(), old.name()));
        }
        try {
            old.compile(key);
        } catch (MappingException e) {
            throw new CommandException(e.getMessage());
        }
        MappingVersion version =
                MappingVersion.of(
                        key,
                        old.source(),
                        Registry.numberAfter(
                                registry.book(), key, Registry.shipped(key, old.source())),
                        old.content(),
                        MappingVersion.ROLLBACK,
                        publication.by(),
                        publication.note("rollback to " + old.name()),
                        Instant.now());
        return publication.publish(
                registry.client(),
                version,
                spec.commandLine().getOut(),
                spec.commandLine().getErr());
    }
}
