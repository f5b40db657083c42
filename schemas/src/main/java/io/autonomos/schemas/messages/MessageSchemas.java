package io.autonomos.schemas.messages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.schemas.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The JSON Schemas of the messages: one file per type under {@code messages/} on the class path.
 */
public final class MessageSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();

    private MessageSchemas() {}

    /** The types of messages, by name. */
    public static List<String> names() {
        return files("messages").stream().map(file -> file.name().replace(".json", "")).toList();
    }

    /** The schema of a message type, as text. */
    public static String schema(String name) {
        return message(name).toPrettyString();
    }

    /** The schema of the canonical events of one entity: {@code data} is what its file allows. */
    public static String canonicalEvent(String entity) {
        ObjectNode schema = ofEntity("canonical-event", entity);
        JsonNode required = entityFile(entity).path("required");
        ObjectNode upsert = schema.putObject("if");
        upsert.putObject("properties").putObject("op").put("const", "upsert");
        upsert.putArray("required").add("op");
        schema.putObject("then")
                .putObject("properties")
                .putObject("data")
                .set("required", required);
        return schema.toPrettyString();
    }

    /**
     * The schema of the view rows of one entity; a unified row may lack what a record must have.
     */
    public static String view(String entity) {
        return ofEntity("view", entity).toPrettyString();
    }

    private static ObjectNode ofEntity(String message, String entity) {
        ObjectNode data = entityFile(entity);
        data.remove(
                List.of(
                        "$schema",
                        "$id",
                        "title",
                        "x-version",
                        "x-identity",
                        "x-unify",
                        "x-candidates",
                        "required"));
        ObjectNode schema = message(message);
        schema.put("$id", schema.path("$id").asText() + ":" + entity);
        ObjectNode properties = (ObjectNode) schema.path("properties");
        properties.putObject("entity").put("const", entity);
        properties.set("data", data);
        return schema;
    }

    private static ObjectNode message(String name) {
        for (Resources.Resource file : files("messages")) {
            if (file.name().equals(name + ".json")) {
                return parse(file);
            }
        }
        throw new IllegalArgumentException(
                "There is no message type %s; there are %s.".formatted(name, names()));
    }

    private static ObjectNode entityFile(String entity) {
        for (Resources.Resource file : files("entities")) {
            ObjectNode schema = parse(file);
            if (schema.path("title").asText().equals(entity)) {
                return schema;
            }
        }
        throw new IllegalArgumentException("There is no entity %s.".formatted(entity));
    }

    private static List<Resources.Resource> files(String folder) {
        return Resources.list(MessageSchemas.class.getClassLoader(), folder, ".json");
    }

    private static ObjectNode parse(Resources.Resource file) {
        try {
            return (ObjectNode) JSON.readTree(file.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
