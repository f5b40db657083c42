package io.autonomos.jobs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.JobOptionsCatalog;
import io.autonomos.schemas.docs.GeneratedDocs;
import org.junit.jupiter.api.Test;

class JobDocsTest {

    @Test
    void thePageOnOptionsIsFresh() {
        GeneratedDocs.check("docs/options.md", JobDocs.options());
    }

    @Test
    void thePageOnMetricsIsFresh() {
        GeneratedDocs.check("docs/metrics.md", JobDocs.metrics());
    }

    @Test
    void everyOptionStandsOnThePageWithADescription() {
        String page = JobDocs.options();

        assertThat(JobOptionsCatalog.options().keySet())
                .isNotEmpty()
                .allMatch(key -> page.contains("| `" + key + "` |"));
        assertThat(page).doesNotContain("|  |\n");
    }
}
