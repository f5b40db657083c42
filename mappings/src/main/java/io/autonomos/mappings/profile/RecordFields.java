package io.autonomos.mappings.profile;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.scan.SourcePath.Step;
import io.autonomos.schemas.Fingerprint;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of one record by path. Objects are walked into, of arrays the array itself and the
 * first element where that is an object. Bounded in depth and number.
 */
public final class RecordFields {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                    .build();
    private static final int MOST_LEVELS = 16;
    private static final int MOST_FIELDS = 2_000;
    private static final int LONGEST_ARRAY = 1_000;
    private static final int LONGEST_PATH = 1_000;
    private static final int LARGEST_SCALE = 400;

    private final Map<String, Leaf> leaves = new LinkedHashMap<>();
    private final Set<SourcePath> arrays = new HashSet<>();

    /**
     * One value.
     *
     * @param type a JSON type of {@link Fingerprint}
     * @param text the value as text; null for null and for an object, empty for empty text
     */
    public record Leaf(SourcePath path, int type, String text) {

        /** Whether it is more than null and empty text. */
        public boolean hasValue() {
            return text != null && !text.isEmpty();
        }
    }

    private RecordFields(List<SourcePath> each) {
        List<Step> steps = new ArrayList<>();
        for (SourcePath array : each) {
            steps.addAll(array.steps());
            arrays.add(new SourcePath(steps));
        }
    }

    /** The values of a record; none where it is no JSON object. */
    public static RecordFields of(byte[] json) {
        return of(json, List.of());
    }

    /**
     * The values of a record that holds many.
     *
     * @param each the nested arrays whose elements make one event each, outermost first; the first
     *     element stands in for all
     */
    public static RecordFields of(byte[] json, List<SourcePath> each) {
        RecordFields fields = new RecordFields(each);
        try {
            JsonNode root = JSON.readTree(json);
            if (root != null && root.isObject()) {
                fields.walk(root, new ArrayList<>());
            }
        } catch (IOException | NumberFormatException e) {
            // Canonicalize tells what is wrong with it; Jackson throws the latter for an exponent
            // of more digits than an int has.
            fields.leaves.clear();
        }
        return fields;
    }

    /** The values of an object. */
    public static RecordFields of(JsonNode object) {
        RecordFields fields = new RecordFields(List.of());
        fields.walk(object, new ArrayList<>());
        return fields;
    }

    /** By path as {@link SourcePath} writes it. */
    public Map<String, Leaf> leaves() {
        return leaves;
    }

    /** Whether something stands at the path or below it, be it null. */
    public boolean has(SourcePath path) {
        String text = path.toString();
        if (leaves.containsKey(text)) {
            return true;
        }
        return leaves.values().stream().anyMatch(leaf -> path.contains(leaf.path()));
    }

    /** The text at a path, or null. */
    public String text(String path) {
        Leaf leaf = leaves.get(path);
        return leaf == null ? null : leaf.text();
    }

    private void walk(JsonNode node, List<Step> at) {
        if (leaves.size() >= MOST_FIELDS || at.size() > MOST_LEVELS) {
            return;
        }
        if (node.isObject() && (!node.isEmpty() || at.isEmpty())) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                at.add(new Step(member.getKey(), 0));
                walk(member.getValue(), at);
                at.remove(at.size() - 1);
            }
            return;
        }
        SourcePath path = new SourcePath(at);
        if (path.toString().length() > LONGEST_PATH) {
            return;
        }
        if (arrays.contains(path) && node.path(0).isObject()) {
            walk(node.get(0), at);
            return;
        }
        leaves.put(path.toString(), new Leaf(path, type(node), text(node)));
        if (node.isArray() && node.path(0).isObject()) {
            at.add(new Step(null, 0));
            walk(node.get(0), at);
            at.remove(at.size() - 1);
        }
    }

    private static String text(JsonNode node) {
        if (node.isNull() || node.isObject()) {
            return null;
        }
        if (node.isArray()) {
            String text = node.toString();
            return node.isEmpty() ? "" : text.substring(0, Math.min(text.length(), LONGEST_ARRAY));
        }
        return node.isBigDecimal() ? plain(node.decimalValue()) : node.asText();
    }

    /** Without an exponent, unless that took more digits than any store keeps. */
    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > LARGEST_SCALE
                ? number.toString()
                : number.toPlainString();
    }

    private static int type(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> Fingerprint.OBJECT;
            case ARRAY -> Fingerprint.ARRAY;
            case STRING -> Fingerprint.STRING;
            case NUMBER -> Fingerprint.NUMBER;
            case BOOLEAN -> Fingerprint.BOOLEAN;
            default -> Fingerprint.NULL;
        };
    }
}
