package io.autonomos.mappings.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.mappings.language.TestCase.Failure;
import io.autonomos.mappings.language.TestCase.Output;
import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the tests of a mapping file. */
final class TestReader {

    private static final Set<String> OUTPUT_KEYS =
            MappingReader.keys("output, delete, extras, changes, record-id, event-time");
    static final Set<String> KEYS =
            MappingReader.keys(
                    "name, input, op, id, output, delete, extras, changes, record-id, event-time,"
                            + " outputs, error, filtered");
    private static final Set<String> ERROR_KEYS = MappingReader.keys("code, field");
    private static final List<String> OPS = List.of(RawRecord.UPSERT, RawRecord.DELETE);
    private static final List<String> CODES =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final YamlReader yaml;

    TestReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    List<TestCase> read(Entry entry) {
        List<TestCase> tests = new ArrayList<>();
        if (entry == null) {
            return tests;
        }
        if (!(entry.value() instanceof SequenceNode list)) {
            wrong(entry.value(), "tests is a list.", "Write - name: ... for each test.");
            return tests;
        }
        for (Node each : list.getValue()) {
            tests.add(test(each, yaml.entries(each, KEYS)));
        }
        return tests;
    }

    private TestCase test(Node node, Map<String, Entry> keys) {
        List<Output> outputs = null;
        if (keys.containsKey("outputs")) {
            outputs = new ArrayList<>();
            for (Node each : yaml.oneOrMore(keys.get("outputs").value())) {
                outputs.add(output(each, yaml.entries(each, OUTPUT_KEYS)));
            }
        } else if (OUTPUT_KEYS.stream().anyMatch(keys::containsKey)) {
            outputs = List.of(output(node, keys));
        }
        Failure error = error(keys.get("error"));
        boolean filtered = flag(keys.get("filtered"));
        String op = op(keys.get("op"));
        if (!keys.isEmpty() && !keys.containsKey("input") && op == null) {
            wrong(
                    node,
                    "the test has no input.",
                    "Write input: {Field: value}, or op: delete with an id.");
        }
        int expectations = (outputs == null ? 0 : 1) + (error == null ? 0 : 1) + (filtered ? 1 : 0);
        if (expectations != 1) {
            wrong(
                    node,
                    expectations == 0
                            ? "the test expects nothing, so it cannot fail."
                            : "the test expects more than one of output, error and filtered.",
                    "Give one of output, outputs, delete, error and filtered.");
        }
        return new TestCase(
                yaml.text(keys.get("name"), "line " + yaml.place(node).line()),
                yaml.place(node),
                input(keys.get("input")),
                op,
                yaml.text(keys.get("id"), null),
                outputs,
                error,
                filtered);
    }

    private Output output(Node node, Map<String, Entry> keys) {
        List<String> changes = null;
        if (keys.containsKey("changes")) {
            changes = new ArrayList<>();
            for (Node each : yaml.oneOrMore(keys.get("changes").value())) {
                changes.add(yaml.scalar(each));
            }
        }
        return new Output(
                yaml.place(node),
                flag(keys.get("delete")),
                object(keys.get("output")),
                object(keys.get("extras")),
                changes,
                yaml.text(keys.get("record-id"), null),
                time(keys.get("event-time")));
    }

    private Failure error(Entry entry) {
        if (entry == null) {
            return null;
        }
        if (!(entry.value() instanceof MappingNode)) {
            return new Failure(code(entry), null);
        }
        Map<String, Entry> keys = yaml.entries(entry.value(), ERROR_KEYS);
        return new Failure(code(keys.get("code")), yaml.text(keys.get("field"), null));
    }

    private String code(Entry entry) {
        String code = yaml.text(entry, "");
        if (entry != null && !code.matches("AOS-[0-9]{3}")) {
            wrong(
                    entry.value(),
                    "an error code is expected.",
                    "Write error: AOS-310, or the code that autonomos preview shows.");
        } else if (entry != null && !CODES.contains(code)) {
            wrong(
                    entry.value(),
                    "there is no error " + code + ".",
                    "Write the code that autonomos preview shows.");
        }
        return code;
    }

    private boolean flag(Entry entry) {
        String text = yaml.text(entry, "false");
        if (entry != null && !text.equals("true") && !text.equals("false")) {
            wrong(entry.value(), "true or false is expected.", "Write true.");
        }
        return text.equals("true");
    }

    private String op(Entry entry) {
        String op = yaml.text(entry, null);
        if (op != null && !OPS.contains(op)) {
            wrong(entry.value(), "there is no op " + op + ".", Suggestion.of(op, OPS));
        }
        return op;
    }

    private String time(Entry entry) {
        String time = yaml.text(entry, null);
        if (time != null && !isInstant(time)) {
            wrong(
                    entry.value(),
                    "event-time is a point in time.",
                    "Write it as 2026-12-24T18:00:00Z.");
        }
        return time;
    }

    private static boolean isInstant(String text) {
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private JsonNode object(Entry entry) {
        if (entry != null && !(entry.value() instanceof MappingNode)) {
            wrong(entry.value(), "keys with values are expected.", "Write {field: value}.");
            return JSON.objectNode();
        }
        return json(entry);
    }

    /** A record as it was sent: a text stands for its own bytes, anything else for its JSON. */
    private String input(Entry entry) {
        if (entry == null) {
            return "";
        }
        boolean isText =
                entry.value() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
        return isText ? yaml.scalar(entry.value()) : json(entry).toString();
    }

    private JsonNode json(Entry entry) {
        return entry == null ? null : json(entry.value());
    }

    private JsonNode json(Node node) {
        if (node instanceof SequenceNode list) {
            ArrayNode array = JSON.arrayNode();
            list.getValue().forEach(each -> array.add(json(each)));
            return array;
        }
        if (node instanceof MappingNode) {
            ObjectNode object = JSON.objectNode();
            yaml.entries(node).forEach((key, each) -> object.set(key, json(each.value())));
            return object;
        }
        ScalarNode scalar = (ScalarNode) node;
        String text = scalar.getValue();
        if (Tag.NULL.equals(scalar.getTag())) {
            return JSON.nullNode();
        }
        if (Tag.BOOL.equals(scalar.getTag())) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        try {
            if (Tag.INT.equals(scalar.getTag())) {
                return JSON.numberNode(new BigInteger(text));
            }
            if (Tag.FLOAT.equals(scalar.getTag())) {
                return DecimalNode.valueOf(new BigDecimal(text));
            }
        } catch (NumberFormatException e) {
            return JSON.textNode(text);
        }
        return JSON.textNode(text);
    }

    private void wrong(Node node, String message, String hint) {
        yaml.problem(ErrorCode.MAPPING_VALUE, yaml.place(node), message, hint);
    }
}
