package io.autonomos.mappings.match;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * The fitted model: what each piece of evidence is worth. {@code autonomos match-fit} makes it.
 *
 * @param features the names of the evidence it was fitted on, in order
 * @param pair looks at each pair by itself
 * @param competition looks at each pair among all others
 * @param calibration from score to confidence
 * @param thresholds where the tiers begin unless a tenant says otherwise
 */
public record MatchModel(
        List<String> features,
        BoostedTrees pair,
        BoostedTrees competition,
        Calibration calibration,
        Thresholds thresholds) {

    private static final String RESOURCE = "/match/model.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /** The model that ships with this version. */
    public static MatchModel shipped() {
        return Shipped.MODEL;
    }

    private static final class Shipped {
        private static final MatchModel MODEL = load();
    }

    /** The evidence as this version knows it. */
    public static List<String> knownFeatures() {
        return Arrays.stream(Feature.values()).map(Enum::name).toList();
    }

    private static MatchModel load() {
        try (InputStream in = MatchModel.class.getResourceAsStream(RESOURCE)) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a model; refuses one that was fitted on other evidence. */
    public static MatchModel read(InputStream in) throws IOException {
        MatchModel model = MAPPER.readValue(in, MatchModel.class);
        if (!knownFeatures().equals(model.features)) {
            throw new IOException(
                    "The matching model was fitted on other evidence than this version collects;"
                            + " fit it again with `autonomos match-fit`.");
        }
        return model;
    }

    /** Writes the model as JSON. */
    public void write(OutputStream out) throws IOException {
        MAPPER.writeValue(out, this);
    }
}
