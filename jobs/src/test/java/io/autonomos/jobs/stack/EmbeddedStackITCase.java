package io.autonomos.jobs.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackITCase {

    @Test
    void runsAllThreeServersAndFindsTheirDataAgainOnOtherPorts(@TempDir Path directory)
            throws Exception {
        WorkDir workDir = WorkDir.create(directory.resolve("work dir"));

        try (EmbeddedStack stack = EmbeddedStack.start(workDir, EmbeddedStackITCase::anyPorts, 2)) {
            send(stack.kafka().bootstrapServers(), "kept");
            execute(stack, EmbeddedPostgres.WRITER, "CREATE TABLE t (v text)");
            execute(stack, EmbeddedPostgres.WRITER, "GRANT SELECT ON t TO autonomos_reader");
            execute(stack, EmbeddedPostgres.WRITER, "INSERT INTO t VALUES ('kept')");

            assertThat(runKeyedJob(stack.flink())).containsExactlyInAnyOrder(2500L, 2500L);
            assertThat(get(stack.flink().dashboard().resolve("/"))).contains("<title>Apache Flink");
            assertThat(select(stack, EmbeddedPostgres.READER)).isEqualTo("kept");
            assertThatThrownBy(
                            () ->
                                    execute(
                                            stack,
                                            EmbeddedPostgres.READER,
                                            "INSERT INTO t VALUES ('no')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }

        try (EmbeddedStack again = EmbeddedStack.start(workDir, EmbeddedStackITCase::anyPorts, 1)) {
            assertThat(receive(again.kafka().bootstrapServers())).isEqualTo("kept");
            assertThat(select(again, EmbeddedPostgres.WRITER)).isEqualTo("kept");
        }
        for (String role : List.of(EmbeddedPostgres.WRITER, EmbeddedPostgres.READER)) {
            Path file = EmbeddedPostgres.passwordFile(workDir, role);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(EmbeddedPostgres.stop(workDir)).as("a server is left running").isFalse();
    }

    @Test
    void stopsAPostgresThatAKilledProcessLeftOnItsData(@TempDir Path directory) throws Exception {
        WorkDir workDir = WorkDir.create(directory);
        int first = Ports.any();
        EmbeddedPostgres abandoned = EmbeddedPostgres.start(workDir, first);

        try (EmbeddedPostgres next = EmbeddedPostgres.start(workDir, Ports.any());
                Connection connection = next.connect(EmbeddedPostgres.WRITER)) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(Ports.isFree(first)).isTrue();
            assertThat(abandoned.jdbcUrl()).isNotEqualTo(next.jdbcUrl());
        }
    }

    private static StackPorts anyPorts() {
        return StackPorts.choose(StackPorts.Asked.ANY);
    }

    private static List<Long> runKeyedJob(EmbeddedFlink flink) throws Exception {
        StreamExecutionEnvironment env = flink.environment();
        env.setParallelism(2);
        return env.fromSequence(1, 5000)
                .keyBy(n -> n % 2)
                .map(new CountPerKey())
                .filter(n -> n == 2500)
                .executeAndCollect(3);
    }

    private static void send(String servers, String text) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("topic", 1, (short) 1))).all().get();
        }
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "transactional.id", "test"),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("topic", text)).get();
            producer.commitTransaction();
        }
    }

    private static String receive(String servers) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers", servers,
                                "auto.offset.reset", "earliest",
                                "isolation.level", "read_committed"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("topic", 0)));
            return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
        }
    }

    private static void execute(EmbeddedStack stack, String role, String sql) throws SQLException {
        try (Connection connection = stack.postgres().connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String select(EmbeddedStack stack, String role) throws SQLException {
        try (Connection connection = stack.postgres().connect(role);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT v FROM t")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
