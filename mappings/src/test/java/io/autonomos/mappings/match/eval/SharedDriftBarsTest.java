package io.autonomos.mappings.match.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.match.MatchModel;
import io.autonomos.schemas.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bars on cases of vendors that the deciding model has not seen. */
class SharedDriftBarsTest {

    @Test
    void theBarsHoldOutOfFold() throws IOException {
        List<DriftCase> cases = cases();
        MatchModel model = MatchModel.shipped();
        ModelMethod method = new ModelMethod(model, HeldOut.shipped(), model.thresholds());

        assertThat(cases).allMatch(method::fittedOn);
        Scores scores = new Evaluation(method, cases).total();

        double apply = model.thresholds().apply();
        double review = model.thresholds().review();
        assertThat(scores.precision(apply)).isGreaterThanOrEqualTo(0.99);
        assertThat(scores.coverage(apply)).isGreaterThanOrEqualTo(0.85);
        assertThat(scores.precision(review)).isGreaterThanOrEqualTo(0.95);
        assertThat(scores.coverage(review)).isGreaterThanOrEqualTo(0.90);
        assertThat(scores.calibrationError()).isLessThanOrEqualTo(0.03);
    }

    @Test
    void nothingIsDecidedWhereNothingChanged() throws IOException {
        MatchModel model = MatchModel.shipped();
        ModelMethod method = new ModelMethod(model, HeldOut.shipped(), model.thresholds());

        List<DriftCase> controls =
                cases().stream().filter(each -> each.type().equals("no_drift_control")).toList();

        assertThat(controls).isNotEmpty().allMatch(each -> method.decide(each).isEmpty());
    }

    private static List<DriftCase> cases() throws IOException {
        List<DriftCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.list(SharedData.require("drift"))) {
            for (Path file : files.sorted().toList()) {
                cases.addAll(DriftCases.read(file));
            }
        }
        return cases;
    }
}
