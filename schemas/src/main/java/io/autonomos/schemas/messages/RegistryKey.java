package io.autonomos.schemas.messages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The keys of messages on the registry topic, as JSON arrays: {@code [tenant, connection, stream,
 * version, digest]} of a version, {@code [tenant, connection, stream, version, "verdict",
 * partition, offset]} of a verdict.
 *
 * <p>Two writers of one version number have different keys, and so does each verdict: compaction
 * never drops the version that came first.
 *
 * @param stream which stream it is about
 * @param version which version, or 0
 * @param verdict whether the message is the job's own answer
 */
record RegistryKey(StreamKey stream, int version, boolean verdict) {

    private static final String VERDICT = "verdict";
    private static final int LEAST_PARTS = 4;
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    static byte[] of(MappingVersion version) {
        return bytes(start(version.key(), version.version()).add(version.digest()));
    }

    static byte[] of(MappingVerdict verdict) {
        return bytes(
                start(verdict.key(), verdict.version())
                        .add(VERDICT)
                        .add(verdict.partition())
                        .add(verdict.offset()));
    }

    /** The key, or null where it is none of a registry message. */
    static RegistryKey read(byte[] key) {
        JsonNode parts;
        try {
            parts = key == null ? null : JSON.readTree(key);
        } catch (IOException e) {
            return null;
        }
        if (parts == null || !parts.isArray() || parts.size() < LEAST_PARTS) {
            return null;
        }
        for (int i = 0; i < 3; i++) {
            String part = parts.get(i).isTextual() ? parts.get(i).textValue() : "";
            if (part.isEmpty() || part.codePointCount(0, part.length()) > Check.MAX_PART) {
                return null;
            }
        }
        if (!parts.get(3).canConvertToInt()
                || !parts.get(3).isInt()
                || parts.get(3).intValue() < 0) {
            return null;
        }
        return new RegistryKey(
                new StreamKey(
                        parts.get(0).textValue(),
                        parts.get(1).textValue(),
                        parts.get(2).textValue()),
                parts.get(3).intValue(),
                parts.path(LEAST_PARTS).asText().equals(VERDICT));
    }

    private static ArrayNode start(StreamKey key, int version) {
        return JSON.createArrayNode()
                .add(key.tenant())
                .add(key.connection())
                .add(key.stream())
                .add(version);
    }

    private static byte[] bytes(ArrayNode key) {
        try {
            return JSON.writeValueAsBytes(key);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
