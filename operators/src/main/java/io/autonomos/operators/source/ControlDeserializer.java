package io.autonomos.operators.source;

import io.autonomos.operators.JobMetric;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRules;
import io.autonomos.schemas.model.EntityModel;
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
 * Reads the control topic. A message that is none is counted and logged with its place and reason,
 * and changes nothing, nor does a tombstone: settings go back to their defaults by a message
 * without them.
 */
final class ControlDeserializer implements KafkaRecordDeserializationSchema<ControlMessage> {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ControlDeserializer.class);

    private transient Counter refused;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        count(context.getMetricGroup().counter(JobMetric.CONTROL_REFUSED.leaf()));
    }

    /** Counts messages that change nothing. */
    void count(Counter counter) {
        refused = counter;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ControlMessage> out) {
        if (record.value() == null) {
            refuse(record, "a tombstone withdraws nothing");
            return;
        }
        try {
            ControlMessage message = MessageJson.read(ControlMessage.class, record.value());
            message.policies().forEach((name, value) -> check(record, name, value));
            out.collect(message);
        } catch (MessageException e) {
            refuse(record, e.getMessage());
        }
    }

    /** A rule that is not usable is said once here; the stages leave it out. */
    private void check(ConsumerRecord<byte[], byte[]> record, String name, String value) {
        String problem =
                ViewRules.isRule(name)
                        ? ViewRules.problem(EntityModel.shipped(), name, value)
                        : null;
        if (problem != null) {
            refused.inc();
            LOG.warn(
                    "{}: {} of the control message at {}@{} is left out: {}.",
                    ErrorCode.CONTROL_SETTING.code(),
                    name,
                    record.partition(),
                    record.offset(),
                    problem);
        }
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, String why) {
        refused.inc();
        LOG.warn(
                "Control message at {}@{} changes nothing: {}",
                record.partition(),
                record.offset(),
                why);
    }

    @Override
    public TypeInformation<ControlMessage> getProducedType() {
        return MessageType.of(ControlMessage.class);
    }
}
