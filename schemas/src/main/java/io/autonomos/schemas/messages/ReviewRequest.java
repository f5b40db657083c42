package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One message of the topic {@code <prefix>.reviews}: a review, or what is wrong with it.
 *
 * @param tenant whose proposal it is about, as far as the message says
 * @param proposalId the proposal, or {@link #UNNAMED}
 * @param reviewId its id, or the message's partition and offset
 * @param review null where there is a fault
 * @param fault why it is no review, or null
 */
public record ReviewRequest(
        String tenant, String proposalId, String reviewId, Review review, Fault fault) {

    /** Stands for what a message does not say. */
    public static final String UNNAMED = "_";

    /** A larger message is refused. */
    public static final int MAX_BYTES = 1 << 20;

    /** Most characters of the ids and of who decided. */
    public static final int MAX_NAME = 256;

    /** Most characters of the reason. */
    public static final int MAX_REASON = 4_000;

    private static final ObjectMapper LENIENT = JsonMapper.builder().build();

    /** A review without a fault. */
    public static ReviewRequest of(Review review) {
        return new ReviewRequest(review.tenant(), review.proposalId(), review.id(), review, null);
    }

    /** What a message is. Never throws. */
    public static ReviewRequest read(byte[] value, int partition, long offset) {
        String place = "%d@%d".formatted(partition, offset);
        if (value == null) {
            return refused(place, null, "it is empty");
        }
        if (value.length > MAX_BYTES) {
            return refused(
                    place,
                    null,
                    "it has %d bytes, more than %d".formatted(value.length, MAX_BYTES));
        }
        try {
            Review review = MessageJson.read(Review.class, value);
            String wrong = wrong(review);
            return wrong == null ? of(review) : refused(place, value, wrong);
        } catch (MessageException e) {
            return refused(place, value, e.getMessage());
        }
    }

    /** Names are kept in keys and indexes; a text that is no Unicode cannot be written again. */
    private static String wrong(Review review) {
        if (!isName(review.id()) || !isName(review.proposalId()) || !isName(review.by())) {
            return "id, proposal_id and by must have at most %d characters and none of control"
                    .formatted(MAX_NAME);
        }
        if (!isName(review.tenant())) {
            return "tenant must not have characters of control";
        }
        String reason = Objects.requireNonNullElse(review.reason(), "");
        if (!isText(reason) || reason.length() > MAX_REASON) {
            return "reason must be Unicode text of at most %d characters".formatted(MAX_REASON);
        }
        return isText(Objects.requireNonNullElse(review.mapping(), ""))
                ? null
                : "mapping must be Unicode text";
    }

    private static ReviewRequest refused(String place, byte[] value, String why) {
        JsonNode json = lenient(value);
        ErrorCode invalid = ErrorCode.MESSAGE_INVALID;
        String message =
                "the review at %s: %s. %s"
                        .formatted(place, why.replaceAll("\\.$", ""), invalid.remedy());
        return new ReviewRequest(
                name(json, "tenant", StreamKey.UNADDRESSED.tenant(), Check.MAX_PART),
                name(json, "proposal_id", UNNAMED, MAX_NAME),
                name(json, "id", place, MAX_NAME),
                null,
                Fault.of(invalid, printable(message)));
    }

    private static JsonNode lenient(byte[] value) {
        try {
            JsonNode json = value == null ? null : LENIENT.readTree(value);
            return json == null ? LENIENT.createObjectNode() : json;
        } catch (IOException e) {
            return LENIENT.createObjectNode();
        }
    }

    private static String name(JsonNode json, String property, String otherwise, int most) {
        String text = json.path(property).isTextual() ? json.path(property).textValue() : "";
        return isName(text) && text.length() <= most ? text : otherwise;
    }

    private static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_NAME
                && isText(text)
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** Whether the stores and JSON can hold it: no U+0000, no half of a surrogate pair. */
    private static boolean isText(String text) {
        return text.codePoints().noneMatch(ReviewRequest::isUnwritable);
    }

    private static boolean isUnwritable(int each) {
        return each == 0 || (each >= Character.MIN_SURROGATE && each <= Character.MAX_SURROGATE);
    }

    private static String printable(String text) {
        int[] points = text.codePoints().map(each -> isUnwritable(each) ? '?' : each).toArray();
        int length = Math.min(points.length, MAX_REASON);
        return new String(Arrays.copyOf(points, length), 0, length);
    }
}
