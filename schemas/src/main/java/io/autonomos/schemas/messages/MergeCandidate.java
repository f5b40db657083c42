package io.autonomos.schemas.messages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Two unified rows that may be one; a person decides, on the same topics as about repairs.
 *
 * @param id deterministic: two rows have one id, whatever makes them candidates
 * @param from the row that would become part of the other
 * @param into the row that would stay: the one whose identity is the stronger evidence
 * @param rules the rules of the entity that find them alike
 * @param evidence how the values of both compare, as they were when the rows were first found
 *     alike; never holds a value
 */
public record MergeCandidate(
        String id,
        String tenant,
        String entity,
        String from,
        String into,
        List<String> rules,
        List<Comparison> evidence,
        Instant at) {

    /** Begins the ids of candidates, so that reviews find the way to them. */
    public static final String PREFIX = "merge-";

    private static final int DIGEST_LENGTH = 20;

    public MergeCandidate {
        Check.matches("id", id, PREFIX + "[0-9a-f]{" + DIGEST_LENGTH + "}");
        Check.part("tenant", tenant);
        Check.entity(entity);
        Check.text("from", from);
        Check.text("into", into);
        rules = Check.list("rules", rules);
        evidence = Check.list("evidence", evidence);
        Check.when("at", at);
    }

    /** Whether a proposal's id is one of a candidate. */
    public static boolean isId(String proposal) {
        return proposal.startsWith(PREFIX);
    }

    /** The id of two rows, in whatever order. */
    public static String id(String tenant, String entity, String one, String other) {
        boolean ordered = one.compareTo(other) <= 0;
        String name =
                String.join("\n", tenant, entity, ordered ? one : other, ordered ? other : one);
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same with these rules. */
    public MergeCandidate by(List<String> others) {
        return new MergeCandidate(id, tenant, entity, from, into, others, evidence, at);
    }

    /**
     * How the values of a field compare.
     *
     * @param said {@link #SAME}, {@link #DIFFERENT} or {@link #ONE}
     */
    public record Comparison(String field, String said) {

        /** Both rows say the same. */
        public static final String SAME = "same";

        /** The rows say different things. */
        public static final String DIFFERENT = "different";

        /** One row alone says something. */
        public static final String ONE = "one";

        private static final Set<String> ALL = Set.of(SAME, DIFFERENT, ONE);

        public Comparison {
            Check.text("field", field);
            Check.oneOf("said", said, ALL);
        }
    }
}
