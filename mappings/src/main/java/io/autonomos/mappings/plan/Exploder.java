package io.autonomos.mappings.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.SourcePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a record that holds many: one copy of the record per element of a nested array, in which
 * the array is replaced by that element.
 *
 * <p>Only mappings with {@code each} pay for the tree this builds.
 */
final class Exploder {

    private Exploder() {}

    /** The array that {@code each} names is not there. */
    static final class ExplodeException extends Exception {

        private static final long serialVersionUID = 1L;

        ExplodeException(String message) {
            super(message, null, false, false);
        }
    }

    static List<byte[]> explode(byte[] payload, List<SourcePath> arrays, ScanLimits limits)
            throws ExplodeException {
        if (payload.length > limits.maxBytes()) {
            throw new ExplodeException("the record is too large");
        }
        ObjectMapper json = mapper(limits);
        List<byte[]> elements = new ArrayList<>();
        try {
            JsonNode root = json.readTree(payload);
            split(json, root, root, arrays, 0, elements);
        } catch (IOException e) {
            throw new ExplodeException("the record is not JSON");
        }
        return elements;
    }

    private static ObjectMapper mapper(ScanLimits limits) {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(limits.maxDepth())
                                        .maxNumberLength(limits.maxBytes())
                                        .maxStringLength(limits.maxBytes())
                                        .build())
                        .build();
        return new ObjectMapper(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .configure(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES, false);
    }

    private static void split(
            ObjectMapper json,
            JsonNode root,
            JsonNode from,
            List<SourcePath> arrays,
            int level,
            List<byte[]> into)
            throws IOException, ExplodeException {
        if (level == arrays.size()) {
            into.add(json.writeValueAsBytes(root));
            return;
        }
        List<SourcePath.Step> steps = arrays.get(level).steps();
        JsonNode holder = from;
        for (SourcePath.Step step : steps.subList(0, steps.size() - 1)) {
            holder = holder.path(step.name());
        }
        String name = steps.get(steps.size() - 1).name();
        if (!(holder instanceof ObjectNode object) || !(object.get(name) instanceof ArrayNode array)) {
            throw new ExplodeException("there is no array at " + arrays.get(level) + ".");
        }
        for (JsonNode element : array) {
            object.set(name, element);
            split(json, root, element, arrays, level + 1, into);
        }
        object.set(name, array);
    }
}
