package io.autonomos.operators.canonicalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ControlMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the change notes say of records that waited and then pass by policy. */
class PassedRecordsTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");

    private TestingStage stage;

    @BeforeEach
    void learn() throws Exception {
        stage = TestingStage.holding(new Configuration(), null);
        stage.time(1_000);
        for (int i = 0; i < 20; i++) {
            send("{\"Id\":\"seen%s\",\"Name\":\"n\",\"Phone\":\"1\"}", "" + i);
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void send(String form, String id) throws Exception {
        stage.send(ACME, form.formatted(id));
    }

    @Test
    void eachSaysWhatItLacksButNotTheOnesBehindIt() throws Exception {
        for (String id : List.of("a", "b", "c")) {
            send("{\"Id\":\"%s\",\"Name\":\"n\"}", id);
        }
        send("{\"Id\":\"%s\",\"Name\":\"n\",\"Phone\":\"2\"}", "a");
        assertThat(stage.output()).hasSize(20);

        stage.receive(
                new ControlMessage(
                        "acme",
                        2,
                        Map.of(),
                        Map.of("drift", "pass"),
                        Map.of(),
                        "jo",
                        null,
                        Instant.EPOCH));
        stage.time(1_010);

        List<CanonicalEvent> passed = stage.output().subList(20, 24);
        assertThat(passed)
                .extracting(CanonicalEvent::recordId)
                .containsExactlyInAnyOrder("a", "b", "c", "a");
        for (CanonicalEvent each : passed) {
            boolean whole = new String(each.json(), UTF_8).contains("\"phone\":\"2\"");
            assertThat(notes(each))
                    .isEqualTo(
                            whole
                                    ? "[]"
                                    : "[{\"field\":\"phone\",\"kind\":\"null\",\"reason\":\"AOS-501\"}]");
        }
        assertThat(passed).filteredOn(each -> each.recordId().equals("a")).hasSize(2);
        assertThat(notes(lastOf(passed, "a"))).isEqualTo("[]");
    }

    private static CanonicalEvent lastOf(List<CanonicalEvent> events, String id) {
        return events.stream()
                .filter(each -> each.recordId().equals(id))
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    private static String notes(CanonicalEvent event) throws IOException {
        return new ObjectMapper().readTree(event.json()).path("changes").toString();
    }
}
