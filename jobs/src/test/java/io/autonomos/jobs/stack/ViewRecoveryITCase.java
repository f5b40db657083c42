package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.ControlClient;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.ViewAccount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unified rows of the real job, whose servers die one after the other in mid-stream while a
 * tenant changes its rules.
 */
class ViewRecoveryITCase {

    private static final int PART = 1_200;
    private static final int IDS = 400;
    private static final List<StreamKey> STREAMS =
            List.of(
                    new StreamKey("acme", "crm", "Account"),
                    new StreamKey("acme", "crm-two", "Account"),
                    new StreamKey("globex", "crm", "Account"));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final LedgerBook ledger = new LedgerBook();

    @Test
    void theStoresAndAReplayAreEqualAfterEachServerWasKilledInMidStream() throws Exception {
        try (TestingStack stack = TestingStack.start(directory.resolve("work"))) {
            stack.run("submit", "--parallelism", "2");
            int sent = 0;
            for (String server : List.of("taskmanager", "postgres", "kafka")) {
                sent = produce(stack, sent);
                await(stack, sent - PART / 2);
                set(stack, !server.equals("postgres"));
                sent = produce(stack, sent);
                stack.kill(server);
                if (!server.equals("taskmanager")) {
                    stack.up();
                }
                sent = produce(stack, sent);
                await(stack, sent);
                assertThat(ledger.sumOfViews(ViewAccount::canonical)).as(server).isEqualTo(sent);
                assertThat(ledger.sumOfViews(ViewAccount::residual)).as(server).isZero();
                assertThat(stack.run("verify", "--timeout", "60 s")).endsWith("equal\n");
            }
        }
    }

    /** Makes accounts rows by what they share, or each a row. */
    private static void set(TestingStack stack, boolean alone) {
        Map<String, String> rules = new HashMap<>();
        rules.put("view-merge.account.type", "longest");
        if (alone) {
            rules.put("view-identity.account", "record");
        }
        new ControlClient(stack.bootstrapServers(), Map.of(), "autonomos")
                .change(
                        "acme",
                        before ->
                                new ControlMessage(
                                        "acme",
                                        before == null ? 1 : before.revision() + 1,
                                        Map.of(),
                                        rules,
                                        Map.of(),
                                        "jo",
                                        null,
                                        Instant.EPOCH));
    }

    private static int produce(TestingStack stack, int from) {
        try (RawTopicWriter writer =
                new RawTopicWriter(stack.bootstrapServers(), Map.of(), "autonomos.raw")) {
            for (int i = from; i < from + PART; i++) {
                int id = (int) (i * 7L % IDS);
                String json =
                        """
                        {"Id":"%d","Name":"Account %d","Website":"https://d%d.org","Type":"%s",\
                        "LastModifiedDate":"%s"}"""
                                .formatted(
                                        id,
                                        i,
                                        (id + i / 1_000) % 150,
                                        "t".repeat(1 + i % 5),
                                        Instant.ofEpochSecond(1_700_000_000L + i));
                writer.send(
                        STREAMS.get(i % STREAMS.size()),
                        "salesforce",
                        null,
                        null,
                        1_700_000_000_000L,
                        json.getBytes(StandardCharsets.UTF_8));
            }
        }
        return from + PART;
    }

    /** Waits until the views have counted so many events. */
    private void await(TestingStack stack, long events) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(180);
        while (counted(stack) < events) {
            assertThat(System.nanoTime())
                    .as("see the logs in " + stack.workDir().logs())
                    .isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
        }
    }

    private long counted(TestingStack stack) {
        try (TopicReader reader = new TopicReader(stack.bootstrapServers(), Map.of())) {
            ledger.refresh(reader, "autonomos");
            return ledger.sumOfViews(ViewAccount::canonical);
        } catch (KafkaException e) {
            return 0; // the broker is on its way back
        }
    }
}
