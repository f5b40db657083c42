package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.Topics;
import io.autonomos.jobs.stack.StackPorts;
import io.autonomos.operators.sink.kafka.DeadLetterSerializer;
import io.autonomos.operators.source.KafkaSources;
import io.autonomos.operators.source.SourceSettings;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@code produce} sends is what the job's source reads, through a real broker. */
@SuppressWarnings("try") // Flink's iterator declares InterruptedException on close
class ProduceCommandITCase {

    private static final long MODIFIED_AT = 1_700_000_000_000L;

    @RegisterExtension private static final MiniClusterExtension CLUSTER = TestingBroker.cluster(1);

    @TempDir private static Path folder;

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void theJobReadsWhatWasSentInOrderWithItsAddress() throws Exception {
        String csv = file("accounts_salesforce.csv", "Id,Name\n1,A\n2,\"open\n3,C\n");
        String huge = file("x.jsonl", "y".repeat((16 << 20) + 1) + "\n{\"a\":1}\n");

        int sent = produce("sent", "--tenant", "acme", "--connection", "sf", "--json", csv);
        assertThat(console.out()).containsExactly("{\"sent\":3,\"unreadable\":1,\"left_out\":0}");
        int second =
                produce(
                        "sent",
                        "--source",
                        "s",
                        "--stream",
                        "t",
                        "--op",
                        "delete",
                        "--rate",
                        "100",
                        huge);

        assertThat(sent).isZero();
        assertThat(second).isEqualTo(2);
        assertThat(console.err().get(0)).contains("AOS-104").contains("x.jsonl:1");
        List<RawRecord> read = read("sent");
        assertThat(read).hasSize(4);
        List<RawRecord> accounts =
                read.stream().filter(r -> r.key().tenant().equals("acme")).toList();
        assertThat(accounts)
                .extracting(ProduceCommandITCase::text)
                .containsExactly(
                        "{\"Id\":\"1\",\"Name\":\"A\"}",
                        "2,\"open",
                        "{\"Id\":\"3\",\"Name\":\"C\"}");
        assertThat(accounts)
                .extracting(r -> r.fault() == null ? null : r.fault().code())
                .containsExactly(null, "AOS-211", null);
        assertThat(accounts)
                .extracting(r -> r.original() == null ? text(r) : new String(r.original(), UTF_8))
                .containsExactly("1,A", "2,\"open", "3,C");
        assertThat(accounts).allMatch(r -> r.csvHeader().equals("Id,Name") && r.op() == null);
        assertThat(accounts).allMatch(r -> r.emittedAt() == MODIFIED_AT);
        assertThat(accounts).allMatch(r -> r.key().equals(new StreamKey("acme", "sf", "accounts")));
        RawRecord delete = read.stream().filter(r -> r.key().stream().equals("t")).findAny().get();
        assertThat(delete.op()).isEqualTo(RawRecord.DELETE);
        assertThat(delete.source()).isEqualTo("s");
    }

    @Test
    void recordsWithBadHeadersComeThroughAsFaults() throws Exception {
        assertThat(produce("bad", file("a.jsonl", ""), "--source", "s", "--stream", "t")).isZero();
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(new ProducerRecord<>("bad", "no headers".getBytes(UTF_8))).get();
            ProducerRecord<byte[], byte[]> absurd = new ProducerRecord<>("bad", new byte[0]);
            absurd.headers().add("tenant", "x".repeat(10_000).getBytes(UTF_8));
            producer.send(absurd).get();
        }

        assertThat(read("bad"))
                .extracting(r -> r.fault().code())
                .containsExactlyInAnyOrder(
                        ErrorCode.HEADER_MISSING.code(), ErrorCode.TENANT_INVALID.code());
    }

    @Test
    void aReplayedRowOfAFileIsReadAsItWasFromTheFileAndCountsItsTries() throws Exception {
        RawRecord row =
                new RawRecord(
                        new StreamKey("acme", "sf", "accounts"),
                        "salesforce",
                        null,
                        null,
                        MODIFIED_AT,
                        "acme/sf/accounts_salesforce.csv",
                        0,
                        2,
                        null,
                        "{\"Id\":\"1\",\"Name\":\"A;\"}".getBytes(UTF_8),
                        "1;\"A;\"".getBytes(UTF_8),
                        null,
                        "Id;Name",
                        null,
                        null);
        DeadLetter letter =
                new DeadLetter(row, Fault.of(ErrorCode.VALUE_TEXT, "x"), null, null, 0, 1, 99);
        Topics.ensureRaw(kafka.bootstrapServers(), Map.of(), "again.dead-letter", 1 << 20);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(
                            new DeadLetterSerializer("again", 1 << 20)
                                    .serialize(letter, new TestingSinkContext(), null))
                    .get();
        }

        int exit =
                console.run(
                        "dead-letter",
                        "replay",
                        "--bootstrap",
                        kafka.bootstrapServers(),
                        "--topic-prefix",
                        "again");

        assertThat(exit).isZero();
        assertThat(console.out()).containsExactly("1 dead letters went to again.raw.");
        assertThat(read("again.raw"))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("origin", "partition", "position", "retry")
                .isEqualTo(row);
        assertThat(read("again.raw").get(0).retry()).isEqualTo(new Retry(1, 99));
    }

    @Test
    void brokersThatAreNotThereAreAMessage() throws Exception {
        String file = file("a.jsonl", "{}");
        int port = StackPorts.choose(StackPorts.Asked.ANY).kafka();

        int exit =
                console.run(
                        "produce",
                        "--bootstrap",
                        "127.0.0.1:" + port,
                        "--source",
                        "s",
                        "--stream",
                        "t",
                        file);

        assertThat(exit).isEqualTo(1);
        assertThat(console.err().get(0)).contains("AOS-704").contains("127.0.0.1:" + port);
    }

    private int produce(String topic, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "produce",
                                "--bootstrap",
                                kafka.bootstrapServers(),
                                "--topic",
                                topic));
        arguments.addAll(List.of(more));
        return console.run(arguments.toArray(new String[0]));
    }

    private static List<RawRecord> read(String topic) throws Exception {
        Configuration config =
                Configuration.fromMap(
                        Map.of(
                                "kafka.bootstrap-servers",
                                kafka.bootstrapServers(),
                                "input.topics",
                                topic,
                                "input.bounded",
                                "true"));
        Configuration flink = new Configuration();
        flink.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(1);
        List<RawRecord> records = new ArrayList<>();
        try (CloseableIterator<RawRecord> all =
                env.fromSource(
                                KafkaSources.raw(SourceSettings.from(config)),
                                WatermarkStrategy.noWatermarks(),
                                "raw")
                        .executeAndCollect()) {
            all.forEachRemaining(records::add);
        }
        records.sort(Comparator.comparing(RawRecord::partition).thenComparing(RawRecord::position));
        return records;
    }

    private static String text(RawRecord record) {
        return new String(record.value(), UTF_8);
    }

    private String file(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(MODIFIED_AT));
        return file.toString();
    }
}
