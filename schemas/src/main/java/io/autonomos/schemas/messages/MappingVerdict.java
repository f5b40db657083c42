package io.autonomos.schemas.messages;

import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The job's answer to one message on the registry topic.
 *
 * @param tenant with {@code connection} and {@code stream} those of {@link StreamKey#UNADDRESSED}
 *     where the message does not say which stream it is for
 * @param version the version it answers, or 0 where the message does not say
 * @param partition of the message
 * @param offset of the message
 * @param mapping the id of an accepted mapping, or null
 * @param entity the entity of an accepted mapping, or null
 * @param problems why it was refused; none where it was accepted
 */
public record MappingVerdict(
        String tenant,
        String connection,
        String stream,
        int version,
        int partition,
        long offset,
        String outcome,
        String mapping,
        String entity,
        List<Problem> problems,
        Instant at) {

    public static final String ACCEPTED = "accepted";
    public static final String REFUSED = "refused";

    private static final Set<String> OUTCOMES = Set.of(ACCEPTED, REFUSED);

    /**
     * What is wrong with a version.
     *
     * @param line in the content, or 0 where no place is meant
     * @param column in the content, or 0 where no place is meant
     * @param hint what to do, or null
     */
    public record Problem(String code, int line, int column, String message, String hint) {

        public Problem {
            Check.matches("code", code, "AOS-[1-9][0-9]{2}");
            Check.atLeast("line", line, 0);
            Check.atLeast("column", column, 0);
            Check.text("message", message);
        }

        /** The problem on one line. */
        public String text() {
            String place = line == 0 ? "" : line + ":" + column + " ";
            return place + code + ": " + message + (hint == null ? "" : " " + hint);
        }
    }

    public MappingVerdict {
        Check.part("tenant", tenant);
        Check.part("connection", connection);
        Check.part("stream", stream);
        Check.atLeast("version", version, 0);
        Check.atLeast("partition", partition, 0);
        Check.atLeast("offset", offset, 0);
        Check.oneOf("outcome", outcome, OUTCOMES);
        problems = Check.list("problems", problems);
        Check.when("at", at);
    }

    /** The stream it is about. */
    public StreamKey key() {
        return new StreamKey(tenant, connection, stream);
    }

    /** Whether the version takes effect. */
    public boolean accepts() {
        return ACCEPTED.equals(outcome);
    }
}
