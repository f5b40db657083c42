package io.autonomos.mappings.language;

import io.autonomos.mappings.language.Mapping.Entries;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads the rule of one canonical field: its source paths, or the keys that say more. */
final class FieldReader {

    private static final Set<String> KEYS =
            MappingReader.keys(
                    "from, cast, format, values, keep-unmapped, scale, split, entries, default,"
                            + " on-error");
    private static final Set<String> ENTRY_KEYS = MappingReader.keys("key, value");

    private final YamlReader yaml;

    FieldReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    FieldRule read(String name, Entry entry) {
        Place place = yaml.place(entry.key());
        int before = yaml.problems().size();
        FieldRule rule =
                entry.value() instanceof MappingNode
                        ? rule(name, place, yaml.entries(entry.value(), KEYS))
                        : ofPaths(name, place, yaml.paths(entry));
        if (yaml.problems().size() == before
                && rule.from().isEmpty()
                && rule.defaultValue() == null) {
            yaml.problem(
                    ErrorCode.MAPPING_KEY,
                    place,
                    "the field " + name + " has neither from nor default.",
                    "Write " + name + ": SourceField, or leave the field out.");
        }
        return rule;
    }

    private static FieldRule ofPaths(String name, Place place, List<SourcePath> from) {
        return new FieldRule(
                name, place, from, null, List.of(), null, false, null, null, null, null, false);
    }

    private FieldRule rule(String name, Place place, Map<String, Entry> keys) {
        return new FieldRule(
                name,
                place,
                yaml.paths(keys.get("from")),
                yaml.text(keys.get("cast"), null),
                yaml.texts(keys.get("format")),
                values(keys.get("values")),
                flag(keys.get("keep-unmapped")),
                scale(keys.get("scale")),
                split(keys.get("split")),
                pair(keys.get("entries")),
                yaml.text(keys.get("default"), null),
                onError(keys.get("on-error")));
    }

    private Map<String, String> values(Entry entry) {
        if (entry == null) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        yaml.entries(entry.value())
                .forEach((key, each) -> values.put(key, yaml.scalar(each.value())));
        return values;
    }

    private Entries pair(Entry entry) {
        if (entry == null) {
            return null;
        }
        Map<String, Entry> keys = yaml.entries(entry.value(), ENTRY_KEYS);
        return new Entries(
                yaml.text(keys.get("key"), "key"), yaml.text(keys.get("value"), "value"));
    }

    private BigDecimal scale(Entry entry) {
        if (entry == null) {
            return null;
        }
        String text = yaml.scalar(entry.value());
        if (text != null && text.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
            BigDecimal scale = new BigDecimal(text);
            if (scale.signum() != 0) {
                return scale;
            }
        }
        wrong(entry, "scale must be a number other than 0, such as 100 or 0.01.");
        return null;
    }

    private String split(Entry entry) {
        String separator = entry == null ? null : yaml.scalar(entry.value());
        if (entry != null && (separator == null || separator.isEmpty())) {
            wrong(entry, "split must be the text between two elements, such as ';'.");
            return null;
        }
        return separator;
    }

    private boolean flag(Entry entry) {
        String text = entry == null ? "false" : yaml.scalar(entry.value());
        if (!"true".equals(text) && !"false".equals(text)) {
            wrong(entry, "true or false is expected.");
        }
        return "true".equals(text);
    }

    private boolean onError(Entry entry) {
        String text = entry == null ? null : yaml.scalar(entry.value());
        if (text != null && !text.equals("reject") && !text.equals("null")) {
            wrong(entry, "on-error is null or reject, not " + text + ".");
        }
        return "reject".equals(text);
    }

    private void wrong(Entry entry, String message) {
        yaml.problem(ErrorCode.MAPPING_VALUE, yaml.place(entry.value()), message, null);
    }
}
