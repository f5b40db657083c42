package io.autonomos.mappings.language;

import io.autonomos.schemas.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML nodes into plain values and collects problems with their places. */
final class YamlReader {

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_DEPTH = 16;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    YamlReader(String file) {
        this.file = file;
    }

    List<Problem> problems() {
        return problems;
    }

    /** The file's top-level mapping, or null after a problem was noted. */
    MappingNode root(String yaml) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setLabel(file)
                        .setSchema(new CoreSchema())
                        .setCodePointLimit(MAX_CHARACTERS)
                        .setMaxAliasesForCollections(0)
                        .build();
        try {
            Optional<Node> node = new Compose(settings).composeString(yaml);
            if (node.isPresent() && node.get() instanceof MappingNode mapping) {
                return refusesAnchors(mapping, 0) ? null : mapping;
            }
            problem(
                    ErrorCode.MAPPING_SYNTAX,
                    new Place(file, 1, 1),
                    "a mapping is expected.",
                    null);
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(this::place).orElse(new Place(file, 1, 1));
            problem(ErrorCode.MAPPING_SYNTAX, place, e.getProblem() + ".", null);
        } catch (YamlEngineException e) {
            problem(ErrorCode.MAPPING_SYNTAX, new Place(file, 1, 1), e.getMessage(), null);
        }
        return null;
    }

    private boolean refusesAnchors(Node node, int depth) {
        if (node.getAnchor().isPresent() || depth > MAX_DEPTH) {
            problem(
                    ErrorCode.MAPPING_SYNTAX,
                    place(node),
                    depth > MAX_DEPTH ? "nested too deep." : "anchors and aliases are not allowed.",
                    "Write the value out.");
            return true;
        }
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (refusesAnchors(tuple.getKeyNode(), depth + 1)
                        || refusesAnchors(tuple.getValueNode(), depth + 1)) {
                    return true;
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            for (Node each : sequence.getValue()) {
                if (refusesAnchors(each, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The entries of a mapping by key text; duplicates are a problem. */
    Map<String, Entry> entries(Node node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(ErrorCode.MAPPING_VALUE, place(node), "a mapping of keys is expected.", null);
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode());
            if (key != null
                    && entries.put(key, new Entry(tuple.getKeyNode(), tuple.getValueNode()))
                            != null) {
                problem(
                        ErrorCode.MAPPING_SYNTAX,
                        place(tuple.getKeyNode()),
                        "the key " + key + " stands twice.",
                        "Keep one of them.");
            }
        }
        return entries;
    }

    /** The entries of a mapping whose keys are a closed set. */
    Map<String, Entry> entries(Node node, Set<String> allowed) {
        Map<String, Entry> entries = entries(node);
        entries.forEach(
                (key, entry) -> {
                    if (!allowed.contains(key)) {
                        problem(
                                ErrorCode.MAPPING_KEY,
                                place(entry.key()),
                                "the key " + key + " is unknown here.",
                                Suggestion.of(key, allowed));
                    }
                });
        return entries;
    }

    /** A scalar's text, or null for YAML's null or after a problem was noted. */
    String scalar(Node node) {
        if (node instanceof ScalarNode scalar) {
            return Tag.NULL.equals(scalar.getTag()) ? null : scalar.getValue();
        }
        problem(ErrorCode.MAPPING_VALUE, place(node), "a single value is expected.", null);
        return null;
    }

    /** One scalar or a list of them. */
    List<Node> oneOrMore(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    void problem(ErrorCode code, Place place, String message, String hint) {
        problems.add(new Problem(code, place, message, hint));
    }

    Place place(Node node) {
        return node.getStartMark().map(this::place).orElse(new Place(file, 1, 1));
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A key and its value, with their places. */
    record Entry(Node key, Node value) {}
}
