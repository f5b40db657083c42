package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.review.ReviewBoard;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void aPersonApprovesARepairAndWhatWaitedGoesOn() throws Exception {
        run(0, "control", "set", "--tenant", "acme", "safe-mode=on");
        JobClient job = TestingBroker.submit(2, null, kafka.settings(PREFIX));
        for (StreamKey key : List.of(ONE, TWO)) {
            kafka.sendDeals(PREFIX, key, 0, KNOWN, 1, "StageName");
        }
        TestingBroker.await(PATIENCE, () -> ledger(ONE, LedgerEntry::canonical) == KNOWN);
        TestingBroker.await(PATIENCE, () -> ledger(TWO, LedgerEntry::canonical) == KNOWN);
        for (StreamKey key : List.of(ONE, TWO)) {
            kafka.sendDeals(PREFIX, key, 20, 60, 2, "Opportunity_Stage");
        }
        TestingBroker.await(PATIENCE, () -> proposal(ONE) != null && proposal(TWO) != null);
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

        TestingBroker.await(PATIENCE, () -> ledger(ONE, LedgerEntry::canonical) == KNOWN + 40);
        assertThat(ledger(ONE, LedgerEntry::parked)).isZero();
        assertThat(ledger(TWO, LedgerEntry::parked)).isEqualTo(40);
        assertThat(ledger(ONE, LedgerEntry::residual)).isZero();
        assertThat(ledger(TWO, LedgerEntry::residual)).isZero();
        kafka.sendDeals(PREFIX, ONE, 60, 70, 3, "Opportunity_Stage");
        TestingBroker.await(PATIENCE, () -> ledger(ONE, LedgerEntry::canonical) == KNOWN + 50);
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
        try (TopicReader reader = kafka.reader()) {
            ledger.refresh(reader, PREFIX);
        }
        return ledger.accounts().stream()
                .filter(each -> each.key().equals(key))
                .mapToLong(column)
                .sum();
    }

    private List<String> run(int exitCode, String... arguments) {
        return kafka.run(console, PREFIX, exitCode, arguments);
    }
}
