package io.autonomos.mappings.language;

import io.autonomos.mappings.expression.Normalizer;
import io.autonomos.mappings.language.Mapping.Entries;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Mapping.OnError;
import io.autonomos.mappings.language.YamlReader.Entry;
import io.autonomos.schemas.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the rule of one canonical field: its source paths, or the keys that say more. */
final class FieldReader {

    static final Set<String> KEYS =
            MappingReader.keys(
                    "from, expr, const, when, normalize, region, cast, format, values,"
                            + " keep-unmapped, scale, split, entries, default, on-error, note");
    private static final Set<String> ENTRY_KEYS = MappingReader.keys("key, value");

    private final YamlReader yaml;
    private final Map<String, Map<String, String>> tables;

    FieldReader(YamlReader yaml, Map<String, Map<String, String>> tables) {
        this.yaml = yaml;
        this.tables = tables;
    }

    FieldRule read(String name, Entry entry) {
        Place place = yaml.place(entry.key());
        int before = yaml.problems().size();
        FieldRule rule =
                entry.value() instanceof MappingNode
                        ? rule(name, place, yaml.entries(entry.value(), KEYS))
                        : FieldRule.of(name, place, yaml.paths(entry), null);
        if (yaml.problems().size() == before) {
            checkSource(rule);
        }
        return rule;
    }

    private void checkSource(FieldRule rule) {
        boolean read = !rule.from().isEmpty() || rule.expression() != null;
        if (!read && rule.constant() == null && rule.defaultValue() == null) {
            yaml.problem(
                    ErrorCode.MAPPING_KEY,
                    rule.place(),
                    "the field " + rule.name() + " has neither from nor expr, const or default.",
                    "Write " + rule.name() + ": SourceField, or leave the field out.");
        } else if (read && rule.constant() != null) {
            yaml.problem(
                    ErrorCode.MAPPING_KEY,
                    rule.place(),
                    "the field " + rule.name() + " has a const, and from or expr too.",
                    "Keep one; where the source may have no value, write default for const.");
        }
    }

    private FieldRule rule(String name, Place place, Map<String, Entry> keys) {
        return new FieldRule(
                name,
                place,
                yaml.paths(keys.get("from")),
                yaml.code(keys.get("expr")),
                yaml.text(keys.get("const"), null),
                yaml.code(keys.get("when")),
                normalize(keys.get("normalize")),
                region(keys.get("region")),
                yaml.text(keys.get("cast"), null),
                yaml.texts(keys.get("format")),
                values(keys.get("values")),
                flag(keys.get("keep-unmapped")),
                scale(keys.get("scale")),
                split(keys.get("split")),
                pair(keys.get("entries")),
                yaml.text(keys.get("default"), null),
                onError(keys.get("on-error")),
                yaml.text(keys.get("note"), null));
    }

    private Map<String, String> values(Entry entry) {
        if (entry == null) {
            return null;
        }
        boolean isName = entry.value() instanceof ScalarNode && !YamlReader.isNull(entry.value());
        if (!isName) {
            return yaml.map(entry);
        }
        String name = yaml.scalar(entry.value());
        Map<String, String> table = tables.get(name);
        if (table == null) {
            yaml.problem(
                    ErrorCode.MAPPING_VALUE,
                    yaml.place(entry.value()),
                    "there is no table " + name + ".",
                    tables.isEmpty()
                            ? "Write the values here, or add the table under tables."
                            : Suggestion.of(name, tables.keySet()));
        }
        return table;
    }

    private List<Normalizer> normalize(Entry entry) {
        List<Normalizer> forms = new ArrayList<>();
        for (String key : yaml.texts(entry)) {
            Normalizer form = Normalizer.of(key);
            if (form == null) {
                yaml.problem(
                        ErrorCode.MAPPING_VALUE,
                        yaml.place(entry.value()),
                        "there is no normal form " + key + ".",
                        Suggestion.of(key, Normalizer.keys()));
            } else {
                forms.add(form);
            }
        }
        return forms;
    }

    private String region(Entry entry) {
        String region = yaml.text(entry, null);
        if (region != null && !Set.of(Locale.getISOCountries()).contains(region)) {
            wrong(entry, "region must be an ISO 3166 code of two capitals, such as US.");
        }
        return region;
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

    private OnError onError(Entry entry) {
        if (entry == null) {
            return OnError.UNSTATED;
        }
        String text = yaml.scalar(entry.value());
        if (text != null && !text.equals("reject") && !text.equals("null")) {
            wrong(entry, "on-error is null or reject, not " + text + ".");
        }
        return "reject".equals(text) ? OnError.REJECT : OnError.NULL;
    }

    private void wrong(Entry entry, String message) {
        yaml.problem(ErrorCode.MAPPING_VALUE, yaml.place(entry.value()), message, null);
    }
}
