package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import java.io.Serializable;

/**
 * What the settings of a topic say of the address of its records; each part may be null.
 *
 * @param tenant the only tenant of the topic
 * @param qualified whether a stream's name that comes from a message gets its namespace before it
 */
public record FeedAddress(
        String tenant, String connection, String source, String stream, boolean qualified)
        implements Serializable {

    /** Says nothing. */
    public static final FeedAddress NONE = new FeedAddress(null, null, null, null, false);

    public FeedAddress {
        check("tenant", tenant);
        check("connection", connection);
        check("source", source);
        check("stream", stream);
        if (StreamKey.UNADDRESSED.tenant().equals(tenant) || "*".equals(tenant)) {
            throw unusable("tenant", "is a reserved name");
        }
    }

    private static void check(String part, String text) {
        String problem = text == null ? null : AddressText.problem(text, AddressText.MAX_LENGTH);
        if (problem != null) {
            throw unusable(part, problem);
        }
    }

    private static IllegalArgumentException unusable(String part, String problem) {
        return new IllegalArgumentException(
                "%s: the setting %s of a feed %s."
                        .formatted(ErrorCode.CONFIG_INVALID.code(), part, problem));
    }
}
