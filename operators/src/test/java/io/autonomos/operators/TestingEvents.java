package io.autonomos.operators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds canonical events for tests: renders the envelope and notes where each value stands in it.
 *
 * <pre>{@code
 * event("account", "001").tenant("acme").at(5).with("name", "Acme").build()
 * }</pre>
 */
public final class TestingEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EntitySchema entity;
    private final String recordId;
    private final Map<String, String> data = new LinkedHashMap<>();
    private String tenant = "acme";
    private String connection = "crm-prod";
    private String source = "testing";
    private String stream = "Things";
    private String op = RawRecord.UPSERT;
    private long eventTime = 1_700_000_000_000_000L;
    private long position;
    private int mappingVersion = 1;
    private String id;
    private String extras = "{}";

    private TestingEvents(EntitySchema entity, String recordId) {
        this.entity = entity;
        this.recordId = recordId;
    }

    /** An upsert of tenant {@code acme} without any value. */
    public static TestingEvents event(String entity, String recordId) {
        return event(EntityModel.shipped().entity(entity), recordId);
    }

    /** An upsert of an entity that need not be shipped. */
    public static TestingEvents event(EntitySchema entity, String recordId) {
        return new TestingEvents(entity, recordId);
    }

    public TestingEvents tenant(String value) {
        tenant = value;
        return this;
    }

    public TestingEvents connection(String value) {
        connection = value;
        return this;
    }

    public TestingEvents source(String value) {
        source = value;
        return this;
    }

    public TestingEvents stream(String value) {
        stream = value;
        return this;
    }

    /** Sets event time (epoch microseconds) and position 0. */
    public TestingEvents at(long eventTimeMicros) {
        return at(eventTimeMicros, 0);
    }

    public TestingEvents at(long eventTimeMicros, long atPosition) {
        eventTime = eventTimeMicros;
        position = atPosition;
        return this;
    }

    /** Sets the event's id; without it the id follows from the address, time and position. */
    public TestingEvents id(String value) {
        id = value;
        return this;
    }

    public TestingEvents mappingVersion(int value) {
        mappingVersion = value;
        return this;
    }

    public TestingEvents delete() {
        op = RawRecord.DELETE;
        return this;
    }

    /** Sets a field to the JSON form of a text, number, boolean, list or map. */
    public TestingEvents with(String field, Object value) {
        return withJson(field, json(value));
    }

    /** Sets a field to a JSON token as it stands. */
    public TestingEvents withJson(String field, String token) {
        if (entity.field(field) == null) {
            throw new IllegalArgumentException("No field " + field + " in " + entity);
        }
        data.put(field, token);
        return this;
    }

    /** Sets the extras object as it stands. */
    public TestingEvents extras(String object) {
        extras = object;
        return this;
    }

    /** The event, with its envelope on one line. */
    public CanonicalEvent build() {
        StreamKey key = new StreamKey(tenant, connection, stream);
        String eventId =
                id == null
                        ? Integer.toHexString((key + recordId).hashCode())
                                + "-"
                                + eventTime
                                + "-"
                                + position
                        : id;
        int[] values = new int[2 * entity.fields().size()];
        Arrays.fill(values, -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"id\":" + json(eventId) + ",\"tenant\":" + json(tenant));
        write(out, ",\"entity\":" + json(entity.name()) + ",\"op\":" + json(op) + ",\"data\":{");
        String comma = "";
        for (Map.Entry<String, String> each : data.entrySet()) {
            EntityField field = entity.field(each.getKey());
            write(out, comma + json(field.name()) + ":");
            values[2 * field.index()] = out.size();
            write(out, each.getValue());
            values[2 * field.index() + 1] = out.size();
            comma = ",";
        }
        write(out, "},\"extras\":");
        int extrasStart = out.size();
        write(out, extras);
        int extrasEnd = out.size();
        write(
                out,
                ",\"source\":{\"system\":" + json(source) + ",\"connection\":" + json(connection));
        write(out, ",\"stream\":" + json(stream) + ",\"record_id\":" + json(recordId));
        write(
                out,
                ",\"fingerprint\":\"00\"},\"mapping\":{\"id\":\"testing\",\"version\":"
                        + mappingVersion
                        + "}");
        String time = Instant.EPOCH.plus(eventTime, ChronoUnit.MICROS).toString();
        write(
                out,
                ",\"changes\":[],\"event_time\":" + json(time) + ",\"emitted_at\":" + json(time));
        write(out, ",\"trace_id\":\"00\",\"schema_version\":" + entity.version() + "}");
        return new CanonicalEvent(
                eventId,
                key,
                source,
                entity.name(),
                op,
                recordId,
                eventTime,
                position,
                "testing",
                mappingVersion,
                out.toByteArray(),
                values,
                extrasStart,
                extrasEnd);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
