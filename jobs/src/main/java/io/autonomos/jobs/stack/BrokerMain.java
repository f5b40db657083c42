package io.autonomos.jobs.stack;

import java.nio.file.Path;

/** The broker of the process stack: {@code BrokerMain DIRECTORY PORT}. */
public final class BrokerMain {

    private BrokerMain() {}

    /** Runs until the process is asked to end. */
    public static void main(String[] arguments) {
        try {
            EmbeddedKafka kafka =
                    EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "shutdown"));
            kafka.awaitShutdown();
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
