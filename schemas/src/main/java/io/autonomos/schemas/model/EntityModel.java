package io.autonomos.schemas.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Resources;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The canonical model: every JSON Schema file under {@code entities/} on the class path.
 *
 * <p>A new entity is one new file. Besides JSON Schema's own words a file uses {@code x-version}
 * and {@code x-identity}, and the formats {@code date}, {@code date-time}, {@code decimal} and
 * {@code currency}.
 */
public final class EntityModel {

    private static final String FOLDER = "entities";
    private static final EntityModel SHIPPED = load(EntityModel.class.getClassLoader());

    private final Map<String, EntitySchema> entities;

    private EntityModel(Map<String, EntitySchema> entities) {
        this.entities = Collections.unmodifiableMap(entities);
    }

    /** The model that ships with this version. */
    public static EntityModel shipped() {
        return SHIPPED;
    }

    /** A model of the given entities only. */
    public static EntityModel of(EntitySchema... schemas) {
        Map<String, EntitySchema> entities = new TreeMap<>();
        for (EntitySchema schema : schemas) {
            entities.put(schema.name(), schema);
        }
        return new EntityModel(entities);
    }

    /** Reads all entity files that the class loader sees. */
    static EntityModel load(ClassLoader loader) {
        Map<String, EntitySchema> entities = new TreeMap<>();
        for (Resources.Resource file : Resources.list(loader, FOLDER, ".json")) {
            EntitySchema schema = parse(file.name(), file.bytes());
            entities.put(schema.name(), schema);
        }
        return new EntityModel(entities);
    }

    public Collection<EntitySchema> entities() {
        return entities.values();
    }

    /** The entity of that name, or null. */
    public EntitySchema entity(String name) {
        return entities.get(name);
    }

    /**
     * Reads one entity file.
     *
     * @param file its name, for messages
     */
    public static EntitySchema parse(String file, byte[] bytes) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(bytes);
        } catch (IOException e) {
            throw invalid(file, "it is not JSON: " + e.getMessage());
        }
        String name = root.path("title").asText("");
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw invalid(file, "title must be the entity's name in snake_case");
        }
        List<String> required = texts(root.path("required"));
        List<EntityField> fields = new ArrayList<>();
        root.path("properties")
                .properties()
                .forEach(
                        e ->
                                fields.add(
                                        field(
                                                file,
                                                fields.size(),
                                                e.getKey(),
                                                e.getValue(),
                                                required)));
        List<String> identity = texts(root.path("x-identity"));
        for (String each : identity) {
            if (fields.stream().noneMatch(f -> f.name().equals(each))) {
                throw invalid(file, "x-identity names " + each + ", which is no property");
            }
        }
        if (identity.isEmpty()) {
            throw invalid(file, "x-identity must name at least one property");
        }
        return new EntitySchema(
                name,
                root.path("x-version").asInt(1),
                root.path("description").asText(""),
                identity,
                fields);
    }

    private static EntityField field(
            String file, int index, String name, JsonNode node, List<String> required) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw invalid(file, "property " + name + " must be in snake_case");
        }
        return new EntityField(
                index,
                name,
                type(file, name, node),
                required.contains(name),
                bound(node.get("minimum")),
                bound(node.get("maximum")),
                "currency".equals(node.path("format").asText()) ? "currency" : null,
                node.path("description").asText(""));
    }

    private static FieldType type(String file, String name, JsonNode node) {
        String type = node.path("type").asText();
        String format = node.path("format").asText();
        return switch (type) {
            case "string" ->
                    switch (format) {
                        case "date" -> FieldType.DATE;
                        case "date-time" -> FieldType.TIMESTAMP;
                        case "", "currency" -> FieldType.TEXT;
                        default -> throw invalid(file, name + " has the unknown format " + format);
                    };
            case "integer" -> FieldType.INTEGER;
            case "number" -> FieldType.DECIMAL;
            case "boolean" -> FieldType.BOOLEAN;
            case "array" -> FieldType.TEXT_LIST;
            case "object" -> FieldType.TEXT_MAP;
            default -> throw invalid(file, name + " has the unknown type " + type);
        };
    }

    private static BigDecimal bound(JsonNode node) {
        return node == null ? null : node.decimalValue();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static IllegalArgumentException invalid(String file, String why) {
        return new IllegalArgumentException(
                "%s: entity file %s: %s.".formatted(ErrorCode.ENTITY_INVALID.code(), file, why));
    }
}
