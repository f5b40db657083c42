package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.autonomos.jobs.LedgerBook;
import io.autonomos.jobs.TopicReader;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The running job with a server that speaks OpenAI's protocol, which answers, then does not. */
class LanguageModelITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PREFIX = "llm";
    private static final StreamKey ASKS = new StreamKey("acme-tenant", "crm", "Opportunity");
    private static final StreamKey LATER = new StreamKey("acme-tenant", "crm-2", "Opportunity");
    private static final StreamKey SILENT = new StreamKey("globex-tenant", "crm", "Opportunity");
    private static final int KNOWN = 40;
    private static final String ANSWER =
            """
            {"id":"1","object":"chat.completion","model":"m","choices":[{"index":0,\
            "finish_reason":"stop","message":{"role":"assistant","content":"{\\"f1\\":\\"c1\\"}"}}],\
            "usage":{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120}}""";

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(2);

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        questions.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        byte[] body = ANSWER.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void itsChoiceIsShownToThePersonAndAServerThatFailsHoldsUpNothing() throws Exception {
        run("control", "set", "--tenant", ASKS.tenant(), "llm=on", "llm-tokens=100000");
        JobClient job = submit();
        for (StreamKey key : List.of(ASKS, LATER, SILENT)) {
            kafka.sendDeals(PREFIX, key, 0, KNOWN, 1, "StageName");
        }
        TestingBroker.await(PATIENCE, () -> canonical() == 3 * KNOWN);

        kafka.sendDeals(PREFIX, ASKS, 20, 60, 2, "Opportunity_Stage");
        kafka.sendDeals(PREFIX, SILENT, 20, 60, 2, "Opportunity_Stage");
        TestingBroker.await(PATIENCE, () -> pending(ASKS) != null && pending(SILENT) != null);

        assertThat(questions).hasSize(1);
        assertThat(questions.get(0))
                .contains("StageName", "Opportunity_Stage", "json_schema")
                .doesNotContain("Stage 1", "Stage 2", "Deal 2", "-tenant", "0065f");
        assertThat(shown(ASKS)).contains("the model chooses the proposed path");
        assertThat(shown(SILENT)).doesNotContain("the model");

        status = 500;
        kafka.sendDeals(PREFIX, LATER, 20, 60, 2, "Opportunity_Stage");
        TestingBroker.await(PATIENCE, () -> pending(LATER) != null);
        assertThat(shown(LATER)).doesNotContain("the model");
        assertThat(questions.size()).isGreaterThan(1);
        for (StreamKey key : List.of(ASKS, LATER, SILENT)) {
            run("review", "approve", pending(key), "--by", "jo");
        }
        TestingBroker.await(PATIENCE, () -> canonical() == 3 * (KNOWN + 40));
        job.cancel().get();
    }

    private JobClient submit() throws Exception {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        String[] settings =
                Stream.concat(
                                Stream.of(kafka.settings(PREFIX)),
                                Stream.of(
                                        "-Drepair.llm.provider=openai",
                                        "-Drepair.llm.base-url=" + url + "/v1",
                                        "-Drepair.llm.model=m",
                                        "-Drepair.llm.timeout=5 s",
                                        "-Drepair.llm.retries=1",
                                        // No names are so certain: a person is asked about each.
                                        "-Drepair.apply-threshold=1"))
                        .toArray(String[]::new);
        return TestingBroker.submit(2, null, settings);
    }

    private String shown(StreamKey key) {
        return String.join("\n", run("review", "show", pending(key)));
    }

    private static String pending(StreamKey key) {
        List<String> found = new ArrayList<>();
        try (TopicReader reader = kafka.reader()) {
            reader.read(
                    PREFIX + ".proposals",
                    message -> {
                        var proposal = TestingBroker.json(message.value());
                        boolean same =
                                proposal.path("tenant").asText().equals(key.tenant())
                                        && proposal.path("connection")
                                                .asText()
                                                .equals(key.connection());
                        if (same) {
                            found.add(proposal.path("id").asText());
                        }
                    });
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static long canonical() {
        LedgerBook ledger = new LedgerBook();
        try (TopicReader reader = kafka.reader()) {
            ledger.refresh(reader, PREFIX);
        }
        ToLongFunction<LedgerEntry> column = LedgerEntry::canonical;
        return ledger.sum(column);
    }

    private List<String> run(String... arguments) {
        return kafka.run(console, PREFIX, 0, arguments);
    }
}
