package io.autonomos.jobs.cli.common;

import java.nio.file.Path;
import org.apache.logging.log4j.core.config.Configurator;
import org.slf4j.LoggerFactory;

/**
 * Where the libraries' log goes: nowhere, or to a file. Never to the terminal, unless {@code
 * --verbose} or the environment's {@code AUTONOMOS_DEBUG} asks for it.
 */
public final class CommandLogging {

    private static final String CONFIGURATION = "log4j2.configurationFile";
    private static final String BASE = "io/autonomos/jobs/cli/";

    private static volatile boolean verbose = System.getenv("AUTONOMOS_DEBUG") != null;

    private CommandLogging() {}

    /** Before anything else: log nowhere, or warnings to stderr when asked. */
    public static void quiet() {
        System.setProperty(
                CONFIGURATION, BASE + (verbose ? "log4j2-verbose.xml" : "log4j2-quiet.xml"));
    }

    /** Warnings to stderr from now on. */
    public static void verbose() {
        verbose = true;
        System.setProperty(CONFIGURATION, BASE + "log4j2-verbose.xml");
        Configurator.reconfigure();
    }

    /** Whether stack traces are wanted. */
    public static boolean isVerbose() {
        return verbose;
    }

    /** Everything from INFO on to the file from now on, for commands that run servers. */
    public static void toFile(Path file) {
        System.setProperty("autonomos.log.file", file.toString());
        System.setProperty(CONFIGURATION, BASE + "log4j2-file.xml");
        Configurator.reconfigure();
        // Before threads race for it, or SLF4J complains on stderr.
        LoggerFactory.getILoggerFactory();
    }
}
