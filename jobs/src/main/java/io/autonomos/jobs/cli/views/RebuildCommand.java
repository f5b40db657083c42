package io.autonomos.jobs.cli.views;

import io.autonomos.jobs.FeedStart;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.RebuildWriter;
import io.autonomos.jobs.ViewReplay;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.Patience;
import io.autonomos.jobs.cli.common.StoreOptions;
import io.autonomos.jobs.verify.RebuildPlan;
import io.autonomos.jobs.verify.RebuildPlan.Lost;
import io.autonomos.jobs.verify.ViewStores;
import io.autonomos.schemas.messages.RebuildMessage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a tenant's views anew from the raw feed. */
@Command(
        name = "rebuild",
        description = {
            "Make a tenant's unified rows anew: translates all that the job's inputs hold by the"
                    + " mappings in effect now, beside the live rows, compares both, and swaps them at"
                    + " one point. The job must run; other tenants are not touched.",
            "After a changed mapping, which otherwise counts from the next record on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the views are rebuilt, or are as a rebuild would make them",
            "1:failed",
            "2:with --plan, rows would change"
        })
public final class RebuildCommand implements Callable<Integer> {

    private static final long PAUSE_MILLIS = 500;

    @Spec private CommandSpec spec;
    @Mixin private StoreOptions stores;

    @Option(names = "--tenant", required = true, description = "Whose views.")
    private String tenant;

    @Option(names = "--entity", description = "Only this entity's records.")
    private String entity;

    @Option(names = "--plan", description = "Only print what would change.")
    private boolean planOnly;

    @Option(
            names = "--remove-missing",
            description =
                    "Remove records that the inputs do not give any more, also where the inputs no"
                            + " longer hold all that ever came. Without it they stay then.")
    private boolean removeMissing;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = Patience.class,
            description = "How long to wait for the job to swap (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        StoreOptions.requireEntity(spec, entity);
        Configuration job = stores.job();
        JobSettings settings = JobSettings.from(job);
        try (ViewStores all = new ViewStores(job)) {
            RebuildPlan plan = all.plan(tenant, entity);
            boolean removes = removeMissing || FeedStart.isWhole(settings);
            RebuildReport report = new RebuildReport(plan, removes);
            if (planOnly || plan.isEmpty()) {
                print(report, "planned");
                return plan.isEmpty() ? 0 : 2;
            }
            long sent = send(job, settings, plan, removes);
            boolean swapped = (!removes && plan.missing() > 0) || await(plan, timeout);
            print(report, swapped ? "swapped" : "sent");
            if (!swapped) {
                throw new CommandException(
                        ("%d messages were sent, but after %s rows are still as they were. See that"
                                        + " the job runs, and its log; then compare with"
                                        + " `autonomos verify`.")
                                .formatted(sent, TimeUtils.formatWithHighestUnit(timeout)));
            }
            return 0;
        }
    }

    private void print(RebuildReport report, String state) {
        PrintWriter out = spec.commandLine().getOut();
        out.print(json ? report.toJson(state) : report.toText(state));
        out.flush();
    }

    private long send(Configuration job, JobSettings settings, RebuildPlan plan, boolean removes)
            throws Exception {
        try (RebuildWriter writer = new RebuildWriter(settings, tenant)) {
            new ViewReplay(job)
                    .events(
                            tenant,
                            event -> {
                                if (entity == null || entity.equals(event.entity())) {
                                    writer.stage(event);
                                }
                            });
            plan.lost().stream()
                    .filter(each -> removes || each.replaced())
                    .forEach(each -> writer.remove(gone(each)));
            return writer.commit();
        }
    }

    private static RebuildMessage.Said gone(Lost lost) {
        return new RebuildMessage.Said(
                lost.entity(),
                lost.connection(),
                lost.stream(),
                lost.source(),
                lost.recordId(),
                "delete",
                "none",
                lost.eventTime(),
                -1,
                "none",
                1,
                "{}");
    }

    private static boolean await(RebuildPlan plan, Duration patience) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (plan.waiting() > 0) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return true;
    }
}
