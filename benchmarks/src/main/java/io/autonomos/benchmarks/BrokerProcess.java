package io.autonomos.benchmarks;

import io.autonomos.jobs.stack.BrokerMain;
import io.autonomos.jobs.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A Kafka broker in a process of its own, so that its processor time is not counted. */
final class BrokerProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path directory;
    private final int port;
    private final Admin admin;

    private BrokerProcess(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
        this.admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    /** Starts a broker on an empty directory and returns when it answers. */
    static BrokerProcess start() throws Exception {
        Path directory = Files.createTempDirectory("autonomos-benchmark-kafka");
        int port = Ports.any();
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xms1g",
                                "-Xmx1g",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BrokerMain.class.getName(),
                                directory.toString(),
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("broker.log").toFile())
                        .start();
        BrokerProcess broker = new BrokerProcess(process, directory, port);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        broker.admin.describeCluster().nodes().get(60, TimeUnit.SECONDS);
        return broker;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    long pid() {
        return process.pid();
    }

    Admin admin() {
        return admin;
    }

    @Override
    public void close() {
        admin.close();
        process.destroy();
        process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
        if (process.isAlive()) {
            process.destroyForcibly().onExit().join();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("left behind: " + directory);
        }
    }
}
