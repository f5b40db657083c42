package io.autonomos.operators.canonicalize;

import static io.autonomos.operators.canonicalize.TestingRegistry.nameFrom;
import static io.autonomos.operators.canonicalize.TestingRegistry.version;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mapping versions that come while records flow, and after restarts. */
class LiveMappingTest {

    private static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    private static final StreamKey GLOBEX = new StreamKey("globex", "sf", "Account");
    private static final StreamKey CUSTOM = new StreamKey("acme", "sf", "Planet__c");
    private static final String RECORD = "{\"Id\":\"1\",\"Name\":\"a\",\"Alias\":\"b\"}";
    private static final CanonicalizeSettings SETTINGS =
            new CanonicalizeSettings(1 << 20, 128, 10_000, 1_000, Duration.ofDays(1));

    private final TestingRegistry registry = new TestingRegistry();
    private KeyedTwoInputStreamOperatorTestHarness<
                    StreamKey, RawRecord, RegistryMessage, CanonicalEvent>
            job;
    private long position;

    @AfterEach
    void close() throws Exception {
        job.close();
    }

    @Test
    void aVersionTakesEffectForTheNextRecordOfItsStreamAlone() throws Exception {
        job = start(null, 1, 0);
        send(ACME);
        send(GLOBEX);

        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        send(ACME);
        send(GLOBEX);

        assertThat(events())
                .containsExactly(
                        "acme a salesforce-account 1",
                        "globex a salesforce-account 1",
                        "acme b crm-account 2",
                        "globex a salesforce-account 1");
        assertThat(verdicts()).containsExactly("acme 2 accepted");
    }

    @Test
    void aVersionForAStreamWithoutRecordsIsKeptUntilTheyCome() throws Exception {
        job = start(null, 1, 0);

        receive(registry.append(version(CUSTOM, 1, nameFrom("Alias"))));
        assertThat(verdicts()).containsExactly("acme 1 accepted");
        send(CUSTOM);

        assertThat(events()).containsExactly("acme b crm-account 1");
    }

