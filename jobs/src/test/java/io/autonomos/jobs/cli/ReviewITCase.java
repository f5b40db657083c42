package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.autonomos.jobs.ControlClient;
import io.autonomos.jobs.JobConfig;
import io.autonomos.jobs.ReviewWriter;
import io.autonomos.jobs.TestingReviewJob;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ProposalStatus;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Review;
import io.autonomos.schemas.messages.Tier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** People decide by commands, with a real broker, a real job and a webhook. */
@SuppressWarnings("TimeInStaticInitializer") // the class runs once
class ReviewITCase {

    private static final String PREFIX = "rev";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant START = Instant.now().minusSeconds(600);

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @TempDir private static Path folder;

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();
    private static HttpServer webhook;
    private static final List<String> TOLD = new CopyOnWriteArrayList<>();

    private final TestingConsole console = new TestingConsole();

    @BeforeAll
    static void start() throws Exception {
        webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        webhook.createContext(
                "/",
                exchange -> {
                    TOLD.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        webhook.start();
        Files.writeString(
                folder.resolve("hook"),
                "http://127.0.0.1:%d/".formatted(webhook.getAddress().getPort()));
    }

    @AfterAll
    static void stop() {
        webhook.stop(0);
    }

    @Test
    void peopleDecideOnProposals() throws Exception {
        Topics.ensureRaw(
                kafka.bootstrapServers(), Map.of(), TestingReviewJob.input(PREFIX), 1 << 20);
        JobClient reviewing = TestingReviewJob.submit(config(), null);
        propose(proposal("p-one", "Account", 1), proposal("p-two", "Contact", 1));
        kafka.send(PREFIX + ".drift", null, drift());
        awaitStatus("p-two", "pending");

        assertThat(run(0, "review", "list"))
                .anyMatch(
                        line -> line.matches("p-one +pending +review +0.700 +3 .*Name -> Alias.*"));
        assertThat(run(0, "review", "list", "--tenant", "globex"))
                .containsExactly("There is no such proposal.");
        assertThat(run(0, "drift", "list")).anyMatch(line -> line.startsWith("d-1"));
        assertThat(run(0, "drift", "show", "d-1"))
                .anyMatch(line -> line.startsWith("Proposal p-one: pending"));
        assertThat(run(0, "review", "show", "p-one"))
                .anyMatch(line -> line.contains("3 of 3 translated"));

        assertThat(run(0, "review", "approve", "p-o", "--by", "jo", "--reason", "fits"))
                .containsExactly(
                        "proposal p-one is approved: acme/sf/Account version 2 is in effect.");
        run(1, "review", "reject", "p-one", "--by", "kim");
        assertThat(console.err().get(1)).contains("AOS-922").contains("approved by jo");
        run(1, "review", "approve", "p-one", "--tenant", "globex");
        assertThat(console.err().get(0)).contains("AOS-921");
        reviewsThatAreWrong();

        run(0, publish(3));
        propose(proposal("p-late", "Account", 2));
        awaitStatus("p-late", "pending");
        run(1, "review", "approve", "p-late");
        assertThat(console.err().get(0)).contains("is approved, but version 3 of acme/sf/Account");
        assertThat(console.err().get(1)).contains("AOS-690");

        reviewing = restart(reviewing);
        Path file = Files.writeString(folder.resolve("e.yaml"), mapping("Contact", "contact", 1));
        run(1, "review", "edit", "p-two", "--mapping", bad().toString());
        assertThat(console.err().get(0)).contains("AOS-605");
        assertThat(run(0, "review", "edit", "p-two", "--mapping", file.toString()))
                .containsExactly(
                        "proposal p-two is edited: acme/sf/Contact version 2 is in effect.");
        assertThat(TOLD).hasSize(3).allMatch(each -> each.contains("waits for a decision"));
        reviewing.cancel().get();
        run(2, "review", "reject", "p-late", "--timeout", "0.5");
    }

    @Test
    void settingsAreChangedOneByOne() throws Exception {
        assertThat(run(0, "control", "get")).anyMatch(l -> l.matches(". +llm +off +default"));
        assertThat(
                        run(
                                0,
                                "control",
                                "set",
                                "--tenant",
                                "*",
                                "llm=on",
                                "drift=pass",
                                "llm-tokens=9"))
                .containsExactly("The settings of all tenants are at revision 1.");
        assertThat(run(0, "control", "set", "--tenant", "acme", "llm=off", "--reason", "dear"))
                .containsExactly("The settings of acme are at revision 1.");
        assertThat(run(0, "control", "get", "--tenant", "acme"))
                .anyMatch(line -> line.matches("acme +llm +off +acme +1"))
                .anyMatch(line -> line.matches("acme +drift +pass +[*] +1"))
                .anyMatch(line -> line.matches("acme +llm-tokens +9 +[*] +1"))
                .anyMatch(line -> line.matches("acme +safe-mode +off +default"));
        assertThat(run(0, "control", "set", "--tenant", "acme", "llm=default", "--json").get(0))
                .contains("\"revision\":2", "\"flags\":{}");
        for (String wrong : List.of("lllm=on", "llm=maybe", "drift=keep", "x y=1", "other=word")) {
            run(1, "control", "set", "--tenant", "acme", wrong);
            assertThat(console.err().get(0)).contains(wrong.substring(0, wrong.indexOf('=')));
        }
        thresholdsAreSetForAFieldAndTakenBack();

        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long number = i;
            writers.add(
                    new Thread(
                            () ->
                                    new ControlClient(kafka.bootstrapServers(), Map.of(), PREFIX)
                                            .change("globex", was -> plus(was, number))));
        }
        writers.forEach(Thread::start);
        for (Thread each : writers) {
            each.join();
        }
        assertThat(run(0, "control", "get", "--tenant", "globex", "--json"))
                .filteredOn(line -> line.contains("budget-"))
                .hasSize(3);
    }

    private void thresholdsAreSetForAFieldAndTakenBack() throws Exception {
        String[] amount = {"control", "set", "--tenant", "acme", "--field", "amount", ""};
        amount[6] = "apply-threshold=0.99";
        run(0, amount);
        run(0, "control", "set", "--tenant", "acme", "--source", "hubspot", "review-threshold=0.5");
        assertThat(run(0, "control", "get", "--tenant", "acme"))
                .anyMatch(
                        line -> line.matches("acme +apply-threshold [*]/[*]/amount +0.99 +acme +4"))
                .anyMatch(line -> line.matches("acme +review-threshold hubspot/[*]/[*] +0.5 .*"));
        amount[6] = "apply-threshold=default";
        run(0, amount);
        assertThat(run(0, "control", "get", "--tenant", "acme"))
                .noneMatch(line -> line.contains("apply-threshold"))
                .anyMatch(line -> line.contains("review-threshold"));
        for (String wrong : List.of("apply-threshold=1.1", "apply-threshold=high")) {
            run(1, "control", "set", "--tenant", "acme", wrong);
        }
        amount[5] = "amuont";
        amount[6] = "apply-threshold=1";
        run(1, amount);
        assertThat(console.err().get(0)).contains("amuont", "amount");
        run(1, "control", "set", "--tenant", "acme", "--field", "amount", "llm=on");
        run(1, "control", "set", "--tenant", "acme", "apply-threshold=0.5", "review-threshold=0.6");
    }

    private static ControlMessage plus(ControlMessage was, long number) {
        Map<String, Long> budgets = new TreeMap<>(was == null ? Map.of() : was.budgets());
        budgets.put("budget-" + number, number);
        return new ControlMessage(
                "globex",
                was == null ? 1 : was.revision() + 1,
                Map.of(),
                Map.of(),
                budgets,
                "writer-" + number,
                null,
                START);
    }

    private String[] publish(int version) throws Exception {
        Path file =
                Files.writeString(folder.resolve("v" + version), mapping("Account", "account", 1));
        return new String[] {
            "mappings", "publish", "--tenant", "acme", "--connection", "sf", file.toString()
        };
    }

    private static Path bad() throws Exception {
        return Files.writeString(
                folder.resolve("bad.yaml"),
                mapping("Contact", "contact", 1).replace("  name:", "  nmae:"));
    }

    /** Reviews that other programs write. */
    private void reviewsThatAreWrong() throws Exception {
        kafka.send(PREFIX + ".reviews", null, new byte[] {0, -1});
        new ReviewWriter(kafka.bootstrapServers(), Map.of(), PREFIX)
                .send(
                        new Review(
                                "stolen",
                                "p-two",
                                "globex",
                                Review.APPROVE,
                                null,
                                "eve",
                                null,
                                START));
        List<ProposalStatus> log = awaitLog(2, each -> each.refuses() && !each.by().equals("kim"));
        assertThat(log)
                .extracting(each -> each.tenant() + " " + each.problems().get(0).code())
                .containsExactlyInAnyOrder("_unaddressed AOS-403", "globex AOS-921");
    }

    private static JobClient restart(JobClient job) throws Exception {
        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        return TestingReviewJob.submit(config(), savepoint);
    }

    private List<String> run(int exitCode, String... arguments) {
        return kafka.run(console, PREFIX, exitCode, arguments);
    }

    private static void awaitStatus(String proposal, String status) {
        awaitLog(1, each -> each.proposalId().equals(proposal) && each.status().equals(status));
    }

    private static List<ProposalStatus> awaitLog(int count, Predicate<ProposalStatus> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<ProposalStatus> found = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            while (found.size() < count) {
                assertThat(System.nanoTime()).as(() -> "log: " + found).isLessThan(deadline);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                reader.read(
                        PREFIX + ".review-log",
                        record -> {
                            ProposalStatus each = TopicReader.message(ProposalStatus.class, record);
                            if (wanted.test(each)) {
                                found.add(each);
                            }
                        });
            }
        }
        return found;
    }

