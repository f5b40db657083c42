package io.autonomos.operators.sink.kafka;

import static io.autonomos.operators.TestingViews.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRow;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewSerializerTest {

    private final ViewSerializer views = new ViewSerializer("autonomos");

    @BeforeEach
    void openSerializer() {
        views.open(null, null);
    }

    @Test
    void aRowGoesToTheTopicOfItsEntityUnderItsTenantAndId() throws Exception {
        ViewChange ada = row("contact", "a\"1").tenant("ac/me").with("name", "Ada").build();

        ProducerRecord<byte[], byte[]> message = views.serialize(ada, null, 7L);

        assertThat(message.topic()).isEqualTo("autonomos.view.contact");
        assertThat(new String(message.key(), UTF_8)).isEqualTo("[\"ac/me\",\"a\\\"1\"]");
        assertThat(message.value()).isSameAs(ada.json());
        assertThat(MessageJson.read(ViewRow.class, message.value()).id()).isEqualTo("a\"1");
        assertThat(message.partition()).isNull();
        assertThat(headers(message))
                .containsEntry("ce_source", "/ac%2Fme")
                .containsEntry("ce_subject", "a\"1")
                .containsEntry("ce_type", "io.autonomos.view.contact.upsert")
                .containsEntry("ce_time", "2023-11-14T22:13:20Z");
    }

    @Test
    void aRowThatIsGoneIsATombstone() {
        ProducerRecord<byte[], byte[]> message =
                views.serialize(row("account", "1").gone(), null, null);

        assertThat(message.value()).isNull();
        assertThat(new String(message.key(), UTF_8)).isEqualTo("[\"acme\",\"1\"]");
        assertThat(headers(message)).containsEntry("ce_type", "io.autonomos.view.account.delete");
    }

    @Test
    void theIdFollowsFromTimeAndContent() {
        String first = id(row("account", "1").at(5).with("name", "a").build());

        assertThat(id(row("account", "1").at(5).with("name", "a").build())).isEqualTo(first);
        assertThat(id(row("account", "1").at(6).with("name", "a").build())).isNotEqualTo(first);
        assertThat(id(row("account", "1").at(5).with("name", "b").build())).isNotEqualTo(first);
    }

    private String id(ViewChange change) {
        return headers(views.serialize(change, null, null)).get("ce_id");
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        return headers;
    }
}
