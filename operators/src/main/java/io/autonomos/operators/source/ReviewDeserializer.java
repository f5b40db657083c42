package io.autonomos.operators.source;

import io.autonomos.schemas.messages.ReviewRequest;
import io.autonomos.schemas.types.MessageType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads reviews; what is wrong with a message is its fault, never an exception. */
final class ReviewDeserializer implements KafkaRecordDeserializationSchema<ReviewRequest> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReviewRequest> out) {
        out.collect(ReviewRequest.read(record.value(), record.partition(), record.offset()));
    }

    @Override
    public TypeInformation<ReviewRequest> getProducedType() {
        return MessageType.of(ReviewRequest.class);
    }
}
