package io.autonomos.mappings.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Jackson as strict as it can be set, with exact numbers. It takes UTF-8 for granted. */
public final class StrictJackson {

    private static final ObjectMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .disable(JsonFactory.Feature.CHARSET_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(1_000_000)
                                                    .maxNumberLength(1_000_000)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private StrictJackson() {}

    /** Whether Jackson reads the bytes as one JSON value in valid UTF-8. */
    public static boolean accepts(byte[] bytes) {
        try {
            // From text: from bytes, Jackson refuses half a surrogate pair in a name.
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // Jackson takes any character whose low byte is a hex digit for one in an escape.
            JsonParser parser = JSON.createParser(text.replaceAll("[^\\x00-\\x7f]", "?"));
            return parser.nextToken() != null
                    && parser.skipChildren().currentToken() != null
                    && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The tree of valid bytes. */
    public static JsonNode tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError(new String(bytes, StandardCharsets.UTF_8), e);
        }
    }
}
