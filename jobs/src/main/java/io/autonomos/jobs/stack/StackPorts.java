package io.autonomos.jobs.stack;

import java.util.ArrayList;
import java.util.List;

/** The ports of one stack, chosen before anything starts. */
public record StackPorts(int kafka, int postgres, int dashboard) {

    /**
     * Chooses ports: those asked for, else the usual ones, else the next free ones.
     *
     * @param kafka the broker's port asked for, or null
     * @param postgres the database's, or null
     * @param dashboard the Flink dashboard's, or null
     */
    public static StackPorts choose(Integer kafka, Integer postgres, Integer dashboard) {
        return new StackPorts(
                Ports.choose("Kafka", kafka, EmbeddedKafka.DEFAULT_PORT),
                Ports.choose("PostgreSQL", postgres, EmbeddedPostgres.DEFAULT_PORT),
                Ports.choose("the Flink dashboard", dashboard, EmbeddedFlink.DEFAULT_PORT));
    }

    /** One sentence for each port that is not the usual one and was not asked for. */
    public List<String> notices(Integer askedKafka, Integer askedPostgres, Integer askedDashboard) {
        List<String> notices = new ArrayList<>();
        note(notices, "Kafka", askedKafka, EmbeddedKafka.DEFAULT_PORT, kafka);
        note(notices, "PostgreSQL", askedPostgres, EmbeddedPostgres.DEFAULT_PORT, postgres);
        note(notices, "the dashboard", askedDashboard, EmbeddedFlink.DEFAULT_PORT, dashboard);
        return notices;
    }

    private static void note(
            List<String> notices, String owner, Integer asked, int usual, int taken) {
        if (asked == null && taken != usual) {
            notices.add("Port " + usual + " is in use; " + owner + " takes " + taken + ".");
        }
    }
}
