package io.autonomos.jobs;

import io.autonomos.operators.source.SourceOptions;
import io.autonomos.operators.source.SourceOptions.StartPosition;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MergeDecision;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Makes the unified rows once more in this process, by the job's own stages, from all that its
 * inputs hold now; writes nowhere.
 *
 * <p>Records are translated by the mapping versions that are in effect now, whatever translated
 * them when they came, and unified by the rules that tenants have and the merges that people
 * decided on by now.
 */
public final class ViewReplay {

    private final Configuration config;

    /** A replay of the job with this configuration. */
    public ViewReplay(Configuration job) {
        config = new Configuration(job);
        config.set(SourceOptions.BOUNDED, true);
        if (config.get(SourceOptions.START) != StartPosition.TIMESTAMP) {
            config.set(SourceOptions.START, StartPosition.EARLIEST);
        }
    }

    /** Hands over every change of every row; those of one row in order. */
    @SuppressWarnings("try") // closing can be interrupted
    public void run(Consumer<ViewChange> each) throws Exception {
        JobSettings job = JobSettings.from(config);
        JobSettings settings = job.with(job.materialize().with(controls(job), merges(job)));
        StreamExecutionEnvironment env = environment();
        DataStream<ViewChange> changes = new Topology(settings).replay(env);
        try (CloseableIterator<ViewChange> all = changes.executeAndCollect("replay")) {
            all.forEachRemaining(each);
        }
    }

    /** Hands over every event of a tenant; those of one stream in order. */
    @SuppressWarnings("try") // closing can be interrupted
    public void events(String tenant, Consumer<CanonicalEvent> each) throws Exception {
        DataStream<CanonicalEvent> events =
                new Topology(JobSettings.from(config))
                        .events(environment())
                        .filter(event -> event.key().tenant().equals(tenant));
        try (CloseableIterator<CanonicalEvent> all = events.executeAndCollect("events")) {
            all.forEachRemaining(each);
        }
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(1, flink());
    }

    /** What tenants have set, known before the first record comes. */
    private static Collection<ControlMessage> controls(JobSettings job) {
        return new ControlClient(
                        job.source().bootstrapServers(),
                        job.source().kafkaProperties(),
                        job.kafka().topicPrefix())
                .read()
                .messages();
    }

    /** What people decided about rows, known before the first record comes. */
    private static Collection<MergeDecision> merges(JobSettings job) {
        Map<String, MergeDecision> last = new TreeMap<>();
        try (TopicReader reader =
                new TopicReader(job.source().bootstrapServers(), job.source().kafkaProperties())) {
            reader.read(
                    Topics.merges(job.kafka().topicPrefix()),
                    record -> {
                        MergeDecision each = TopicReader.message(MergeDecision.class, record);
                        if (each != null && !each.isOfPair()) {
                            last.put(
                                    String.join("\n", each.tenant(), each.entity(), each.from()),
                                    each);
                        }
                    });
        }
        return last.values();
    }

    private static Configuration flink() {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
        flink.set(TaskManagerOptions.NUM_TASK_SLOTS, 1);
        return flink;
    }
}
