package io.autonomos.operators.source.debezium;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The schemas that messages carry, each compiled once. They are told apart by a hash with a seed of
 * its own. Bounded; not thread-safe.
 */
public final class RowSchemas {

    private static final int MOST = 1_024;
    private static final Event NONE = new Event(null, null, null);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Hasher128 hasher = Hashing.xxh3_128(ThreadLocalRandom.current().nextLong());
    private final Map<HashValue128, Event> known = new HashMap<>();

    /**
     * What a message's schema says; any part of it may be null.
     *
     * @param self the schema as a row's own, as that of a key
     * @param before of the row before the change
     * @param after of the row after it
     */
    public record Event(RowSchema self, RowSchema before, RowSchema after) {}

    /** The schema that stands between two positions; a sound JSON object. */
    public Event of(byte[] bytes, int from, int to) {
        HashValue128 hash = hasher.hashBytesTo128Bits(bytes, from, to - from);
        Event event = known.get(hash);
        if (event == null) {
            event = compile(bytes, from, to);
            if (known.size() >= MOST) {
                known.clear();
            }
            known.put(hash, event);
        }
        return event;
    }

    private Event compile(byte[] bytes, int from, int to) {
        JsonNode schema;
        try {
            schema = mapper.readTree(bytes, from, to - from);
        } catch (IOException e) {
            return NONE; // nested deeper than any schema; the row is taken as it stands
        }
        RowSchema before = null;
        RowSchema after = null;
        for (JsonNode field : schema.path("fields")) {
            switch (field.path("field").asText()) {
                case "before" -> before = RowSchema.of(field);
                case "after" -> after = RowSchema.of(field);
                default -> {
                    // The source block and the like.
                }
            }
        }
        return new Event(RowSchema.of(schema), before, after);
    }
}
