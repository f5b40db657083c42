package io.autonomos.mappings.language;

import io.autonomos.mappings.language.PlainEvents.NotPlainException;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML nodes into plain values and collects problems with their places. */
final class YamlReader {

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
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            Parser events = new ParserImpl(settings, new StreamReader(settings, yaml));
            Optional<Node> node = new Composer(settings, new PlainEvents(events)).getSingleNode();
            if (node.isPresent() && node.get() instanceof MappingNode mapping) {
                return mapping;
            }
            String found = node.map(YamlReader::kind).orElse("is empty");
            problem(
                    ErrorCode.MAPPING_SYNTAX,
                    node.map(this::place).orElse(top()),
                    "the file " + found + ", but keys with values are expected.",
                    "It begins with a line such as mapping: my-accounts; mappings infer drafts one.");
        } catch (NotPlainException e) {
            Place place = e.mark().map(this::place).orElse(top());
            problem(ErrorCode.MAPPING_SYNTAX, place, e.getMessage(), e.hint());
        } catch (MarkedYamlEngineException e) {
            Place place = e.getProblemMark().map(this::place).orElse(top());
            String context = e.getContext() == null ? "" : e.getContext() + ", ";
            String said = e.getProblem().replaceAll("\\.$", "");
            problem(ErrorCode.MAPPING_SYNTAX, place, context + said + ".", hint(said));
        } catch (YamlVersionException e) {
            problem(
                    ErrorCode.MAPPING_SYNTAX,
                    top(),
                    "the file says it is of another version of YAML than 1.2.",
                    "Leave the line %YAML out.");
        } catch (YamlEngineException e) {
            problem(ErrorCode.MAPPING_SYNTAX, top(), e.getMessage(), hint(""));
        }
        return null;
    }

    private static String kind(Node node) {
        return node instanceof SequenceNode ? "is a list" : "is a text";
    }

    /** What to write where YAML's own reader is stuck. */
    private static String hint(String said) {
        if (said.contains("(TAB)")) {
            return "Indent by spaces.";
        }
        if (said.contains("another document")) {
            return "Write one mapping in a file; leave out the line ---.";
        }
        if (said.contains("end of stream") || said.contains("stream end")) {
            return "Close the quote, bracket or brace that was opened.";
        }
        return "Write key: value, with keys of one level in one column; a text that holds ': ' or"
                + " ' #', or begins with one of [{&*!|>%@`, stands in quotes.";
    }

    /** The entries of a mapping by key text; duplicates are a problem. */
    Map<String, Entry> entries(Node node) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(
                    ErrorCode.MAPPING_VALUE,
                    place(node),
                    "keys with values are expected.",
                    node instanceof SequenceNode
                            ? "Write each as key: value, without the dash."
                            : "Write key: value, a line each, indented.");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            Node keyNode = tuple.getKeyNode();
            if (!(keyNode instanceof ScalarNode scalar)) {
                problem(
                        ErrorCode.MAPPING_VALUE,
                        place(keyNode),
                        "a key is a single word.",
                        "Write key: value.");
                continue;
            }
            String key = scalar.getValue();
            if (key.equals("<<")) {
                problem(
                        ErrorCode.MAPPING_SYNTAX,
                        place(keyNode),
                        "merge keys are not allowed.",
                        "Write the keys out; extends takes over a shipped mapping.");
                continue;
            }
            if (entries.put(key, new Entry(keyNode, tuple.getValueNode())) != null) {
                problem(
                        ErrorCode.MAPPING_SYNTAX,
                        place(keyNode),
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
            return isNull(node) ? null : scalar.getValue();
        }
        problem(
                ErrorCode.MAPPING_VALUE,
                place(node),
                "a single value is expected.",
                "Write it as one text or number, without brackets, braces or dashes.");
        return null;
    }

    /** Whether a node is YAML's null. */
    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && (Tag.NULL.equals(scalar.getTag())
                        || (scalar.getScalarStyle() == ScalarStyle.PLAIN
                                && scalar.getValue().equals("~")));
    }

    /** The text of an entry that may be absent. */
    String text(Entry entry, String absent) {
        String text = entry == null ? null : scalar(entry.value());
        return text == null ? absent : text;
    }

    /** One text or a list of them; nulls are left out. */
    List<String> texts(Entry entry) {
        List<String> texts = new ArrayList<>();
        if (entry != null) {
            for (Node node : oneOrMore(entry.value())) {
                String text = scalar(node);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** One path or a list of them; nulls are left out. */
    List<SourcePath> paths(Entry entry) {
        List<SourcePath> paths = new ArrayList<>();
        if (entry != null) {
            for (Node node : oneOrMore(entry.value())) {
                String text = scalar(node);
                SourcePath path = text == null ? null : path(text, node);
                if (path != null) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }

    /** The values of a mapping of texts, by key. */
    Map<String, String> map(Entry entry) {
        Map<String, String> values = new LinkedHashMap<>();
        entries(entry.value()).forEach((key, each) -> values.put(key, scalar(each.value())));
        return values;
    }

    /** An expression, or null. */
    Code code(Entry entry) {
        if (entry == null) {
            return null;
        }
        String text = scalar(entry.value());
        if (text == null || text.isBlank()) {
            problem(
                    ErrorCode.MAPPING_VALUE,
                    place(entry.value()),
                    "an expression is expected.",
                    "Write one such as record.Name != null, or leave the key out.");
            return null;
        }
        Place start = place(entry.value());
        ScalarStyle style = ((ScalarNode) entry.value()).getScalarStyle();
        boolean block = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        boolean plain = style == ScalarStyle.PLAIN;
        return new Code(
                text,
                plain || block ? start : new Place(start.file(), start.line(), start.column() + 1),
                block);
    }

    /** A path, or null after a problem was noted. */
    SourcePath path(String text, Node node) {
        try {
            return SourcePath.parse(text);
        } catch (IllegalArgumentException e) {
            problem(
                    ErrorCode.MAPPING_PATH,
                    place(node),
                    "the path " + text + " cannot be read: " + e.getMessage() + ".",
                    "Names with other characters stand in quotes: '\"@odata.etag\"'.");
            return null;
        }
    }

    /** One node or a list of them. */
    List<Node> oneOrMore(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    /** Notes a problem; of several with the form of one value the first says it. */
    void problem(ErrorCode code, Place place, String message, String hint) {
        boolean said =
                code == ErrorCode.MAPPING_VALUE
                        && problems.stream()
                                .anyMatch(p -> p.code() == code && p.place().equals(place));
        if (!said) {
            problems.add(new Problem(code, place, message, hint));
        }
    }

    Place place(Node node) {
        return node.getStartMark().map(this::place).orElse(top());
    }

    private Place place(Mark mark) {
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place top() {
        return new Place(file, 1, 1);
    }

    /** A key and its value, with their places. */
    record Entry(Node key, Node value) {}
}
