package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller inside this process.
 *
 * <p>Its data outlives it: a later start on the same directory finds the topics again, whichever
 * ports it is given.
 */
public final class EmbeddedKafka implements AutoCloseable {

    /** The port Kafka clients expect. */
    public static final int DEFAULT_PORT = 9092;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param directory its configuration and data
     * @param port where clients connect, on the loopback address
     */
    public static EmbeddedKafka start(Path directory, int port) {
        Ports.require("Kafka", port);
        Properties properties = properties(directory, port, Ports.any());
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve("server.properties");
            try (Writer out = Files.newBufferedWriter(file)) {
                properties.store(out, null);
            }
            if (!Files.exists(directory.resolve("data").resolve("meta.properties"))) {
                format(file);
            }
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(server, port);
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "Kafka cannot write to " + directory + " (" + e + ").",
                    e);
        } catch (RuntimeException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "Kafka did not start on port "
                            + port
                            + " with data in "
                            + directory
                            + " ("
                            + e
                            + ").",
                    e);
        }
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Waits until the broker has ended. */
    public void awaitShutdown() {
        server.awaitShutdown();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path file) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        String[] arguments = {
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            file.toString(),
            "--ignore-formatted"
        };
        if (StorageTool.execute(arguments, out) != 0) {
            throw new IllegalStateException(
                    "its storage was not formatted: "
                            + text.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        p.setProperty(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        p.setProperty("log.dirs", directory.resolve("data").toString());
        for (String topic :
                new String[] {
                    "offsets.topic", "transaction.state.log", "share.coordinator.state.topic"
                }) {
            p.setProperty(topic + ".replication.factor", "1");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.setProperty("log.index.size.max.bytes", "1048576");
        p.setProperty("num.network.threads", "1");
        p.setProperty("num.io.threads", "4");
        p.setProperty("num.partitions", "2");
        p.setProperty("transaction.max.timeout.ms", "3600000");
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("controlled.shutdown.enable", "false");
        return p;
    }
}
