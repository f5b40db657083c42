package io.autonomos.jobs.cli.records;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.jobs.TopicReader;
import io.autonomos.jobs.Topics;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the records that could not be translated, and sends them through the job again. */
@Command(
        name = "dead-letter",
        description = "List the records that could not be translated, or replay them.",
        synopsisSubcommandLabel = "(list | replay)")
public final class DeadLetterCommand implements Runnable {

    static final String ORIGIN = "__connect.errors.topic";

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Which dead letters are meant. */
    static final class Choice {

        @Option(names = "--tenant", description = "Only this tenant's.")
        private String tenant;

        @Option(names = "--connection", description = "Only this connection's.")
        private String connection;

        @Option(names = "--stream", description = "Only this stream's.")
        private String stream;

        @Option(names = "--code", description = "Only this error code's, such as AOS-310.")
        private String code;

        private void check(CommandSpec spec) {
            if (code != null
                    && Arrays.stream(ErrorCode.values()).noneMatch(e -> e.code().equals(code))) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        "--code is no error code: " + code + "; docs/errors.md has all.");
            }
        }

        private boolean includes(ConsumerRecord<byte[], byte[]> letter) {
            return matches(tenant, header(letter, "autonomos.tenant"))
                    && matches(connection, header(letter, "autonomos.connection"))
                    && matches(stream, header(letter, "autonomos.stream"))
                    && matches(code, header(letter, "autonomos.error-code"));
        }

        private static boolean matches(String wanted, String given) {
            return wanted == null || wanted.equals(given);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(BrokerOptions brokers, Choice choice) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        String topic = Topics.deadLetters(brokers.topicPrefix());
        try (TopicReader reader = brokers.reader()) {
            reader.read(
                    topic,
                    letter -> {
                        if (choice.includes(letter)) {
                            letters.add(letter);
                        }
                    });
        }
        return letters;
    }

    static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Command(name = "list", description = "Show dead letters, oldest first.")
    int list(
            @Mixin BrokerOptions brokers,
            @Mixin Choice choice,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(names = "--json", description = "Print one JSON object per dead letter.")
                    boolean json)
            throws IOException {
        choice.check(spec);
        if (limit < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--limit must not be negative, but was " + limit + ".");
        }
        List<ConsumerRecord<byte[], byte[]>> letters = read(brokers, choice);
        PrintWriter out = spec.commandLine().getOut();
        ObjectMapper mapper = new ObjectMapper();
        for (ConsumerRecord<byte[], byte[]> letter :
                letters.subList(0, Math.min(limit, letters.size()))) {
            if (json) {
                out.println(mapper.writeValueAsString(asMap(letter)));
            } else {
                out.println(
                        "%s  %s"
                                .formatted(
                                        header(letter, "autonomos.error-code"),
                                        header(letter, "__connect.errors.exception.message")));
            }
        }
        if (!json) {
            out.println("%d dead letters.".formatted(letters.size()));
        }
        out.flush();
        return 0;
    }

    private static Map<String, Object> asMap(ConsumerRecord<byte[], byte[]> letter) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("code", header(letter, "autonomos.error-code"));
        map.put("message", header(letter, "__connect.errors.exception.message"));
        for (String name :
                List.of("tenant", "connection", "source", "stream", "field", "mapping")) {
            map.put(name, header(letter, "autonomos." + name));
        }
        map.put("origin", header(letter, ORIGIN));
        map.put("position", header(letter, "__connect.errors.offset"));
        map.put("attempt", header(letter, "autonomos.attempt"));
        map.put("failed_at", header(letter, "autonomos.first-failed-at"));
        map.put(
                "raw",
                letter.value() == null ? null : new String(letter.value(), StandardCharsets.UTF_8));
        return map;
    }

    @Command(
            name = "replay",
            description = {
                "Send dead letters to the raw topic again, with their own address, for instance"
                        + " after a mapping was mended.",
                "A record that failed again in a replay goes once more, not twice. Those that do not"
                        + " hold a whole record are left out: put the mended file into its folder."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:all sent", "1:failed", "2:some were left out"})
    int replay(
            @Mixin BrokerOptions brokers,
            @Mixin Choice choice,
            @Option(names = "--topic", description = "Where to; default: the raw topic.")
                    String topic,
            @Option(names = "--dry-run", description = "Only say how many there are.")
                    boolean dryRun) {
        choice.check(spec);
        String raw = brokers.rawTopic(topic);
        DeadLetterReplay replay = new DeadLetterReplay(read(brokers, choice));
        if (!dryRun) {
            try (RawTopicWriter writer = brokers.writer(raw)) {
                replay.letters().forEach(writer::resend);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "%d dead letters %s to %s%s"
                        .formatted(
                                replay.letters().size(),
                                dryRun ? "would go" : "went",
                                raw,
                                replay.leftOut()));
        out.flush();
        return replay.isWhole() ? 0 : 2;
    }
}
