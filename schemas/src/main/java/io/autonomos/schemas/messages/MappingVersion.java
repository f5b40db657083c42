package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.Set;

/**
 * One immutable version of a mapping, as the registry holds it.
 *
 * @param tenant the tenant, or {@link #ALL} for a mapping that ships
 * @param connection the connection, or {@link #ALL} for all of the source
 * @param id the mapping
 * @param version rises with each version of the mapping
 * @param content the mapping, as YAML
 * @param proposalId the proposal that it was made from, or null
 * @param refusalCode why it was refused, else null
 * @param refusal the same in words, else null
 * @param by who published it
 * @param reason why, or null
 */
public record MappingVersion(
        String tenant,
        String connection,
        String source,
        String stream,
        String entity,
        String id,
        int version,
        String content,
        String state,
        String origin,
        String proposalId,
        String refusalCode,
        String refusal,
        String by,
        String reason,
        Instant at) {

    /** Stands for every tenant or connection. */
    public static final String ALL = "*";

    public static final String ACTIVE = "active";
    public static final String REFUSED = "refused";
    public static final String RETIRED = "retired";

    private static final Set<String> STATES = Set.of(ACTIVE, REFUSED, RETIRED);
    private static final Set<String> ORIGINS = Set.of("shipped", "published", "repair", "rollback");

    public MappingVersion {
        Check.address(tenant, connection, source, stream);
        Check.text("entity", entity);
        Check.text("id", id);
        Check.atLeast("version", version, 1);
        Check.text("content", content);
        Check.oneOf("state", state, STATES);
        Check.oneOf("origin", origin, ORIGINS);
        Check.optional("proposal_id", proposalId);
        if (REFUSED.equals(state) || refusalCode != null) {
            Check.matches("refusal_code", refusalCode, "AOS-[1-9][0-9]{2}");
        }
        if (REFUSED.equals(state)) {
            Check.present("refusal", refusal);
        }
        Check.text("by", by);
        Check.when("at", at);
    }

    /** The address it applies to; may hold {@link #ALL}. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }
}
