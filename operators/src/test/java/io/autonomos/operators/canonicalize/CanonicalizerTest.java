package io.autonomos.operators.canonicalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanonicalizerTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");

    private CanonicalizerHarness harness;
    private long position;

    @BeforeEach
    void openHarness() throws Exception {
        harness = newHarness();
        harness.open();
    }

    @AfterEach
    void closeHarness() throws Exception {
        harness.close();
    }

    @Test
    void translatesEachTenantsRecordsUnderItsOwnName() throws Exception {
        send(ACME, "{\"Id\":\"1\",\"Name\":\"a\"}");
        send(GLOBEX, "{\"Id\":\"1\",\"Name\":\"b\"}");

        assertThat(harness.extractOutputValues())
                .extracting(e -> e.key().tenant())
                .containsExactly("acme", "globex");
        assertThat(harness.extractOutputValues())
                .extracting(CanonicalEvent::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void accountsForEveryRecordBeforeEachCheckpoint() throws Exception {
        send(ACME, "{\"Id\":\"1\",\"Name\":\"a\"}");
        send(ACME, "{\"Id\":\"1\"");
        send(ACME, "{\"Id\":\"2\",\"Name\":\"a\",\"IsDeleted\":true}");
        harness.setProcessingTime(77);
        checkpoint(1);

        assertThat(side(Canonicalizer.LEDGER))
                .containsExactly(
                        new LedgerEntry(ACME, "salesforce", "account", 3, 2, 0, 0, 1, 2, 77));
        assertThat(side(Canonicalizer.LEDGER).get(0).residual()).isZero();
        checkpoint(2);
        assertThat(side(Canonicalizer.LEDGER)).hasSize(1);
    }

    @Test
    void goesOnCountingWhereTheLastCheckpointEnded() throws Exception {
        send(ACME, "{\"Id\":\"1\",\"Name\":\"a\"}");
        OperatorSubtaskState snapshot = checkpoint(1);
        send(ACME, "{\"Id\":\"2\",\"Name\":\"lost with the task, read again\"}");
        harness.close();

        harness = newHarness();
        harness.initializeState(snapshot);
        harness.open();
        send(ACME, "{\"Id\":\"2\",\"Name\":\"read again\"}");
        checkpoint(2);

        assertThat(side(Canonicalizer.LEDGER)).extracting(LedgerEntry::in).containsExactly(2L);
    }

    @Test
    void deadLettersKeepTheRecordAndTellWhy() throws Exception {
        send(ACME, "[1]");
        send(new StreamKey("acme", "sf", "Spaceships"), "{}");
        harness.processElement(
                CanonicalizerHarness.RECORDS,
                new StreamRecord<>(
                        new RawRecord(
                                StreamKey.UNADDRESSED,
                                "",
                                null,
                                null,
                                0,
                                "t",
                                0,
                                9,
                                null,
                                new byte[] {1},
                                null,
                                new Fault("AOS-101", null, "no tenant"))));

        List<DeadLetter> letters = side(Canonicalizer.DEAD_LETTERS);
        assertThat(letters)
                .extracting(l -> l.fault().code())
                .containsExactly("AOS-206", "AOS-401", "AOS-101");
        assertThat(new String(letters.get(0).record().value(), StandardCharsets.UTF_8))
                .isEqualTo("[1]");
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void aChangeEventIsReadAsTheRecordInsideAndItsDeadLetterKeepsTheEvent() throws Exception {
        String event =
                "{\"payload\":{\"ChangeEventHeader\":{\"changeType\":\"%s\","
                        + "\"recordIds\":[\"7\",\"8\"]},\"Phone\":\"1\"}}";
        send(ACME, event.formatted("DELETE"));
        send(ACME, event.formatted("CREATE"));
        checkpoint(1);

        assertThat(harness.extractOutputValues())
                .extracting(e -> e.op() + " " + e.recordId())
                .containsExactly("delete 7", "delete 8");
        DeadLetter letter = side(Canonicalizer.DEAD_LETTERS).get(0);
        assertThat(letter.fault().field()).isEqualTo("name");
        assertThat(new String(letter.record().originalBytes(), StandardCharsets.UTF_8))
                .isEqualTo(event.formatted("CREATE"));
        LedgerEntry entry = side(Canonicalizer.LEDGER).get(0);
        assertThat(entry.in()).isEqualTo(2);
        assertThat(entry.residual()).isZero();
    }

    @Test
    void anEventThatNoTopicWouldTakeIsADeadLetterAndTheAccountAddsUp() throws Exception {
        send(ACME, "{\"Id\":\"1\",\"Name\":\"a\"}");
        send(ACME, "{\"Id\":\"2\",\"Name\":\"a\",\"Other\":\"%s\"}".formatted("x".repeat(1_000)));
        checkpoint(1);

        assertThat(harness.extractOutputValues())
                .extracting(CanonicalEvent::recordId)
                .containsExactly("1");
        assertThat(side(Canonicalizer.DEAD_LETTERS))
                .extracting(l -> l.fault().code())
                .containsExactly("AOS-108");
        LedgerEntry entry = side(Canonicalizer.LEDGER).get(0);
        assertThat(entry.deadLettered()).isEqualTo(1);
        assertThat(entry.residual()).isZero();
    }

    @Test
    void theTriesOfAReplayedRecordAreCountedOn() throws Exception {
        harness.setProcessingTime(77);
        send(null);
        send(new Retry(1, 55));
        send(new Retry(2, Retry.UNKNOWN));

        assertThat(side(Canonicalizer.DEAD_LETTERS))
                .extracting(DeadLetter::attempt, DeadLetter::failedAt)
                .containsExactly(tuple(1, 77L), tuple(2, 55L), tuple(3, 77L));
    }

    private void send(Retry retry) throws Exception {
        harness.processElement(
                CanonicalizerHarness.RECORDS,
                CanonicalizerHarness.record(ACME, "[", position++, retry));
    }

    private OperatorSubtaskState checkpoint(long id) throws Exception {
        harness.stage().prepareSnapshotPreBarrier(id);
        return harness.snapshot(id, id);
    }

    private void send(StreamKey key, String json) throws Exception {
        harness.processElement(
                CanonicalizerHarness.RECORDS,
                CanonicalizerHarness.record(key, json, position++, null));
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var queue = harness.getSideOutput(tag);
        return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
    }

    private static CanonicalizerHarness newHarness() throws Exception {
        CanonicalizeSettings settings = TestingStage.settings(new Configuration());
        return new CanonicalizerHarness(settings, RegistryReader.empty(), 1, 0);
    }
}
