package io.autonomos.jobs.verify;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.ViewReplay;
import io.autonomos.jobs.verify.ViewStore.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** The stores of a job, open for comparison. */
public final class ViewStores implements AutoCloseable {

    private final List<ViewStore> stores = new ArrayList<>();
    private final Configuration job;
    private KafkaViews kafka;

    /** Opens the stores that the job with this configuration writes unified rows to. */
    public ViewStores(Configuration job) {
        this.job = job;
        JobSettings settings = JobSettings.from(job);
        if (settings.sinks().contains(Store.POSTGRES)) {
            stores.add(new PostgresViews(settings.postgres()));
        }
        if (settings.sinks().contains(Store.DUCKDB)) {
            stores.add(new DuckDbViews(Path.of(settings.duckDb().directory())));
        }
        if (settings.sinks().contains(Store.KAFKA)) {
            kafka =
                    new KafkaViews(
                            () ->
                                    new TopicReader(
                                            settings.kafka().bootstrapServers(),
                                            settings.source().kafkaProperties()),
                            settings.kafka().topicPrefix());
            stores.add(kafka);
        }
    }

    /**
     * Compares their rows with each other, and where those are equal with a replay. The replay
     * translates all records by the mappings in effect now, so it does not count there which
     * version of a mapping made a row, but only what it made of it.
     *
     * @param replay whether to make the rows anew from the job's inputs
     * @param tenant null for all
     * @param entity null for all, and for the graph
     * @param patience how long stores may differ, since they commit at their own pace
     */
    public VerifyResult verify(String tenant, String entity, boolean replay, Duration patience)
            throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        VerifyResult result = new Verification(stores, tenant, entity, true).run(patience);
        if (!replay || !result.isEqual()) {
            return result;
        }
        List<ViewStore> all = new ArrayList<>(stores);
        all.add(new ReplayViews(new ViewReplay(job)));
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return new Verification(all, tenant, entity, false).run(left);
    }

    /**
     * Compares a tenant's rows with a replay, without waiting.
     *
     * @param entity null for all
     */
    public RebuildPlan plan(String tenant, String entity) throws Exception {
        List<Relation> entities =
                Relation.all().stream()
                        .filter(each -> each instanceof Relation.Rows)
                        .filter(each -> entity == null || each.isOf(entity))
                        .toList();
        ViewStore live = stores.get(stores.size() - 1);
        ViewStore rebuilt = new ReplayViews(new ViewReplay(job));
        return RebuildPlan.of(live, rebuilt, new Selection(tenant, entities, true));
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
