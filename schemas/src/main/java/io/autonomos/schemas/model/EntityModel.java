package io.autonomos.schemas.model;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
 * and {@code x-identity}, those of {@link UnifyReader}, and the formats {@code date}, {@code
 * date-time} and {@code currency}.
 */
public final class EntityModel {

    private static final String FOLDER = "entities";
    private static final String NAME = "[a-z][a-z0-9_]{0,40}";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
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
            if (entities.put(schema.name(), schema) != null) {
                throw invalid(file.name(), "another file has the title " + schema.name() + " too");
            }
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
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            throw invalid(file, "it is not JSON: " + e.getMessage());
        }
        String name = root.path("title").asText("");
        if (!name.matches(NAME)) {
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
        if (fields.isEmpty()) {
            throw invalid(file, "properties must name at least one field");
        }
        requireFields(file, "required", required, fields);
        List<String> identity = texts(root.path("x-identity"));
        requireFields(file, "x-identity", identity, fields);
        if (identity.isEmpty()) {
            throw invalid(file, "x-identity must name at least one property");
        }
        int version = root.path("x-version").asInt(1);
        if (version < 1) {
            throw invalid(file, "x-version must be at least 1");
        }
        return new EntitySchema(
                name,
                version,
                root.path("description").asText(""),
                identity,
                fields,
                UnifyReader.rules(file, root, fields),
                UnifyReader.candidates(file, root, fields));
    }

    static void requireFields(
            String file, String key, List<String> names, List<EntityField> fields) {
        for (String each : names) {
            if (fields.stream().noneMatch(f -> f.name().equals(each))) {
                throw invalid(file, key + " names " + each + ", which is no property");
            }
        }
    }

    private static EntityField field(
            String file, int index, String name, JsonNode node, List<String> required) {
        if (!name.matches(NAME)) {
            throw invalid(file, "property " + name + " must be in snake_case");
        }
        BigDecimal minimum = bound(file, name, "minimum", node);
        BigDecimal maximum = bound(file, name, "maximum", node);
        if (minimum != null && maximum != null && minimum.compareTo(maximum) > 0) {
            throw invalid(file, name + " has a minimum above its maximum");
        }
        FieldType type = type(file, name, node);
        return new EntityField(
                index,
                name,
                type,
                required.contains(name),
                minimum,
                maximum,
                "currency".equals(node.path("format").asText()) ? "currency" : null,
                node.path("description").asText(""),
                UnifyReader.merge(file, name, type, node));
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
            case "array" -> ofText(file, name, node.path("items"), FieldType.TEXT_LIST);
            case "object" ->
                    ofText(file, name, node.path("additionalProperties"), FieldType.TEXT_MAP);
            default -> throw invalid(file, name + " has the unknown type " + type);
        };
    }

    private static FieldType ofText(String file, String name, JsonNode parts, FieldType type) {
        if (!parts.path("type").asText().equals("string")) {
            throw invalid(file, name + " must hold strings, the only parts that are supported");
        }
        return type;
    }

    private static BigDecimal bound(String file, String name, String key, JsonNode field) {
        JsonNode node = field.get(key);
        if (node != null && !node.isNumber()) {
            throw invalid(file, name + " has a " + key + " that is no number");
        }
        return node == null ? null : node.decimalValue();
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    static IllegalArgumentException invalid(String file, String why) {
        return new IllegalArgumentException(
                "%s: entity file %s: %s.".formatted(ErrorCode.ENTITY_INVALID.code(), file, why));
    }
}
