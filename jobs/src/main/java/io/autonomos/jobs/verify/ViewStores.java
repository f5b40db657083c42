package io.autonomos.jobs.verify;

import io.autonomos.jobs.JobOptions.Store;
import io.autonomos.jobs.JobSettings;
import io.autonomos.jobs.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stores of a job, open for comparison. */
public final class ViewStores implements AutoCloseable {

    private final List<ViewStore> stores = new ArrayList<>();
    private KafkaViews kafka;

    /** Opens the stores that the job writes unified rows to. */
    public ViewStores(JobSettings settings) {
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
     * Compares their rows.
     *
     * @param tenant null for all
     * @param entity null for all
     * @param patience how long stores may differ, since they commit at their own pace
     */
    public VerifyResult verify(String tenant, String entity, Duration patience) throws Exception {
        return new Verification(stores, tenant, entity).run(patience);
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
