package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantEventsSerializerTest {

    private final TenantEventsSerializer serializer = new TenantEventsSerializer();

    @Test
    void comesBackAsItWas() throws IOException {
        CanonicalEvent upsert =
                event("account", "1").tenant("t'/é").at(5, 6).with("name", "One").build();
        CanonicalEvent delete = event("contact", "2").tenant("t'/é").delete().build();
        TenantEvents piece = new TenantEvents("t'/é", List.of(upsert, delete));

        TenantEvents back = serializer.deserialize(1, serializer.serialize(piece));

        assertThat(back).usingRecursiveComparison().isEqualTo(piece);
    }

    @Test
    void refusesAVersionItDoesNotKnow() throws IOException {
        byte[] bytes = serializer.serialize(new TenantEvents("acme", List.of()));

        assertThatThrownBy(() -> serializer.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }
}
