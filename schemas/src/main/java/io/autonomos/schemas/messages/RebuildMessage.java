package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.Set;

/**
 * What the views are told about records beside the canonical events: that one belongs to another
 * row by a rule that changed.
 *
 * @param kind {@link #MOVE}
 * @param version which version of the record is meant; where another one is the latest by now, the
 *     message says nothing
 * @param eventTime the source's own clock
 * @param data the fields that have a value, as a JSON object
 */
public record RebuildMessage(
        String kind,
        String tenant,
        String entity,
        String connection,
        String stream,
        String source,
        String recordId,
        String version,
        Instant eventTime,
        String mapping,
        int mappingVersion,
        @JsonSerialize(using = RawJson.Writer.class) @JsonDeserialize(using = RawJson.Reader.class)
                String data) {

    /** The record's row is to be found anew. */
    public static final String MOVE = "move";

    public RebuildMessage {
        Check.oneOf("kind", kind, Set.of(MOVE));
        Check.address(tenant, connection, source, stream);
        Check.entity(entity);
        Check.text("record_id", recordId);
        Check.text("version", version);
        Check.when("event_time", eventTime);
        Check.text("mapping", mapping);
        Check.atLeast("mapping_version", mappingVersion, 1);
        Check.text("data", data);
    }
}
