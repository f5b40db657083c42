package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.AutonomosJob;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.stack.EmbeddedKafka;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole loop with a person in it: a field is renamed, a person decides, what waited goes on.
 */
class ReviewLoopITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "loop";
    private static final StreamKey ONE = new StreamKey("acme", "crm-1", "Opportunity");
    private static final StreamKey TWO = new StreamKey("acme", "crm-2", "Opportunity");
    private static final int KNOWN = 40;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    private final TestingConsole console = new TestingConsole();

    @BeforeAll
    static void start() {
        kafka =
                EmbeddedKafka.start(
                        folder.resolve("kafka"), StackPorts.choose(StackPorts.Asked.ANY).kafka());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void aPersonApprovesARepairAndWhatWaitedGoesOn() throws Exception {
        run(0, "control", "set", "--tenant", "acme", "safe-mode=on");
        JobClient job = submit();
        for (StreamKey key : List.of(ONE, TWO)) {
            send(key, 0, KNOWN, 1, "StageName");
        }
        await(() -> ledger(ONE, LedgerEntry::canonical) == KNOWN);
        await(() -> ledger(TWO, LedgerEntry::canonical) == KNOWN);
        for (StreamKey key : List.of(ONE, TWO)) {
            send(key, 20, 60, 2, "Opportunity_Stage");
        }
        await(() -> proposal(ONE) != null && proposal(TWO) != null);
        assertThat(ledger(ONE, LedgerEntry::parked)).isEqualTo(40);
        String one = proposal(ONE).proposal().id();
        String two = proposal(TWO).proposal().id();

        assertThat(run(0, "review", "list", "--status", "pending")).hasSize(3);
        assertThat(run(0, "review", "show", one))
                .anyMatch(line -> line.contains("StageName -> Opportunity_Stage"));
        assertThat(run(0, "drift", "list", "--tenant", "acme"))
                .anyMatch(l -> l.contains("renamed"));
        assertThat(run(0, "review", "approve", one, "--by", "jo").get(0))
                .matches(
                        "proposal .* is approved: acme/crm-1/Opportunity version \\d+ is in effect.");
        assertThat(run(0, "review", "reject", two, "--by", "kim")).hasSize(1);

        await(() -> ledger(ONE, LedgerEntry::canonical) == KNOWN + 40);
        assertThat(ledger(ONE, LedgerEntry::parked)).isZero();
        assertThat(ledger(TWO, LedgerEntry::parked)).isEqualTo(40);
        assertThat(ledger(ONE, LedgerEntry::residual)).isZero();
        assertThat(ledger(TWO, LedgerEntry::residual)).isZero();
        send(ONE, 60, 70, 3, "Opportunity_Stage");
        await(() -> ledger(ONE, LedgerEntry::canonical) == KNOWN + 50);
        assertThat(
                        run(
                                0,
                                "mappings",
                                "history",
                                "--tenant",
                                "acme",
                                "--connection",
                                "crm-1",
                                "--stream",
                                "Opportunity"))
                .anyMatch(line -> line.matches("version \\d+, repair by jo .*in effect.*"));
        job.cancel().get();
    }

    private ReviewBoard.Row proposal(StreamKey key) {
        BrokerOptions brokers = new BrokerOptions();
        new CommandLine(brokers)
                .parseArgs("--bootstrap", kafka.bootstrapServers(), "--topic-prefix", PREFIX);
        try (ReviewBoard board = new ReviewBoard(brokers)) {
            return board.rows().stream()
                    .filter(row -> row.proposal().key().equals(key) && row.last() != null)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static long ledger(StreamKey key, ToLongFunction<LedgerEntry> column) {
        LedgerBook ledger = new LedgerBook();
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), Map.of())) {
            ledger.refresh(reader, PREFIX);
        }
        return ledger.accounts().stream()
                .filter(each -> each.key().equals(key))
                .mapToLong(column)
                .sum();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private List<String> run(int exitCode, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap", kafka.bootstrapServers(), "--topic-prefix", PREFIX));
        assertThat(console.run(all.toArray(new String[0])))
                .as(() -> all + "\n" + console.out() + "\n" + console.err())
                .isEqualTo(exitCode);
        return console.out();
    }

    private static void send(StreamKey key, int from, int to, int version, String stage) {
        try (RawTopicWriter writer =
                new RawTopicWriter(kafka.bootstrapServers(), Map.of(), PREFIX + ".raw")) {
            for (int n = from; n < to; n++) {
                String json =
                        """
                        {"Id":"0065f%010dAAA","Name":"Deal %d","AccountId":"0015f%010dAAA","%s":"Stage %d",\
                        "Amount":%d.5,"CurrencyIsoCode":"EUR","CloseDate":"2024-05-%02d",\
                        "Probability":%d,"OwnerId":"0055f%010dAAA",\
                        "CreatedDate":"2024-01-13T17:35:59.904+0000",\
                        "SystemModstamp":"2024-02-%02dT17:35:59.904+0000"}"""
                                .formatted(
                                        n,
                                        n,
                                        n % 7,
                                        stage,
                                        n % 6,
                                        1_000 + 17 * n,
                                        1 + n % 28,
                                        n % 100,
                                        n % 5,
                                        version);
                writer.send(
                        key, "salesforce", null, null, 1_700_000_000_000L, json.getBytes(UTF_8));
            }
        }
    }

    private static JobClient submit() throws Exception {
        Configuration flink = new Configuration();
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(2);
        return AutonomosJob.submit(
                env,
                JobConfig.fromArguments(
                        "-Dkafka.bootstrap-servers=" + kafka.bootstrapServers(),
                        "-Dkafka.topic-prefix=" + PREFIX,
                        "-Dkafka.sink.transactional-id-prefix=" + System.nanoTime(),
                        "-Dsinks=kafka",
                        "-Dcheckpoint-interval=200 ms"));
    }
}