    @Test
    void theVersionOnTheEventsStandsInTheirEnvelopeToo() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 7, nameFrom("Alias"))));
        send(ACME);

        assertThat(new String(job.extractOutputValues().get(0).json(), UTF_8))
                .contains("\"mapping\":{\"id\":\"crm-account\",\"version\":7}");
    }

    @Test
    void aVersionThatDoesNotCompileIsRefusedWithItsReasonAndReachesNoRecord() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        receive(registry.append(version(ACME, 3, nameFrom("Alias") + "  nmae: Name\n")));
        send(ACME);

        assertThat(events()).containsExactly("acme b crm-account 2");
        assertThat(verdicts()).containsExactly("acme 2 accepted", "acme 3 refused");
        MappingVerdict.Problem problem = lastVerdict().problems().get(0);
        assertThat(problem.code()).isEqualTo("AOS-605");
        assertThat(problem.line()).isEqualTo(9);
        assertThat(problem.hint()).contains("name");
    }

    @Test
    void aVersionThatGoesBackIsRefused() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 5, nameFrom("Alias"))));

        receive(registry.append(version(ACME, 4, nameFrom("Name"))));
        send(ACME);

        assertThat(events()).containsExactly("acme b crm-account 5");
        assertThat(lastVerdict().problems().get(0).text())
                .startsWith("AOS-690: version 4 goes back: version 5 is in effect.");
    }

    @Test
    void ofTwoWritersOfOneNumberTheFirstWins() throws Exception {
        job = start(null, 1, 0);

        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        receive(registry.append(version(ACME, 2, nameFrom("Name"))));
        send(ACME);

        assertThat(events()).containsExactly("acme b crm-account 2");
        assertThat(verdicts()).containsExactly("acme 2 accepted", "acme 2 refused");
        assertThat(lastVerdict().problems().get(0).code()).isEqualTo("AOS-690");
    }

    @Test
    void aRepeatedVersionIsAcceptedAgainAndChangesNothing() throws Exception {
        job = start(null, 1, 0);

        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        assertThat(verdicts()).containsExactly("acme 2 accepted", "acme 2 accepted");
    }

    @Test
    void aMappingForAnotherSourceIsRefused() throws Exception {
        job = start(null, 1, 0);

        receive(registry.append(version(ACME, "hubspot", 2, nameFrom("Alias"))));

        assertThat(verdicts()).containsExactly("acme 2 refused");
        assertThat(lastVerdict().problems().get(0).code()).isEqualTo("AOS-691");
    }

    @Test
    void recordsOfAnotherSourceThanTheVersionsGoByTheShippedMapping() throws Exception {
        job = start(null, 1, 0);
        String zendesk = nameFrom("Alias").replace("salesforce", "zendesk");
        receive(registry.append(version(ACME, "zendesk", 2, zendesk)));

        send(ACME);

        assertThat(events()).containsExactly("acme a salesforce-account 1");
    }

    @Test
    void junkAndForeignKeysAreRefusedAndHarmNothing() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));

        receive(registry.append("\u0000", "\u0001"));
        receive(registry.append("[\"acme\",\"sf\",\"Account\",3,\"x\"]", "{\"tenant\":\"acme\"}"));
        byte[] value = RegistryMessage.of(version(GLOBEX, 3, nameFrom("Name"))).value();
        byte[] key = RegistryMessage.of(version(ACME, 3, nameFrom("Name"))).messageKey();
        receive(registry.append(key, value));
        send(ACME);
        send(GLOBEX);

        assertThat(events())
                .containsExactly("acme b crm-account 2", "globex a salesforce-account 1");
        assertThat(verdicts())
                .containsExactly(
                        "acme 2 accepted",
                        "_unaddressed 0 refused",
                        "acme 3 refused",
                        "acme 3 refused");
        assertThat(lastVerdict().problems().get(0).code()).isEqualTo("AOS-403");
    }

    @Test
    void aTombstoneOnTheVersionInEffectIsRefusedAndTheVersionPutBack() throws Exception {
        job = start(null, 1, 0);
        RegistryMessage two = registry.append(version(ACME, 2, nameFrom("Alias")));
        receive(two);

        receive(registry.append(two.messageKey(), null));
        send(ACME);

        assertThat(events()).containsExactly("acme b crm-account 2");
        assertThat(lastVerdict().problems().get(0).code()).isEqualTo("AOS-692");
        RegistryMessage back = side(Canonicalizer.VERDICTS).get(1);
        assertThat(back.isVerdict()).isFalse();
        assertThat(back.version()).isEqualTo(version(ACME, 2, nameFrom("Alias")));
        assertThat(back.messageKey()).isEqualTo(two.messageKey());
    }

    @Test
    void aRestartKeepsTheVersionAndItsNumber() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        receive(registry.append(version(CUSTOM, 1, nameFrom("Alias"))));
        OperatorSubtaskState snapshot = checkpoint();
        job.close();

        job = start(snapshot, 1, 0);
        send(ACME);
        send(CUSTOM);
        receive(registry.append(version(ACME, 2, nameFrom("Name"))));
        send(ACME);

        assertThat(events())
                .containsExactly(
                        "acme b crm-account 2", "acme b crm-account 1", "acme b crm-account 2");
        assertThat(verdicts()).containsExactly("acme 2 refused");
    }

    @Test
    void aRestoredJobDoesNotReadTheRegistryAgain() throws Exception {
        job = start(null, 1, 0);
        OperatorSubtaskState snapshot = checkpoint();
        job.close();
        RegistryMessage later = registry.append(version(ACME, 2, nameFrom("Alias")));

        job = start(snapshot, 1, 0);
        send(ACME);
        receive(later);
        send(ACME);

        assertThat(events()).containsExactly("acme a salesforce-account 1", "acme b crm-account 2");
    }

    @Test
    void aFreshJobTranslatesItsFirstRecordByTheLatestVersion() throws Exception {
        RegistryMessage one = registry.append(version(ACME, 2, nameFrom("Name")));
        RegistryMessage two = registry.append(version(ACME, 3, nameFrom("Alias")));
        RegistryMessage bad = registry.append(version(ACME, 4, "fields: 7"));
        job = start(null, 1, 0);

        send(ACME);
        receive(one);
        receive(two);
        receive(bad);
        send(ACME);
        checkpoint();

        assertThat(events()).containsExactly("acme b crm-account 3", "acme b crm-account 3");
        assertThat(verdicts())
                .containsExactly("acme 2 accepted", "acme 3 accepted", "acme 4 refused");
    }

    @Test
    void aFreshJobKeepsToWhatAnEarlierOneDecided() throws Exception {
        job = start(null, 1, 0);
        receive(registry.append(version(ACME, 2, nameFrom("Alias"))));
        registry.append(version(ACME, 2, nameFrom("Name")));
        side(Canonicalizer.VERDICTS).forEach(registry::append);
        job.close();

        job = start(null, 1, 0);
        send(ACME);
        checkpoint();

        assertThat(events()).containsExactly("acme b crm-account 2");
        assertThat(verdicts()).containsExactly("acme 2 refused");
    }

    @Test
    void eachSubtaskKeepsItsOwnStreamsOnly() throws Exception {
        for (int i = 0; i < 40; i++) {
            registry.append(version(new StreamKey("t" + i, "sf", "A"), 1, nameFrom("Alias")));
        }
        int kept = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            job = start(null, 2, subtask);
            kept += job.numKeyedStateEntries();
            checkpoint();
            assertThat(verdicts()).hasSizeBetween(5, 35);
            job.close();
        }

        assertThat(kept).isEqualTo(2 * 40);
    }

    @Test
    void aVersionOfStateThatNoLongerCompilesMakesDeadLettersThatSaySo() throws Exception {
        RegistryMessage broken = registry.append(version(ACME, 2, "fields: 7"));
        registry.append(
                RegistryMessage.of(
                        new MappingVerdict(
                                "acme",
                                "sf",
                                "Account",
                                2,
                                0,
                                broken.position(),
                                MappingVerdict.ACCEPTED,
                                null,
                                null,
                                List.of(),
                                java.time.Instant.EPOCH)));
        job = start(null, 1, 0);

        send(ACME);
        receive(registry.append(version(ACME, 3, nameFrom("Alias"))));
        send(ACME);

        assertThat(side(Canonicalizer.DEAD_LETTERS))
                .extracting(DeadLetter::fault)
                .extracting(fault -> fault.code())
                .containsExactly("AOS-693");
        assertThat(events()).containsExactly("acme b crm-account 3");
    }

    private void send(StreamKey key) throws Exception {
        job.processElement1(
                new StreamRecord<>(
                        new RawRecord(
                                key,
                                "salesforce",
                                null,
                                null,
                                0,
                                "t",
                                0,
                                position++,
                                null,
                                RECORD.getBytes(UTF_8),
                                null,
                                null)));
    }

    private void receive(RegistryMessage message) throws Exception {
        job.processElement2(new StreamRecord<>(message));
    }

    private OperatorSubtaskState checkpoint() throws Exception {
        job.getOperator().prepareSnapshotPreBarrier(1);
        return job.snapshot(1, 1);
    }

    /** Tenant, name, mapping and version of each event. */
    private List<String> events() {
        return job.extractOutputValues().stream()
                .map(
                        e ->
                                "%s %s %s %d"
                                        .formatted(
                                                e.key().tenant(),
                                                name(e),
                                                e.mapping(),
                                                e.mappingVersion()))
                .toList();
    }

    private static String name(CanonicalEvent event) {
        return new String(event.json(), UTF_8).contains("\"name\":\"a\"") ? "a" : "b";
    }

    private List<String> verdicts() {
        return side(Canonicalizer.VERDICTS).stream()
                .filter(RegistryMessage::isVerdict)
                .map(RegistryMessage::verdict)
                .map(v -> "%s %d %s".formatted(v.tenant(), v.version(), v.outcome()))
                .toList();
    }

    private MappingVerdict lastVerdict() {
        List<RegistryMessage> all = side(Canonicalizer.VERDICTS);
        return all.get(all.size() - 1).verdict();
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var queue = job.getSideOutput(tag);
        return queue == null ? List.of() : queue.stream().map(StreamRecord::getValue).toList();
    }

    private KeyedTwoInputStreamOperatorTestHarness<
                    StreamKey, RawRecord, RegistryMessage, CanonicalEvent>
            start(OperatorSubtaskState snapshot, int subtasks, int subtask) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<
                        StreamKey, RawRecord, RegistryMessage, CanonicalEvent>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new Canonicalizer(SETTINGS, registry),
                                RawRecord::key,
                                RegistryMessage::key,
                                TypeInformation.of(StreamKey.class),
                                128,
                                subtasks,
                                subtask);
        if (snapshot != null) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            snapshot, 128, 1, subtasks, subtask));
        }
        harness.open();
        return harness;
    }
}
