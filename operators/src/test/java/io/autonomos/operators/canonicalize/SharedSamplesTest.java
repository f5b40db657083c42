package io.autonomos.operators.canonicalize;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.Observation;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the detecting stage sees of many streams that begin, and change, all at once. */
class SharedSamplesTest {

    /** A window of the detecting stage, and its first quarter that a change may end. */
    private static final long ENOUGH = 25;

    private static final String OLD = "{\"Id\":\"%s\",\"Name\":\"n\"}";
    private static final String NEW = "{\"Id\":\"%s\",\"Name\":\"n\",\"Rating\":\"hot\"}";

    private final List<StreamKey> streams = new ArrayList<>();
    private TestingStage stage;

    @BeforeEach
    void open() throws Exception {
        stage = TestingStage.holding(new Configuration(), null);
        stage.time(1_000);
        for (int i = 0; i < 30; i++) {
            streams.add(new StreamKey("acme", "sf-" + i, "Account"));
        }
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void eachIsShownOftenEnoughToBeLearntAndToBeSeenToChange() throws Exception {
        send(0, 200, OLD);
        assertThat(shown("\"Name\"")).hasSize(30).allSatisfy((key, n) -> enough(n));

        send(200, 400, NEW);
        assertThat(shown("Rating")).hasSize(30).allSatisfy((key, n) -> enough(n));
    }

    @Test
    void knownStreamsThatWantAllTheyCanGetDoNotHideANewShape() throws Exception {
        send(0, 5_000, OLD);
        for (int second = 2; second < 12; second++) {
            stage.time(1_000L * second);
            send(5_000, 5_200, OLD);
        }

        stage.send(streams.get(7), NEW.formatted("5000"));

        assertThat(shown("Rating")).containsOnlyKeys(streams.get(7));
    }

    private void send(int from, int to, String form) throws Exception {
        for (StreamKey key : streams) {
            for (int i = from; i < to; i++) {
                stage.send(key, form.formatted("001" + i));
            }
        }
    }

    private static void enough(long shown) {
        assertThat(shown).isGreaterThanOrEqualTo(ENOUGH);
    }

    private Map<StreamKey, Long> shown(String text) {
        return stage.side(Canonicalizer.OBSERVATIONS).stream()
                .filter(each -> content(each).contains(text))
                .collect(groupingBy(Observation::key, counting()));
    }

    private static String content(Observation seen) {
        return new String(seen.record().value(), StandardCharsets.UTF_8);
    }
}
