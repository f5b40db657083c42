package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.RepairMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MemoryDeserializerTest {

    private static final String GOOD =
            "{\"tenant\":\"acme\",\"connection\":\"crm\",\"source\":\"shop\",\"stream\":\"things\","
                    + "\"before\":\"a\",\"after\":\"b\",\"verdict\":\"accepted\",\"by_person\":false,"
                    + "\"kinds\":{},\"proposal_id\":\"p-1\",\"at\":\"2026-01-31T08:00:00Z\"}";

    @Test
    void whatIsNoMemoryIsCountedAndTheNextOneCounts() {
        Counter refused = new SimpleCounter();
        MemoryDeserializer deserializer = new MemoryDeserializer();
        deserializer.count(refused);
        List<RepairMemory> read = new ArrayList<>();

        for (String value :
                new String[] {"nonsense", null, "{}", GOOD.replace("b\"", "\""), GOOD}) {
            byte[] bytes = value == null ? null : value.getBytes(UTF_8);
            deserializer.deserialize(
                    new ConsumerRecord<>("memory", 0, 0, null, bytes), new ListCollector<>(read));
        }

        assertThat(read).extracting(RepairMemory::after).containsExactly("b");
        assertThat(refused.getCount()).isEqualTo(3);
    }
}
