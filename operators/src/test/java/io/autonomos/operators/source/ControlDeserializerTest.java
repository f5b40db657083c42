package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.messages.ControlMessage;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlDeserializerTest {

    private static final String GOOD =
            """
            {"tenant":"acme","revision":3,"flags":{"llm":true},"policies":{},"budgets":{},
             "by":"jo","at":"2026-01-31T08:00:00Z"}
            """;

    private final Counter refused = new SimpleCounter();
    private final ControlDeserializer deserializer = new ControlDeserializer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "null",
                "{\"tenant\":\"acme\"}",
                "{\"tenant\":\"acme\",\"revision\":0,\"flags\":{},\"policies\":{},\"budgets\":{},\"by\":\"jo\",\"at\":\"2026-01-31T08:00:00Z\"}",
                "{\"tenant\":\"acme\",\"revision\":1,\"flags\":{\"fly\":true},\"policies\":{},\"budgets\":{},\"by\":\"jo\",\"at\":\"2026-01-31T08:00:00Z\"}",
                "{\"tenant\":\"acme\",\"revision\":1,\"flags\":{},\"policies\":{},\"budgets\":{},\"thresholds\":[{\"apply\":1.5}],\"by\":\"jo\",\"at\":\"2026-01-31T08:00:00Z\"}",
                "{\"tenant\":\"acme\",\"revision\":1,\"flags\":{},\"policies\":{},\"budgets\":{},\"thresholds\":[{\"apply\":0.5,\"review\":0.6}],\"by\":\"jo\",\"at\":\"2026-01-31T08:00:00Z\"}"
            })
    void aMessageThatIsNoneIsCountedAndTheNextOneCounts(String value) {
        deserializer.count(refused);

        List<ControlMessage> read = read(value, GOOD);

        assertThat(read).extracting(ControlMessage::revision).containsExactly(3L);
        assertThat(refused.getCount()).isEqualTo(1);
    }

    @Test
    void aTombstoneChangesNothing() {
        deserializer.count(refused);

        assertThat(read((String) null)).isEmpty();
        assertThat(refused.getCount()).isEqualTo(1);
    }

    @Test
    void aRuleThatIsNotUsableIsCountedAndTheRestOfTheMessageCounts() {
        deserializer.count(refused);

        List<ControlMessage> read =
                read(
                        GOOD.replace(
                                "\"policies\":{}",
                                "\"policies\":{\"drift\":\"pass\",\"view-merge.contact.name\":\"shortest\","
                                        + "\"view-identity.dog\":\"email\"}"));

        assertThat(read)
                .extracting(message -> message.policies().get("drift"))
                .containsExactly("pass");
        assertThat(refused.getCount()).isEqualTo(2);
    }

    private List<ControlMessage> read(String... values) {
        List<ControlMessage> read = new ArrayList<>();
        long offset = 0;
        for (String value : values) {
            byte[] bytes = value == null ? null : value.getBytes(UTF_8);
            deserializer.deserialize(
                    new ConsumerRecord<>("control", 0, offset++, null, bytes),
                    new ListCollector<>(read));
        }
        return read;
    }
}