    private static void propose(RepairProposal... proposals) throws Exception {
        for (RepairProposal each : proposals) {
            kafka.send(PREFIX + ".proposals", null, MessageJson.write(each));
            kafka.send(TestingReviewJob.input(PREFIX), null, MessageJson.write(each));
        }
    }

    private static String mapping(String stream, String entity, int version) {
        return """
        mapping: own
        version: %d
        source: salesforce
        stream: %s
        entity: %s
        fields:
          %s_id: Id
          name: Alias
        """
                .formatted(version, stream, entity, entity);
    }

    private static byte[] drift() {
        DriftEvent.Shape shape = new DriftEvent.Shape("ff", List.of());
        return MessageJson.write(
                new DriftEvent(
                        "d-1",
                        "acme",
                        "sf",
                        "salesforce",
                        "Account",
                        "high",
                        List.of(
                                new DriftEvent.Change(
                                        "renamed",
                                        "high",
                                        List.of("Name"),
                                        List.of("Alias"),
                                        List.of("name"))),
                        shape,
                        shape,
                        "own",
                        1,
                        3,
                        START,
                        START));
    }

    private static RepairProposal proposal(String id, String stream, int base) {
        return new RepairProposal(
                id,
                "d-" + base,
                "acme",
                "sf",
                "salesforce",
                stream,
                stream.toLowerCase(Locale.ROOT),
                "own",
                base,
                mapping(stream, stream.toLowerCase(Locale.ROOT), base + 1),
                List.of(
                        new RepairProposal.Change(
                                "name",
                                List.of("Name"),
                                List.of("Alias"),
                                0.7,
                                Tier.REVIEW,
                                List.of(new RepairProposal.Evidence("name", 0.5, "alike")),
                                List.of())),
                0.7,
                Tier.REVIEW,
                new RepairProposal.Score(3, 0, 3),
                new RepairProposal.Score(3, 3, 0),
                List.of(new RepairProposal.Sample("Alias", "Xxxx")),
                3,
                START.plusSeconds(base),
                START.plus(Duration.ofDays(7)));
    }

    private static Configuration config() {
        List<String> settings = new ArrayList<>(List.of(kafka.settings(PREFIX)));
        settings.add("-Dreview.webhook-url=${file:" + folder.resolve("hook") + "}");
        settings.add("-Dreview.wait-for-proposal=1 s");
        return JobConfig.fromArguments(settings.toArray(String[]::new));
    }
}
