package io.autonomos.operators.drift;

import static io.autonomos.operators.TestingStream.rename;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many fields that change at once are compared beside the task. */
@SuppressWarnings("try") // closing can be interrupted
class WideDriftTest {

    private static final int FIELDS = 30;
    private static final String MENDED =
            TestingStream.MAPPING.replace("amount: amount", "amount: [deal_amount, amount]");
    private static final Consumer<Map<String, Object>> OLD = record -> add(record, "note_%d");
    private static final Consumer<Map<String, Object>> NEW =
            rename("amount", "deal_amount").andThen(record -> add(record, "note_%d__c"));

    private TestingDetection stage;

    @BeforeEach
    void learn() throws Exception {
        stage = new TestingDetection().send(0, 40, OLD);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private static void add(Map<String, Object> record, String name) {
        for (int i = 0; i < FIELDS; i++) {
            record.put(name.formatted(i), record.get("title") + " " + i);
        }
    }

    private void passUntil(BooleanSupplier reached) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            stage.pass(20);
        }
    }

    @Test
    void theTaskGoesOnWhileTheyAreCompared() throws Exception {
        stage.send(40, 50, NEW).pass(300);

        assertThat(stage.events()).isEmpty();
        assertThat(stage.timers()).isEqualTo(1);
        stage.send(50, 55, NEW);
        passUntil(() -> !stage.tasks().isEmpty());

        assertThat(stage.events()).hasSize(1);
        assertThat(stage.told().get(0)).startsWith("high renamed amount>deal_amount");
        assertThat(stage.events().get(0).changes()).hasSize(FIELDS + 1);
        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.tasks().get(0).records()).hasSize(10);
        stage.send(55, 59, NEW).pass(10_000);
        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.timers()).isZero();
    }

    @Test
    void aComparisonThatARestartCutOffIsMadeAgain() throws Exception {
        stage.send(40, 50, NEW).pass(300).restart();
        passUntil(() -> !stage.tasks().isEmpty());

        assertThat(stage.told()).hasSize(1);
        assertThat(stage.told().get(0)).startsWith("high renamed amount>deal_amount");
        assertThat(stage.tasks()).hasSize(1);
        stage.pass(10_000);
        assertThat(stage.tasks()).hasSize(1);
    }

    @Test
    void aVersionThatCameMeanwhileMakesItVoid() throws Exception {
        stage.send(40, 50, NEW).pass(300);
        stage.use(MENDED).send(50, 60, NEW);
        passUntil(() -> stage.timers() == 0);

        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void whatAVersionMendedMeanwhileIsToldOnceItsRecordsAreCompared() throws Exception {
        stage.send(40, 50, NEW).pass(300);
        stage.use(MENDED).send(50, 80, NEW);
        passUntil(() -> !stage.events().isEmpty());

        stage.send(80, 160, NEW).pass(10_000);
        passUntil(() -> stage.timers() == 0);

        assertThat(stage.told()).hasSize(1);
        assertThat(stage.told().get(0)).contains("renamed amount>deal_amount");
        assertThat(stage.tasks()).isEmpty();
    }

    @Test
    void aVersionThatMendsNothingMakesItBeginAgainAndIsRepairedItself() throws Exception {
        stage.send(40, 50, NEW).pass(300);
        stage.use(TestingStream.MAPPING + "\n").send(50, 51, NEW);
        passUntil(() -> !stage.tasks().isEmpty());

        assertThat(stage.told()).hasSize(1);
        assertThat(stage.told().get(0)).startsWith("high renamed amount>deal_amount");
        assertThat(stage.tasks().get(0).mappingVersion()).isEqualTo(2);
        assertThat(stage.tasks().get(0).records()).hasSize(11);
    }

    @Test
    void aVersionThatMendsHalfLeavesTheOtherHalfToBeCompared() throws Exception {
        Consumer<Map<String, Object>> both = NEW.andThen(rename("stage", "deal_stage"));
        stage.send(40, 50, both).pass(300);
        stage.use(MENDED).send(50, 51, both);
        passUntil(() -> !stage.tasks().isEmpty());

        assertThat(stage.tasks()).hasSize(1);
        assertThat(stage.tasks().get(0).lost()).containsExactly("stage");
        assertThat(stage.told().get(0)).contains("renamed stage>deal_stage");
    }

    @Test
    void samplesThatComeMeanwhileAreComparedLater() throws Exception {
        Consumer<Map<String, Object>> more =
                OLD.andThen(r -> r.keySet().removeIf(k -> k.startsWith("note_")))
                        .andThen(r -> add(r, "remark_%d"));
        stage.send(40, 60, more);
        assertThat(stage.events()).isEmpty();

        stage.send(60, 70, more);
        passUntil(() -> !stage.events().isEmpty());
        passUntil(() -> stage.timers() == 0);

        assertThat(stage.tasks()).isEmpty();
        assertThat(stage.events()).hasSize(1);
        assertThat(stage.events().get(0).severity()).isEqualTo("low");
        stage.send(70, 120, more).pass(10_000);
        assertThat(stage.events()).hasSize(1);
    }
}
