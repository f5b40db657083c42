package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a user sees who has no job running. */
class SimulateCommandITCase {

    @RegisterExtension private static final TestingBroker kafka = new TestingBroker();

    private final TestingConsole console = new TestingConsole();

    @Test
    void withoutAJobEachStreamIsNotRead() {
        String[] simulate = {
            "simulate", "--kind", "renamed,odd,added", "--records", "20", "--timeout", "1"
        };

        kafka.run(console, "none", 2, simulate);

        assertThat(console.out())
                .filteredOn(line -> line.contains("not read"))
                .hasSize(3)
                .allMatch(line -> line.endsWith("NOT AS EXPECTED"));
    }
}
