package io.autonomos.mappings.match.eval;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.match.MatchModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The models fitted without the vendors of some cases, so that those cases measure something. The
 * shipped model has learned from all of them.
 *
 * @param folds each with its cases and the model that has not seen their vendors
 */
public record HeldOut(List<Fold> folds) {

    private static final String RESOURCE = "/match/held-out.json";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** Cases held back together, and the model fitted without their vendors. */
    public record Fold(List<String> cases, MatchModel model) {}

    /** What was held out when the shipped model was fitted. */
    public static HeldOut shipped() {
        try (InputStream in = HeldOut.class.getResourceAsStream(RESOURCE)) {
            return MAPPER.readValue(in, HeldOut.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The model that has not seen the vendors of the case; empty when no model has seen it. */
    public Optional<MatchModel> modelFor(DriftCase drift) {
        return folds.stream()
                .filter(fold -> fold.cases().contains(drift.id()))
                .map(Fold::model)
                .findFirst();
    }

    /** Writes the models as JSON. */
    public void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, this);
    }
}
