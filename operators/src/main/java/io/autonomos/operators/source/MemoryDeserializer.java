package io.autonomos.operators.source;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of repair memories. A message that is none is counted and logged with its place
 * and reason, and nothing is remembered of it.
 */
final class MemoryDeserializer implements KafkaRecordDeserializationSchema<RepairMemory> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(MemoryDeserializer.class);

    private transient Counter refused;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        count(context.getMetricGroup().counter(JobMetric.MEMORY_REFUSED.leaf()));
    }

    /** Counts messages that are none. */
    void count(Counter counter) {
        refused = counter;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RepairMemory> out) {
        if (record.value() == null) {
            return;
        }
        try {
            out.collect(MessageJson.read(RepairMemory.class, record.value()));
        } catch (MessageException e) {
            refused.inc();
            LOG.warn(
                    "Repair memory at {}@{} is ignored: {}",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<RepairMemory> getProducedType() {
        return MessageType.of(RepairMemory.class);
    }
}
