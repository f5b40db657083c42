package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One record over {@code input.max-record-size} among others, through the real job. */
class OversizedRecordITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final int LIMIT = 1 << 20;

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    @Test
    void isADeadLetterThatSaysSoAndTheJobGoesOn() throws Exception {
        Topics.ensureRaw(kafka.bootstrapServers(), Map.of(), "big.raw", 8 * LIMIT);
        List<String> settings = new ArrayList<>(List.of(kafka.settings("big")));
        settings.add("-Dinput.max-record-size=" + LIMIT + " b");
        settings.add("-Dkafka.sink.max-message-size=" + LIMIT + " b");
        JobClient job = TestingBroker.submit(1, null, settings.toArray(String[]::new));
        try (RawTopicWriter writer =
                new RawTopicWriter(kafka.bootstrapServers(), Map.of(), "big.raw")) {
            send(writer, "1", 10);
            send(writer, "2", 3 * LIMIT);
            send(writer, "3", 10);
        }

        LedgerBook ledger = new LedgerBook();
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            TestingBroker.await(
                    PATIENCE,
                    () -> {
                        ledger.refresh(reader, "big");
                        return ledger.sum(LedgerEntry::in) == 3;
                    });
            reader.read("big.dead-letter", letters::add);
        }
        assertThat(ledger.sum(LedgerEntry::canonical)).isEqualTo(2);
        assertThat(ledger.sum(LedgerEntry::deadLettered)).isEqualTo(1);
        assertThat(ledger.sum(LedgerEntry::residual)).isZero();
        assertThat(letters).hasSize(1);
        assertThat(header(letters.get(0), "autonomos.error-code")).isEqualTo("AOS-104");
        assertThat(header(letters.get(0), "__connect.errors.exception.message"))
                .contains("big.raw", "input.max-record-size is " + LIMIT);
        assertThat(Integer.parseInt(header(letters.get(0), "autonomos.value-size")))
                .isGreaterThan(3 * LIMIT);
        assertThat(letters.get(0).value().length).isLessThan(LIMIT);
        job.cancel().get();
    }

    private static void send(RawTopicWriter writer, String id, int length) {
        String json = "{\"Id\":\"%s\",\"Name\":\"%s\"}".formatted(id, "x".repeat(length));
        writer.send(ACME, "salesforce", null, null, 1_700_000_000_000L, json.getBytes(UTF_8));
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
