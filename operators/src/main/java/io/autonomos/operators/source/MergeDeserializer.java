package io.autonomos.operators.source;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.messages.MergeDecision;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.types.MessageType;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of merges. A message that is none is counted and logged with its place and
 * reason, and changes nothing.
 */
final class MergeDeserializer implements KafkaRecordDeserializationSchema<MergeDecision> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MergeDeserializer.class);

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private transient Counter refused;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        count(context.getMetricGroup().counter(JobMetric.MERGES_REFUSED.leaf()));
    }

    /** Counts messages that change nothing. */
    void count(Counter counter) {
        refused = counter;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<MergeDecision> out) {
        byte[] value = record.value();
        try {
            out.collect(MessageJson.read(MergeDecision.class, value == null ? NULL : value));
        } catch (MessageException e) {
            refused.inc();
            LOG.warn(
                    "Merge decision at {}@{} changes nothing: {}",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<MergeDecision> getProducedType() {
        return MessageType.of(MergeDecision.class);
    }
}
