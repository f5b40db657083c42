package io.autonomos.operators.sink.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.config.Secret;
import io.autonomos.schemas.messages.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookNotifierTest {

    private static final Notice ONE = new Notice("acme", "p1/proposal", "A repair (p1/proposal)");
    private static final Notice TWO = new Notice("globex", "p1/proposal", "Of globex");

    @TempDir private Path folder;

    private TestingWebhook webhook;
    private Path address;
    private KeyedOneInputStreamOperatorTestHarness<String, Notice, Void> job;
    private long checkpoint;
    private long now;

    @BeforeEach
    void start() throws Exception {
        webhook = new TestingWebhook();
        address = folder.resolve("webhook-url");
        Files.writeString(address, webhook.url() + "\n");
        job = run(null);
    }

    @AfterEach
    void stop() throws Exception {
        job.close();
        webhook.close();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Notice, Void> run(
            OperatorSubtaskState state) throws Exception {
        WebhookSettings settings =
                new WebhookSettings(
                        Secret.of("review.webhook-url", "${file:" + address + "}"),
                        Duration.ofMillis(400),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1));
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new WebhookNotifier(settings)),
                        Notice::key,
                        Types.STRING);
        if (state != null) {
            harness.setRestoredCheckpointId(checkpoint);
            harness.initializeState(state);
        }
        harness.open();
        harness.setProcessingTime(now);
        return harness;
    }

    private void restart(OperatorSubtaskState state) throws Exception {
        job.close();
        job = run(state);
    }

    private void tell(Notice notice) throws Exception {
        job.processElement(new StreamRecord<>(notice));
    }

    private OperatorSubtaskState checkpoint() throws Exception {
        OperatorSubtaskState state = job.snapshot(++checkpoint, 0);
        job.notifyOfCompletedCheckpoint(checkpoint);
        return state;
    }

    private void pass(Duration time) throws Exception {
        now += time.toMillis();
        job.setProcessingTime(now);
    }

    /** Lets the job run, a tenth of a second of its time at a time, until it is so. */
    private void runUntil(BooleanSupplier reached) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!reached.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            pass(Duration.ofMillis(100));
            checkpoint();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private boolean isIdle() {
        return job.numProcessingTimeTimers() == 0;
    }

    @Test
    void eachNoticeIsToldOnce() throws Exception {
        tell(ONE);
        tell(ONE);
        tell(TWO);
        runUntil(this::isIdle);
        tell(ONE);
        runUntil(this::isIdle);

        assertThat(webhook.texts()).containsExactlyInAnyOrder(ONE.text(), TWO.text());
        assertThat(webhook.tries().get(0)).contains("\"parse\":\"none\"", "\"mrkdwn\":false");
    }

    @Test
    void nothingIsToldBeforeACheckpointHasTheMark() throws Exception {
        tell(ONE);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(100));
        }
        assertThat(webhook.tries()).isEmpty();

        checkpoint();
        runUntil(this::isIdle);

        assertThat(webhook.tries()).hasSize(1);
    }

    @Test
    void aRestartAfterItArrivedDoesNotDoubleIt() throws Exception {
        tell(ONE);
        pass(Duration.ofMillis(100));
        OperatorSubtaskState marked = checkpoint();
        runUntil(this::isIdle);
        restart(marked);
        runUntil(this::isIdle);
        tell(ONE);
        runUntil(this::isIdle);

        assertThat(webhook.tries()).hasSize(1);
    }

    @Test
    void whatWasNotTriedYetIsToldAfterARestart() throws Exception {
        tell(ONE);
        restart(checkpoint());
        runUntil(this::isIdle);

        assertThat(webhook.texts()).containsExactly(ONE.text());
    }

    @Test
    void aWebhookThatFailsIsTriedAgainMoreAndMoreSeldom() throws Exception {
        webhook.answerWith(503, null);
        tell(ONE);
        long start = now;
        runUntil(() -> webhook.tries().size() == 5);
        assertThat(now - start).isBetween(15_000L, 60_000L);
        webhook.recover();
        runUntil(this::isIdle);

        assertThat(webhook.texts()).containsExactly(ONE.text());
    }

    @Test
    void aReceiverThatAsksForPatienceGetsIt() throws Exception {
        webhook.answerWith(429, "60");
        tell(ONE);
        runUntil(() -> webhook.tries().size() == 1);
        long start = now;
        runUntil(() -> webhook.tries().size() == 2);

        assertThat(now - start).isGreaterThanOrEqualTo(60_000);
    }

    @Test
    void aWebhookThatHangsHoldsUpNothing() throws Exception {
        webhook.hang();
        tell(ONE);
        runUntil(() -> webhook.tries().size() == 2);
        long before = System.nanoTime();
        tell(TWO);
        checkpoint();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(300));
        webhook.recover();
        runUntil(this::isIdle);

        assertThat(webhook.texts()).contains(ONE.text(), TWO.text());
    }

    @Test
    void aRestartWhileItIsDownLosesNothing() throws Exception {
        webhook.answerWith(500, null);
        tell(ONE);
        runUntil(() -> webhook.tries().size() == 3);
        restart(checkpoint());
        webhook.recover();
        runUntil(this::isIdle);

        assertThat(webhook.texts()).containsExactly(ONE.text());
    }

    @Test
    void anAddressThatIsCorrectedIsTaken() throws Exception {
        Files.writeString(address, "no address at all");
        tell(ONE);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(100));
            checkpoint();
        }
        Files.delete(address);
        pass(Duration.ofSeconds(5));
        checkpoint();
        Files.writeString(address, webhook.url());
        runUntil(this::isIdle);

        assertThat(webhook.texts()).containsExactly(ONE.text());
    }

    @Test
    void itIsGivenUpInTheEnd() throws Exception {
        webhook.answerWith(404, null);
        tell(ONE);
        runUntil(() -> webhook.tries().size() == 1);
        pass(Duration.ofHours(1));
        runUntil(this::isIdle);
        int tries = webhook.tries().size();
        pass(Duration.ofDays(1));

        assertThat(tries).isBetween(1, 2);
        assertThat(isIdle()).isTrue();
        assertThat(webhook.tries()).hasSize(tries);
        assertThat(webhook.texts()).isEmpty();
    }

    @Test
    void answersDoNotRepeatTheAddress() throws IOException {
        for (String url : List.of("http://127.0.0.1:1/secret", "http:secret", "ftp://h/secret")) {
            Files.writeString(address, url);
            WebhookClient client =
                    new WebhookClient(
                            new WebhookSettings(
                                    Secret.of("review.webhook-url", "${file:" + address + "}"),
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(1)));

            assertThat(client.send(ONE).join().failure()).isNotNull().doesNotContain("secret");
        }
    }

    @Test
    void theAddressIsGivenByReferenceOnly() {
        Configuration literal =
                Configuration.fromMap(Map.of("review.webhook-url", "https://hooks.example/T0/B0"));
        assertThatThrownBy(() -> WebhookSettings.from(literal))
                .hasMessageContaining("review.webhook-url must be a reference")
                .hasMessageNotContaining("hooks.example");
        assertThat(WebhookSettings.from(new Configuration())).isNull();
        assertThatThrownBy(
                        () ->
                                WebhookSettings.from(
                                        Configuration.fromMap(
                                                Map.of(
                                                        "review.webhook-url",
                                                        "${env:HOOK}",
                                                        "review.webhook-timeout",
                                                        "0 s"))))
                .hasMessageContaining("review.webhook-timeout must be");
    }
}
