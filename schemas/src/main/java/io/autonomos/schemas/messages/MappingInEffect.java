package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.List;

/**
 * How the records of a stream are translated from now on.
 *
 * @param entity the entity they become, or null where no mapping is known
 * @param mapping its id, or null where none is known
 * @param version its number; 0 where none is known
 * @param origin {@link #SHIPPED}, or how the version of the stream's own came about; null where
 *     none is known
 * @param confidence of the repair that made it; 1 where a person wrote it
 * @param fields what each canonical field is made of
 */
public record MappingInEffect(
        String tenant,
        String connection,
        String source,
        String stream,
        String entity,
        String mapping,
        int version,
        String origin,
        double confidence,
        List<FieldSources> fields,
        Instant at) {

    /** It came with this release. */
    public static final String SHIPPED = "shipped";

    public MappingInEffect {
        Check.address(tenant, connection, source, stream);
        Check.optional("mapping", mapping);
        Check.optional("origin", origin);
        Check.share("confidence", confidence);
        fields = Check.list("fields", fields);
        Check.when("at", at);
    }

    /** No mapping is known for the records. */
    public static MappingInEffect none(StreamKey key, String source, Instant at) {
        return new MappingInEffect(
                key.tenant(),
                key.connection(),
                source,
                key.stream(),
                null,
                null,
                0,
                null,
                0,
                List.of(),
                at);
    }
}
