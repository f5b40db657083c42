package io.autonomos.jobs.stack;

import java.util.ArrayList;
import java.util.List;

/** How the JVMs of Flink are started. */
final class JvmOptions {

    /** What Flink needs opened of the JDK. */
    static final List<String> OPENS =
            List.of(
                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.net=ALL-UNNAMED",
                    "--add-opens=java.base/java.io=ALL-UNNAMED",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                    "--add-opens=java.base/java.text=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
                    "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    private JvmOptions() {}

    /**
     * For TaskManagers. Records live for milliseconds and state is not on the heap, so the
     * collector without barriers for concurrent marking is the cheapest; and a task walks all over
     * its heap, so large pages save look-ups. Measured: about 10 % less processor time for the
     * whole job.
     */
    static List<String> taskManager() {
        List<String> options = new ArrayList<>(OPENS);
        options.add("-XX:+UseParallelGC");
        if (System.getProperty("os.name").equals("Linux")) {
            options.add("-XX:+UseTransparentHugePages");
        }
        return options;
    }
}
