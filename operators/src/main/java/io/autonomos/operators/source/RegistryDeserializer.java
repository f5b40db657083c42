package io.autonomos.operators.source;

import io.autonomos.schemas.messages.RegistryMessage;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the registry topic. The job's own verdicts are left out; everything else is handed on, and
 * what is wrong with it is its {@link RegistryMessage#fault()}, never an exception.
 */
final class RegistryDeserializer implements KafkaRecordDeserializationSchema<RegistryMessage> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RegistryMessage> out) {
        RegistryMessage message = read(record);
        if (!message.isVerdict()) {
            out.collect(message);
        }
    }

    static RegistryMessage read(ConsumerRecord<byte[], byte[]> record) {
        return RegistryMessage.read(
                record.key(), record.value(), record.partition(), record.offset());
    }

    @Override
    public TypeInformation<RegistryMessage> getProducedType() {
        return TypeInformation.of(RegistryMessage.class);
    }
}
