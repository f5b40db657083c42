package io.autonomos.jobs.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The ports of one stack, chosen before anything starts.
 *
 * @param kafka the broker's
 * @param postgres the database's
 * @param dashboard Flink's REST interface and dashboard
 * @param jobManager what TaskManagers connect to; of no interest to users
 */
public record StackPorts(int kafka, int postgres, int dashboard, int jobManager) {

    private static final String FILE = "ports.properties";

    /**
     * The ports that the user asked for; null stands for the usual one or the next free one after
     * it, 0 for any.
     */
    public record Asked(Integer kafka, Integer postgres, Integer dashboard) {

        /** No wishes. */
        public static final Asked NONE = new Asked(null, null, null);

        /** Whatever is free, for tests. */
        public static final Asked ANY = new Asked(0, 0, 0);
    }

    /** Chooses ports that nothing listens on. */
    public static StackPorts choose(Asked asked) {
        return new StackPorts(
                Ports.choose("Kafka", asked.kafka(), EmbeddedKafka.DEFAULT_PORT),
                Ports.choose("PostgreSQL", asked.postgres(), EmbeddedPostgres.DEFAULT_PORT),
                Ports.choose("the Flink dashboard", asked.dashboard(), EmbeddedFlink.DEFAULT_PORT),
                Ports.any());
    }

    /** One sentence for each port that is not the usual one and was not asked for. */
    public List<String> notices(Asked asked) {
        List<String> notices = new ArrayList<>();
        note(notices, "Kafka", asked.kafka(), EmbeddedKafka.DEFAULT_PORT, kafka);
        note(notices, "PostgreSQL", asked.postgres(), EmbeddedPostgres.DEFAULT_PORT, postgres);
        note(notices, "the dashboard", asked.dashboard(), EmbeddedFlink.DEFAULT_PORT, dashboard);
        return notices;
    }

    /** Where clients find the broker. */
    public String bootstrapServers() {
        return "127.0.0.1:" + kafka;
    }

    /** Where clients find the database. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres + "/" + EmbeddedPostgres.DATABASE;
    }

    /** Where a browser finds the jobs. */
    public String dashboardUrl() {
        return "http://127.0.0.1:" + dashboard;
    }

    /** The ports that a stack on this directory was last given. */
    public static Optional<StackPorts> read(WorkDir workDir) {
        Path file = workDir.run().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties p = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            p.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        try {
            return Optional.of(
                    new StackPorts(
                            Integer.parseInt(p.getProperty("kafka")),
                            Integer.parseInt(p.getProperty("postgres")),
                            Integer.parseInt(p.getProperty("dashboard")),
                            Integer.parseInt(p.getProperty("jobmanager"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Keeps the ports for the commands that look for this stack later. */
    public void write(WorkDir workDir) {
        Properties p = new Properties();
        p.setProperty("kafka", Integer.toString(kafka));
        p.setProperty("postgres", Integer.toString(postgres));
        p.setProperty("dashboard", Integer.toString(dashboard));
        p.setProperty("jobmanager", Integer.toString(jobManager));
        try (Writer out = Files.newBufferedWriter(workDir.run().resolve(FILE))) {
            p.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write to " + workDir.run(), e);
        }
    }

    private static void note(
            List<String> notices, String owner, Integer asked, int usual, int taken) {
        if (asked == null && taken != usual) {
            notices.add("Port " + usual + " is in use; " + owner + " takes " + taken + ".");
        }
    }
}
