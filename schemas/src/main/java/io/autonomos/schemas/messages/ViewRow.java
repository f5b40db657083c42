package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.List;

/**
 * The unified, deduplicated entity across connections, as it stands.
 *
 * @param id the identity of the row
 * @param data the unified fields that have a value, as a JSON object
 * @param links the source records that the row stands for
 * @param omittedLinks how many more there are than {@code links} has room for, or null
 * @param provenance the records whose values the fields have, by connection, stream and id
 * @param conflicts the records whose values lost, in the same order
 * @param updatedAt the newest clock of its source records
 */
public record ViewRow(
        String tenant,
        String entity,
        String id,
        @JsonSerialize(using = RawJson.Writer.class) @JsonDeserialize(using = RawJson.Reader.class)
                String data,
        List<Link> links,
        Integer omittedLinks,
        List<Origin> provenance,
        List<Origin> conflicts,
        int schemaVersion,
        Instant updatedAt) {

    public ViewRow {
        Check.part("tenant", tenant);
        Check.entity(entity);
        Check.text("id", id);
        Check.text("data", data);
        links = Check.list("links", links);
        Check.atLeast("links: their number", links.size(), 1);
        if (omittedLinks != null) {
            Check.atLeast("omitted_links", omittedLinks, 1);
        }
        provenance = Check.list("provenance", provenance);
        conflicts = Check.list("conflicts", conflicts);
        Check.atLeast("schema_version", schemaVersion, 1);
        Check.when("updated_at", updatedAt);
    }

    /** A source record. */
    public record Link(
            String connection, String source, String stream, String recordId, Instant eventTime) {

        public Link {
            Check.part("connection", connection);
            Check.part("source", source);
            Check.part("stream", stream);
            Check.text("record_id", recordId);
            Check.when("event_time", eventTime);
        }
    }

    /** A source record and the fields whose values, or losing values, are its own. */
    public record Origin(
            String connection,
            String source,
            String stream,
            String recordId,
            String mapping,
            int mappingVersion,
            Instant eventTime,
            List<String> fields) {

        public Origin {
            Check.part("connection", connection);
            Check.part("source", source);
            Check.part("stream", stream);
            Check.text("record_id", recordId);
            Check.text("mapping", mapping);
            Check.atLeast("mapping_version", mappingVersion, 1);
            Check.when("event_time", eventTime);
            fields = Check.list("fields", fields);
            Check.atLeast("fields: their number", fields.size(), 1);
        }
    }
}
