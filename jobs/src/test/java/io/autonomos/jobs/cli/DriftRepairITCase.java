package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RegistryClient;
import io.autonomos.jobs.TopicReader;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The real job with a real broker: sources rename a field while it runs. */
class DriftRepairITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "drift";
    private static final String STABLE = "globex";
    private static final int KNOWN = 40;

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final LedgerBook ledger = new LedgerBook();
    private final RegistryClient registry =
            new RegistryClient(kafka.bootstrapServers(), Map.of(), PREFIX);

    @Test
    void aRenamedFieldIsMendedWhileTheJobRunsAndNoRecordIsLostOrTurnedRound() throws Exception {
        JobClient job = TestingBroker.submit(2, null, kafka.settings(PREFIX));
        List<StreamKey> streams = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            streams.add(new StreamKey("acme", "crm-" + i, "Opportunity"));
        }
        StreamKey stable = new StreamKey(STABLE, "crm", "Opportunity");
        streams.forEach(key -> kafka.sendDeals(PREFIX, key, 0, KNOWN, 1, "StageName"));
        kafka.sendDeals(PREFIX, stable, 0, KNOWN, 1, "StageName");
        TestingBroker.await(PATIENCE, () -> canonical() == (streams.size() + 1L) * KNOWN);

        List<Long> millis = new ArrayList<>();
        for (StreamKey key : streams) {
            long begin = System.currentTimeMillis();
            kafka.sendDeals(PREFIX, key, 20, 60, 2, "Opportunity_Stage");
            TestingBroker.await(PATIENCE, () -> repaired(key) != null);
            millis.add(repaired(key).toEpochMilli() - begin);
            kafka.sendDeals(PREFIX, stable, 0, KNOWN, 2, "StageName");
            kafka.sendDeals(PREFIX, key, 20, 60, 3, "Opportunity_Stage");
        }

        long all = (streams.size() + 1L) * KNOWN + streams.size() * (40L + KNOWN + 40);
        TestingBroker.await(PATIENCE, () -> canonical() == all);
        assertThat(ledger.sum(LedgerEntry::parked)).isZero();
        assertThat(ledger.sum(LedgerEntry::residual)).isZero();
        assertThat(ledger.sum(LedgerEntry::deadLettered)).isZero();
        assertOrdered(streams);
        assertThat(messages("proposals"))
                .hasSize(streams.size())
                .allSatisfy(each -> assertThat(each.path("tier").asText()).isEqualTo("apply"));
        assertThat(messages("drift"))
                .filteredOn(each -> !each.path("severity").asText().equals("low"))
                .allSatisfy(each -> assertThat(each.path("tenant").asText()).isEqualTo("acme"))
                .extracting(each -> each.at("/changes/0/kind").asText())
                .containsOnly("renamed");
        assertThat(millis)
                .as("from the first drifted record to the mapping in effect, ms")
                .allSatisfy(each -> assertThat(each).isLessThan(20_000));
        anotherTenantIsToldThatTheChangeIsKnown();
        job.cancel().get();
    }

    private void anotherTenantIsToldThatTheChangeIsKnown() throws Exception {
        TestingBroker.await(PATIENCE, () -> messages("memory").size() == 8);
        StreamKey other = new StreamKey("initech", "crm", "Opportunity");
        long before = canonical();
        kafka.sendDeals(PREFIX, other, 0, KNOWN, 1, "StageName");
        TestingBroker.await(PATIENCE, () -> canonical() == before + KNOWN);
        kafka.sendDeals(PREFIX, other, 20, 60, 2, "Opportunity_Stage");
        TestingBroker.await(PATIENCE, () -> repaired(other) != null);

        TestingBroker.await(PATIENCE, () -> messages("proposals").size() == 9);
        assertThat(messages("proposals"))
                .filteredOn(each -> each.path("tenant").asText().equals("initech"))
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.at("/changes/0/evidence"))
                                        .anySatisfy(
                                                said ->
                                                        assertThat(said.path("note").asText())
                                                                .startsWith(
                                                                        "the same change was"
                                                                                + " accepted by 1"
                                                                                + " other tenants"))
                                        .noneMatch(said -> said.toString().contains("acme")));
    }

    /** Each record's versions are there once each, in order, with their stage. */
    private void assertOrdered(List<StreamKey> streams) {
        Map<String, List<String>> versions = new TreeMap<>();
        for (JsonNode event : messages("canonical.opportunity")) {
            String id = event.at("/source/connection").asText() + event.at("/source/record_id");
            assertThat(event.at("/data/stage").asText()).startsWith("Stage ");
            versions.computeIfAbsent(event.path("tenant").asText() + id, v -> new ArrayList<>())
                    .add(event.at("/data/name").asText().split(" ")[2]);
        }
        for (StreamKey key : streams) {
            for (int n = 20; n < 60; n++) {
                List<String> expected = new ArrayList<>(List.of("v2", "v3"));
                if (n < KNOWN) {
                    expected.add(0, "v1");
                }
                assertThat(
                                versions.get(
                                        "acme"
                                                + key.connection()
                                                + "\""
                                                + TestingBroker.dealId(n)
                                                + "\""))
                        .isEqualTo(expected);
            }
        }
    }

    private List<JsonNode> messages(String topic) {
        List<JsonNode> found = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            reader.read(
                    PREFIX + "." + topic,
                    message -> found.add(TestingBroker.json(message.value())));
        }
        return found;
    }

    /** When the repair of a stream took effect, or null. */
    private Instant repaired(StreamKey key) {
        for (RegistryBook.Entry line : registry.read().history(key)) {
            if (line.message().version().origin().equals(MappingVersion.REPAIR)
                    && line.verdict() != null) {
                assertThat(line.verdict().outcome()).isEqualTo("accepted");
                return line.verdict().at();
            }
        }
        return null;
    }

    private long canonical() {
        try (TopicReader reader = kafka.reader()) {
            ledger.refresh(reader, PREFIX);
        }
        return ledger.sum(LedgerEntry::canonical);
    }
}
