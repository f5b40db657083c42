package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * One immutable version of one stream's mapping, as a writer publishes it. What the job makes of it
 * is a {@link MappingVerdict}.
 *
 * @param source the kind of system whose records it is for
 * @param version rises with each version of the stream
 * @param content the mapping, as YAML
 * @param proposalId the proposal that it was made from, or null
 * @param confidence of that proposal, or null
 * @param by who published it
 * @param reason why, or null
 */
public record MappingVersion(
        String tenant,
        String connection,
        String source,
        String stream,
        int version,
        String content,
        String origin,
        String proposalId,
        Double confidence,
        String by,
        String reason,
        Instant at) {

    public static final String PUBLISH = "publish";
    public static final String ROLLBACK = "rollback";
    public static final String REPAIR = "repair";
    public static final String IMPORT = "import";

    private static final Set<String> ORIGINS = Set.of(PUBLISH, ROLLBACK, REPAIR, IMPORT);
    private static final int DIGEST_LENGTH = 16;

    public MappingVersion {
        Check.address(tenant, connection, source, stream);
        Check.atLeast("version", version, 1);
        Check.text("content", content);
        Check.oneOf("origin", origin, ORIGINS);
        Check.optional("proposal_id", proposalId);
        if (confidence != null) {
            Check.share("confidence", confidence);
        }
        Check.text("by", by);
        Check.when("at", at);
    }

    /** A version that no proposal asked for. */
    public static MappingVersion of(
            StreamKey key,
            String source,
            int version,
            String content,
            String origin,
            String by,
            String reason,
            Instant at) {
        return new MappingVersion(
                key.tenant(),
                key.connection(),
                source,
                key.stream(),
                version,
                content,
                origin,
                null,
                null,
                by,
                reason,
                at);
    }

    /** The stream it is for. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }

    /** The beginning of the {@link #hash}, for the message's key. */
    public String digest() {
        return hash().substring(0, DIGEST_LENGTH);
    }

    /** Tells two contents apart: their SHA-256, as hex. */
    public String hash() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
