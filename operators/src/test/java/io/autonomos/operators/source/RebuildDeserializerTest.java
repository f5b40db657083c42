package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.RebuildMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RebuildDeserializerTest {

    private static final String GOOD =
            """
            {"kind":"move","tenant":"acme","record":
             {"entity":"contact","connection":"crm","stream":"c","source":"hubspot",
             "record_id":"1","op":"upsert","version":"00ff","event_time":"2026-01-31T08:00:00Z",
             "position":0,"mapping":"m","mapping_version":1,"data":{}}}
            """;

    @Test
    void aMessageThatIsNoneIsCountedAndTheNextOneCounts() {
        Counter refused = new SimpleCounter();
        RebuildDeserializer deserializer = new RebuildDeserializer();
        deserializer.count(refused);
        List<RebuildMessage> read = new ArrayList<>();

        for (String value :
                new String[] {
                    null,
                    "",
                    "nonsense",
                    "[]",
                    GOOD.replace("move", "fly"),
                    GOOD.replace("move", "stage"),
                    "{\"kind\":\"commit\",\"tenant\":\"acme\",\"rebuild\":\"b\"}",
                    GOOD.replace("\"data\":{}", "\"data\":[]"),
                    GOOD
                }) {
            byte[] bytes = value == null ? null : value.getBytes(UTF_8);
            deserializer.deserialize(
                    new ConsumerRecord<>("rebuild", 0, 0, null, bytes), new ListCollector<>(read));
        }

        assertThat(read).extracting(message -> message.record().recordId()).containsExactly("1");
        assertThat(refused.getCount()).isEqualTo(8);
    }
}
