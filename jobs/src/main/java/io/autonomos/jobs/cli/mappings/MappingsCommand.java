package io.autonomos.jobs.cli.mappings;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows and changes which mapping translates which stream. */
@Command(
        name = "mappings",
        description = {
            "Show and change the mappings that a job translates streams by.",
            "A stream goes by its latest accepted version, or else by a mapping that ships."
        },
        synopsisSubcommandLabel =
                "(list | show | diff | history | publish | rollback | infer | import)",
        subcommands = {
            MappingsListCommand.class,
            MappingsShowCommand.class,
            MappingsDiffCommand.class,
            MappingsHistoryCommand.class,
            MappingsPublishCommand.class,
            MappingsRollbackCommand.class,
            MappingsInferCommand.class,
            MappingsImportCommand.class
        })
public final class MappingsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
