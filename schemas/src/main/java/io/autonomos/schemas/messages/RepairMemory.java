package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What a tenant said of one change of a source's fields: the latest word of a tenant counts. Other
 * tenants get to know the names and types only.
 *
 * @param before the source path before
 * @param after the source path that has its values since
 * @param typeBefore the JSON type of its values before, or null
 * @param typeAfter the JSON type since, or null
 * @param verdict {@link #ACCEPTED}, {@link #REJECTED} or {@link #WITHDRAWN}
 * @param byPerson whether a person said so
 * @param kinds which share of the values since is of which kind; for the tenant itself only
 * @param proposalId the proposal that it was about
 */
public record RepairMemory(
        String tenant,
        String connection,
        String source,
        String stream,
        String before,
        String after,
        String typeBefore,
        String typeAfter,
        String verdict,
        boolean byPerson,
        Map<String, Double> kinds,
        String proposalId,
        Instant at) {

    /** It took effect. */
    public static final String ACCEPTED = "accepted";

    /** A person refused it. */
    public static final String REJECTED = "rejected";

    /** It was taken back after it took effect. */
    public static final String WITHDRAWN = "withdrawn";

    private static final Set<String> VERDICTS = Set.of(ACCEPTED, REJECTED, WITHDRAWN);

    public RepairMemory {
        Check.address(tenant, connection, source, stream);
        Check.text("before", before);
        Check.text("after", after);
        Check.optional("type_before", typeBefore);
        Check.optional("type_after", typeAfter);
        Check.oneOf("verdict", verdict, VERDICTS);
        kinds = Check.named("kinds", kinds, "[a-z_]{1,32}");
        kinds.forEach((kind, share) -> Check.share("kinds." + kind, share));
        Check.text("proposal_id", proposalId);
        Check.when("at", at);
    }

    /** The stream whose repair it was. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }

    /** Whether the tenant takes the one for the other. */
    public boolean accepts() {
        return verdict.equals(ACCEPTED);
    }

    /** The same change with another word on it. */
    public RepairMemory with(String newVerdict, boolean isByPerson, Instant when) {
        return new RepairMemory(
                tenant,
                connection,
                source,
                stream,
                before,
                after,
                typeBefore,
                typeAfter,
                newVerdict,
                isByPerson,
                kinds,
                proposalId,
                when);
    }
}
