package io.autonomos.operators;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.ViewChange;
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
 * Builds changes of unified rows for tests.
 *
 * <pre>{@code
 * row("contact", "c-1").with("email", "ada@example.com").link("crm", "003").build()
 * }</pre>
 */
public final class TestingViews {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EntitySchema entity;
    private final String id;
    private final Map<String, String> data = new LinkedHashMap<>();
    private final StringBuilder links = new StringBuilder();
    private final StringBuilder provenance = new StringBuilder();
    private String tenant = "acme";
    private long eventTime = 1_700_000_000_000_000L;

    private TestingViews(EntitySchema entity, String id) {
        this.entity = entity;
        this.id = id;
    }

    /** A row of tenant {@code acme}. */
    public static TestingViews row(String entity, String id) {
        return row(EntityModel.shipped().entity(entity), id);
    }

    /** A row of an entity that need not be shipped. */
    public static TestingViews row(EntitySchema entity, String id) {
        return new TestingViews(entity, id);
    }

    public TestingViews tenant(String value) {
        tenant = value;
        return this;
    }

    public TestingViews at(long eventTimeMicros) {
        eventTime = eventTimeMicros;
        return this;
    }

    /** Sets a field to the JSON form of a text, number, boolean, list or map. */
    public TestingViews with(String field, Object value) {
        return withJson(field, json(value));
    }

    /** Sets a field to a JSON token as it stands. */
    public TestingViews withJson(String field, String token) {
        data.put(field, token);
        return this;
    }

    /** Adds a source record. */
    public TestingViews link(String connection, String recordId) {
        links.append(links.isEmpty() ? "" : ",")
                .append("{\"connection\":%s,\"source\":\"testing\"".formatted(json(connection)))
                .append(",\"stream\":\"Things\",\"record_id\":%s".formatted(json(recordId)))
                .append(",\"event_time\":\"%s\"}".formatted(time()));
        return this;
    }

    /** Says where a field's value came from. */
    public TestingViews from(String field, String connection, String recordId) {
        provenance
                .append(provenance.isEmpty() ? "" : ",")
                .append(
                        "{\"fields\":[%s],\"connection\":%s"
                                .formatted(json(field), json(connection)))
                .append(",\"source\":\"testing\",\"stream\":\"Things\"")
                .append(",\"record_id\":%s,\"mapping\":\"testing\"".formatted(json(recordId)))
                .append(",\"mapping_version\":1,\"event_time\":\"%s\"}".formatted(time()));
        return this;
    }

    private String time() {
        return Instant.EPOCH.plus(eventTime, ChronoUnit.MICROS).toString();
    }

    /** The row is gone. */
    public ViewChange gone() {
        return ViewChange.delete(tenant, entity.name(), id, eventTime);
    }

    /** The row, with its message on one line. */
    public ViewChange build() {
        if (links.isEmpty()) {
            link("crm-prod", id);
        }
        int[] values = new int[2 * entity.fields().size()];
        Arrays.fill(values, -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"tenant\":" + json(tenant) + ",\"entity\":" + json(entity.name()));
        write(out, ",\"id\":" + json(id) + ",\"data\":{");
        String comma = "";
        for (Map.Entry<String, String> each : data.entrySet()) {
            EntityField field = entity.field(each.getKey());
            write(out, comma + json(field.name()) + ":");
            values[2 * field.index()] = out.size();
            write(out, each.getValue());
            values[2 * field.index() + 1] = out.size();
            comma = ",";
        }
        write(out, "},\"links\":[" + links + "],\"provenance\":[" + provenance + "]");
        write(out, ",\"conflicts\":[],\"schema_version\":" + entity.version());
        write(out, ",\"updated_at\":" + json(time()) + "}");
        return new ViewChange(tenant, entity.name(), id, eventTime, out.toByteArray(), values);
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
