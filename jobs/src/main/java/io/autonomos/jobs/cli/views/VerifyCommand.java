package io.autonomos.jobs.cli.views;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.jobs.cli.common.StoreOptions;
import io.autonomos.jobs.verify.VerifyReport;
import io.autonomos.jobs.verify.VerifyResult;
import io.autonomos.jobs.verify.ViewStores;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the unified rows of the stores. */
@Command(
        name = "verify",
        description = {
            "Compare the unified rows of PostgreSQL, DuckDB and Kafka with each other and with a"
                    + " replay: their number and a checksum of all their columns, by tenant and entity.",
            "The same for the graph, without the replay, and for the aggregates of PostgreSQL and DuckDB.",
            "The job may run meanwhile: what differs is compared again until --timeout. Of rows that"
                    + " differ, the first are named with their columns, without values."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all have the same rows", "1:failed", "2:stores differ"})
public final class VerifyCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private StoreOptions stores;

    @Option(names = "--tenant", description = "Only this tenant's rows.")
    private String tenant;

    @Option(
            names = "--entity",
            description = "Only this entity's rows, and the aggregates made of them.")
    private String entity;

    @Option(
            names = "--replay",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Compare with a replay too: the rows as the job's stages make them in this process"
                            + " from all that its inputs hold, with the mappings in effect now."
                            + " --no-replay leaves it out.")
    private boolean replay;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = Patience.class,
            description =
                    "How long stores may differ, since they commit at their own pace (default:"
                            + " ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        StoreOptions.requireEntity(spec, entity);
        try (ViewStores all = new ViewStores(stores.job())) {
            VerifyResult result = all.verify(tenant, entity, replay, timeout);
            VerifyReport report = new VerifyReport(result);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                out.println(new ObjectMapper().writeValueAsString(report.toJson()));
            } else if (result.all().isEmpty()) {
                out.println(
                        tenant == null
                                ? "No store has a row yet."
                                : "No store has a row of the tenant " + tenant + ".");
            } else {
                out.print(report.toText());
                out.println(result.isEqual() ? "equal" : "DIFFERENT");
            }
            out.flush();
            return result.isEqual() ? 0 : 2;
        }
    }
}
