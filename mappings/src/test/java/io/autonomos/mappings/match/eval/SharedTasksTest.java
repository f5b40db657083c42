package io.autonomos.mappings.match.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.match.MatchModel;
import io.autonomos.mappings.match.SchemaChange;
import io.autonomos.schemas.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tasks of a field that the model was never fitted on. */
class SharedTasksTest {

    @Test
    void ranksBetterThanThePublishedMethodsWithoutFittingOrLanguageModel() throws IOException {
        MatchModel model = MatchModel.shipped();
        ModelMethod method = new ModelMethod(model, HeldOut.shipped(), model.thresholds());
        double sum = 0;
        int tasks = 0;
        try (Stream<Path> files = Files.list(SharedData.require("matching"))) {
            for (Path file : files.sorted().toList()) {
                if (MatchTask.isTask(file)) {
                    MatchTask task = MatchTask.read(file);
                    SchemaChange change = SchemaChange.ofUnrelated(task.source(), task.target());
                    sum += Ranking.of(task, method.scores(change)).mrr();
                    tasks++;
                }
            }
        }

        assertThat(tasks).isPositive();
        assertThat(sum / tasks).isGreaterThan(0.66);
    }
}
