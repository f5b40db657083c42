package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real job with feeds of three formats on two brokers. */
class FeedITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ROW =
            "'after':{'id':%d,'name':'%s','annual_revenue':'%s','updated_at':1700000000123456}";
    private static final String EVENT =
            "{'schema':{'type':'struct','fields':[{'type':'struct','field':'after','fields':["
                    + "{'type':'int32','field':'id'},{'type':'string','field':'name'},"
                    + "{'type':'bytes','name':'org.apache.kafka.connect.data.Decimal','parameters':{'scale':'2'},'field':'annual_revenue'},"
                    + "{'type':'int64','name':'io.debezium.time.MicroTimestamp','field':'updated_at'}]}]},"
                    + "'payload':{'op':'%s',%s,'source':{'connector':'postgresql','schema':'public','table':'accounts','ts_ms':1700000001000}}}";

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @TempDir private static Path folder;

    @RegisterExtension private static final TestingBroker own = new TestingBroker();
    @RegisterExtension private static final TestingBroker far = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void changesOfATableOnAnotherClusterAndMessagesOfOtherFormatsBecomeCanonicalEvents()
            throws Exception {
        produce(
                own,
                "syncs",
                "{'type':'STATE','state':{}}",
                "{'type':'RECORD','record':{'stream':'accounts','emitted_at':1700000000000,'data':{'id':50,'name':'synced'}}}",
                "{'type':'RECORD','record':{'stream':'accounts'}}");
        JobClient job = submit();
        assertThat(accounts(1)).containsEntry("50", "upsert synced null");

        // The topic is made while the job runs, and found by its pattern.
        produce(
                far,
                "srv.public.accounts",
                "{'id':1}|" + event("r", 1, "snapshot", "AN4="),
                "{'id':2}|" + event("c", 2, "made", "MDk="),
                "{'id':2}|" + event("u", 2, "changed", "MDo="),
                "{'id':1}|" + EVENT.formatted("d", "'before':{'id':1,'name':null}"),
                "{'id':1}|",
                "|" + EVENT.formatted("t", "'before':null"));

        Map<String, String> events = accounts(5);
        assertThat(events)
                .containsEntry("1", "delete null null")
                .containsEntry("2", "upsert changed 123.46")
                .hasSize(3);
        LedgerBook ledger = new LedgerBook();
        TestingBroker.await(PATIENCE, () -> in(ledger) == 7);
        assertThat(ledger.sum(entry -> entry.deadLettered())).isEqualTo(2);
        assertThat(ledger.sum(entry -> entry.residual())).isZero();
        assertThat(console.run(deadLetters("list"))).isZero();
        assertThat(String.join("\n", console.out())).contains("AOS-109").contains("AOS-110");

        assertThat(console.run(deadLetters("replay"))).isZero();
        TestingBroker.await(PATIENCE, () -> in(ledger) == 9);
        assertThat(ledger.sum(entry -> entry.deadLettered())).isEqualTo(4);
        job.cancel().get();
        aPlanAndADraftReadTheTopicsOfFeedsToo();
    }

    private void aPlanAndADraftReadTheTopicsOfFeedsToo() throws IOException {
        Path mapping =
                Files.writeString(
                        folder.resolve("plan.yaml"),
                        "mapping: m\nextends: supabase-accounts\nfields: {name: {const: plan}}\n");
        int planned =
                console.run(
                        "mappings",
                        "publish",
                        "--plan",
                        "--force",
                        "--bootstrap",
                        own.bootstrapServers(),
                        "--tenant",
                        "acme",
                        "--connection",
                        "warehouse",
                        "--raw-topic",
                        "syncs",
                        "--raw-format",
                        "airbyte",
                        mapping.toString());
        assertThat(planned).as(() -> console.out() + "\n" + console.err()).isZero();
        assertThat(String.join("\n", console.out()))
                .contains("of acme/warehouse/accounts tried")
                .contains("50: \"synced\" -> \"plan\"");

        int drafted =
                console.run(
                        "mappings",
                        "infer",
                        "--bootstrap",
                        far.bootstrapServers(),
                        "--tenant",
                        "acme",
                        "--connection",
                        "crm-db",
                        "--source",
                        "postgresql",
                        "--stream",
                        "accounts",
                        "--raw-format",
                        "debezium",
                        "srv.public.accounts");
        assertThat(drafted).as(() -> console.out() + "\n" + console.err()).isZero();
        assertThat(String.join("\n", console.out())).contains("annual_revenue: annual_revenue");
    }

    private static String event(String op, int id, String name, String revenue) {
        return EVENT.formatted(op, ROW.formatted(id, name, revenue));
    }

    private static String[] deadLetters(String command) {
        return new String[] {"dead-letter", command, "--bootstrap", own.bootstrapServers()};
    }

    private void produce(TestingBroker kafka, String topic, String... lines) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve(topic), String.join("\n", lines).replace('\'', '"') + "\n");
        int exit =
                console.run(
                        "produce",
                        "--bootstrap",
                        kafka.bootstrapServers(),
                        "--topic",
                        topic,
                        "--as-is",
                        "--key-separator",
                        "|",
                        file.toString());
        assertThat(exit).as(() -> console.out() + "\n" + console.err()).isZero();
    }

    private static long in(LedgerBook ledger) {
        try (TopicReader reader = own.reader()) {
            ledger.refresh(reader, "autonomos");
        }
        return ledger.sum(entry -> entry.in());
    }

    /** Op, name and revenue of the last event of each account, once there are so many events. */
    private static Map<String, String> accounts(int count) {
        Map<String, String> last = new TreeMap<>();
        int[] seen = {0};
        try (TopicReader reader = own.reader()) {
            TestingBroker.await(
                    PATIENCE,
                    () -> {
                        reader.read(
                                "autonomos.canonical.account",
                                message -> {
                                    JsonNode event = TestingBroker.json(message.value());
                                    seen[0]++;
                                    last.put(
                                            event.at("/source/record_id").asText(),
                                            "%s %s %s"
                                                    .formatted(
                                                            event.at("/op").asText(),
                                                            text(event.at("/data/name")),
                                                            text(
                                                                    event.at(
                                                                            "/data/annual_revenue"))));
                                });
                        return seen[0] >= count;
                    });
        }
        return last;
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "null" : node.asText();
    }

    private static JobClient submit() throws Exception {
        List<String> settings =
                List.of(
                        "kafka.bootstrap-servers=" + own.bootstrapServers(),
                        "sinks=kafka",
                        "checkpoint-interval=200 ms",
                        "input.discovery-interval=500 ms",
                        "feeds.syncs.format=airbyte",
                        "feeds.syncs.topics=syncs",
                        "feeds.syncs.tenant=acme",
                        "feeds.syncs.connection=warehouse",
                        "feeds.syncs.source=supabase",
                        "feeds.cdc.format=debezium",
                        "feeds.cdc.bootstrap-servers=" + far.bootstrapServers(),
                        "feeds.cdc.topic-pattern=srv\\.public\\..*",
                        "feeds.cdc.tenant=acme",
                        "feeds.cdc.connection=crm-db");
        return TestingBroker.submit(
                1, null, settings.stream().map(each -> "-D" + each).toArray(String[]::new));
    }
}
