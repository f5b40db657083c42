package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.time.Instant;
import java.util.Set;

/**
 * What the views are told beside the canonical events: that a record belongs to another row by a
 * rule that changed, or, in the parts of a rebuild, what each record says by the mappings that are
 * in effect now.
 *
 * @param kind {@link #MOVE}, or of a rebuild {@link #STAGE}, {@link #REMOVE}, {@link #COMMIT} or
 *     {@link #ABORT}
 * @param rebuild names the rebuild; null for a move
 * @param count how many records the rebuild staged and removed; only of a commit
 * @param record what is told of a record; null for a commit and an abort
 */
public record RebuildMessage(String kind, String tenant, String rebuild, Long count, Said record) {

    /** The record's row is to be found anew. */
    public static final String MOVE = "move";

    /** The record is to say this from the commit on. */
    public static final String STAGE = "stage";

    /** What is live is to give way to what is staged, or to be gone, from the commit on. */
    public static final String REMOVE = "remove";

    /** All that was staged holds from now on. */
    public static final String COMMIT = "commit";

    /** What was staged is forgotten. */
    public static final String ABORT = "abort";

    public RebuildMessage {
        Check.oneOf("kind", kind, Set.of(MOVE, STAGE, REMOVE, COMMIT, ABORT));
        Check.part("tenant", tenant);
        if (!kind.equals(MOVE)) {
            Check.part("rebuild", rebuild);
        }
        if (kind.equals(COMMIT)) {
            Check.present("count", count);
        }
        if (count != null) {
            Check.atLeast("count", count, 0);
        }
        if (!kind.equals(COMMIT) && !kind.equals(ABORT)) {
            Check.present("record", record);
        }
    }

    /** A part of a rebuild that is no record. */
    public static RebuildMessage end(String kind, String tenant, String rebuild, Long count) {
        return new RebuildMessage(kind, tenant, rebuild, count, null);
    }

    /**
     * What is told of a record.
     *
     * @param version which version of the record is meant: of a move, a hash of the id of its
     *     event; else that id
     * @param eventTime the source's own clock
     * @param position orders versions with equal clocks
     * @param data the fields that have a value, as a JSON object
     */
    public record Said(
            String entity,
            String connection,
            String stream,
            String source,
            String recordId,
            String op,
            String version,
            Instant eventTime,
            long position,
            String mapping,
            int mappingVersion,
            @JsonSerialize(using = RawJson.Writer.class)
                    @JsonDeserialize(using = RawJson.Reader.class)
                    String data) {

        public Said {
            Check.entity(entity);
            Check.part("connection", connection);
            Check.part("stream", stream);
            Check.part("source", source);
            Check.text("record_id", recordId);
            Check.oneOf("op", op, Set.of("upsert", "delete"));
            Check.text("version", version);
            Check.when("event_time", eventTime);
            Check.text("mapping", mapping);
            Check.atLeast("mapping_version", mappingVersion, 1);
            Check.text("data", data);
        }
    }
}
