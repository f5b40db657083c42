package io.autonomos.mappings.registry;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Mapping.OnError;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.scan.SourcePath;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What two mappings do differently, canonical field by canonical field; layout does not count. */
public final class MappingDiff {

    private static final String NAME = "name";
    private static final String FIELDS = "fields";

    private MappingDiff() {}

    /**
     * One difference.
     *
     * @param field the canonical field, or null for a key of the mapping as a whole
     * @param key the key whose value differs; null where the field is new or gone
     * @param before in one line; null where there was nothing
     * @param after in one line; null where there is nothing
     */
    public record Change(String field, String key, String before, String after) {}

    /** The differences, those of the whole mapping first. */
    public static List<Change> of(Mapping before, Mapping after) {
        List<Change> changes = new ArrayList<>();
        compare(null, parts(before, FIELDS), parts(after, FIELDS), changes);
        Map<String, FieldRule> old = byName(before);
        Map<String, FieldRule> young = byName(after);
        Set<String> names = new LinkedHashSet<>(old.keySet());
        names.addAll(young.keySet());
        for (String name : names) {
            FieldRule was = old.get(name);
            FieldRule is = young.get(name);
            if (was == null || is == null) {
                changes.add(new Change(name, null, line(was), line(is)));
            } else {
                compare(name, parts(was, NAME), parts(is, NAME), changes);
            }
        }
        return changes;
    }

    private static void compare(
            String field, Map<String, String> was, Map<String, String> is, List<Change> into) {
        was.forEach(
                (key, value) -> {
                    if (!Objects.equals(value, is.get(key))) {
                        into.add(new Change(field, key, value, is.get(key)));
                    }
                });
    }

    private static Map<String, FieldRule> byName(Mapping mapping) {
        Map<String, FieldRule> rules = new LinkedHashMap<>();
        mapping.fields().forEach(rule -> rules.put(rule.name(), rule));
        return rules;
    }

    private static String line(FieldRule rule) {
        if (rule == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        parts(rule, NAME)
                .forEach(
                        (key, value) -> {
                            if (value != null) {
                                texts.add(key + ": " + value);
                            }
                        });
        return String.join(", ", texts);
    }

    /** The values of a record's parts as text, by key; null for what is not set. */
    private static Map<String, String> parts(Record record, String without) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (RecordComponent each : record.getClass().getRecordComponents()) {
            boolean isPlace = each.getType() == Place.class || each.getName().equals("places");
            if (!isPlace && !each.getName().equals(without)) {
                parts.put(key(each.getName()), text(value(record, each)));
            }
        }
        return parts;
    }

    private static Object value(Record record, RecordComponent part) {
        try {
            return part.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part's key as mapping files write it. */
    private static String key(String name) {
        return name.equals("defaultValue")
                ? "default"
                : name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String text(Object value) {
        if (value == null || Boolean.FALSE.equals(value) || value == OnError.UNSTATED) {
            return null;
        }
        if (value instanceof Collection<?> many) {
            String text = String.join(", ", many.stream().map(MappingDiff::nested).toList());
            return text.isEmpty() ? null : text;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((key, each) -> sorted.put(nested(key), nested(each)));
            return sorted.isEmpty() ? null : sorted.toString();
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Record record && !(value instanceof SourcePath)) {
            Map<String, String> set = parts(record, "");
            set.values().removeIf(Objects::isNull);
            return set.isEmpty() ? null : set.toString();
        }
        return value.toString();
    }

    private static String nested(Object value) {
        String text = text(value);
        return value instanceof Collection<?> ? "[" + text + "]" : String.valueOf(text);
    }
}
