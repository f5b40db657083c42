package io.autonomos.operators.sink.kafka;

import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of CloudEvents 1.0 in Kafka's binary mode. */
final class CloudEvents {

    static final String ID = "ce_id";
    static final String SOURCE = "ce_source";
    static final String TYPE = "ce_type";
    static final String TIME = "ce_time";
    static final String SUBJECT = "ce_subject";
    static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    static final Header JSON = header("content-type", "application/json");

    private CloudEvents() {}

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** All headers of a message about a stream; its path is the subject. */
    static List<Header> headers(StreamKey key, String type, String id, Instant at) {
        return headers(source(key), type, id, at, key.path());
    }

    /** All headers of a message. */
    static List<Header> headers(String source, String type, String id, Instant at, String subject) {
        return List.of(
                SPEC_VERSION,
                header(ID, id),
                header(SOURCE, source),
                header(TYPE, type),
                header(TIME, at.toString()),
                header(SUBJECT, subject),
                JSON);
    }

    /** The stream as a URI reference: {@code /tenant/connection/stream}, percent-encoded. */
    static String source(StreamKey key) {
        StringBuilder uri = new StringBuilder(64);
        for (String part : new String[] {key.tenant(), key.connection(), key.stream()}) {
            uri.append('/');
            encode(part, uri);
        }
        return uri.toString();
    }

    /** The tenant as a URI reference. */
    static String source(String tenant) {
        StringBuilder uri = new StringBuilder(64).append('/');
        encode(tenant, uri);
        return uri.toString();
    }

    private static void encode(String part, StringBuilder into) {
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            boolean unreserved =
                    (each >= 'a' && each <= 'z')
                            || (each >= 'A' && each <= 'Z')
                            || (each >= '0' && each <= '9')
                            || "-._~".indexOf(each) >= 0;
            if (unreserved) {
                into.append((char) each);
            } else {
                into.append('%')
                        .append(Character.toUpperCase(Character.forDigit((each >> 4) & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(each & 15, 16)));
            }
        }
    }
}
