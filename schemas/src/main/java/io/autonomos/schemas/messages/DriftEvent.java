package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A change of a stream's schema against its baseline. Holds paths, types and shares, never values.
 *
 * @param id deterministic: one change has one id
 * @param severity the highest of the changes
 * @param mappingId the mapping in force, or null
 * @param mappingVersion its version, or 0
 * @param records how many records of the new shape were seen so far
 */
public record DriftEvent(
        String id,
        String tenant,
        String connection,
        String source,
        String stream,
        String severity,
        List<Change> changes,
        Shape before,
        Shape after,
        String mappingId,
        int mappingVersion,
        long records,
        Instant firstSeen,
        Instant at) {

    /** What can change. */
    public static final Set<String> KINDS =
            Set.of(
                    "added",
                    "removed",
                    "renamed",
                    "moved",
                    "split",
                    "merged",
                    "retyped",
                    "widened",
                    "narrowed",
                    "format-changed",
                    "enum-extended",
                    "key-changed",
                    "meaning-suspect");

    /** How much a change matters to the mapping. */
    public static final Set<String> SEVERITIES =
            Set.of("critical", "high", "medium", "low", "none");

    /** The types of JSON. */
    public static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "boolean", "null");

    public DriftEvent {
        Check.text("id", id);
        Check.address(tenant, connection, source, stream);
        Check.oneOf("severity", severity, SEVERITIES);
        changes = Check.list("changes", changes);
        Check.present("before", before);
        Check.present("after", after);
        Check.atLeast("mapping_version", mappingVersion, 0);
        Check.atLeast("records", records, 0);
        Check.when("first_seen", firstSeen);
        Check.when("at", at);
    }

    /** The stream's address. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }

    /** The same event, of which more was seen. */
    public DriftEvent seen(long moreRecords, Instant since, Instant now) {
        return new DriftEvent(
                id,
                tenant,
                connection,
                source,
                stream,
                severity,
                changes,
                before,
                after,
                mappingId,
                mappingVersion,
                moreRecords,
                since,
                now);
    }

    /**
     * One change.
     *
     * @param before paths before the change; empty where something came
     * @param after paths after it; empty where something went
     * @param canonicalFields what the mapping reads from these paths
     */
    public record Change(
            String kind,
            String severity,
            List<String> before,
            List<String> after,
            List<String> canonicalFields) {

        public Change {
            Check.oneOf("kind", kind, KINDS);
            Check.oneOf("severity", severity, SEVERITIES);
            before = Check.list("before", before);
            after = Check.list("after", after);
            canonicalFields = Check.list("canonical_fields", canonicalFields);
        }
    }

    /** A shape with all its fields. */
    public record Shape(String fingerprint, List<Field> fields) {

        public Shape {
            Check.matches("fingerprint", fingerprint, "[0-9a-f]{1,32}");
            fields = Check.list("fields", fields);
        }
    }

    /**
     * A field of a source record.
     *
     * @param types the JSON types seen
     * @param presence the share of the records that have it
     */
    public record Field(String path, List<String> types, double presence) {

        public Field {
            Check.text("path", path);
            types = Check.list("types", types);
            types.forEach(type -> Check.oneOf("types", type, TYPES));
            Check.share("presence", presence);
        }
    }
}
