package io.autonomos.mappings.edit;

import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.scan.SourcePath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules of a mapping with one thing changed. */
public final class Rules {

    private Rules() {}

    /** The rule with another place tried first. */
    public static FieldRule withPath(FieldRule rule, SourcePath path) {
        Set<SourcePath> paths = new LinkedHashSet<>();
        paths.add(path);
        paths.addAll(rule.from());
        List<SourcePath> from = List.copyOf(paths);
        return copy(rule, from, rule.expression(), rule.formats(), rule.values(), rule.scale());
    }

    /** The rule with formats of dates that are tried in this order. */
    public static FieldRule withFormats(FieldRule rule, List<String> formats) {
        return copy(rule, rule.from(), rule.expression(), formats, rule.values(), rule.scale());
    }

    /** The rule with another value map. */
    public static FieldRule withValues(FieldRule rule, Map<String, String> values) {
        return copy(rule, rule.from(), rule.expression(), rule.formats(), values, rule.scale());
    }

    /** The rule with another factor; null: none. */
    public static FieldRule withScale(FieldRule rule, BigDecimal scale) {
        BigDecimal factor = scale != null && scale.compareTo(BigDecimal.ONE) == 0 ? null : scale;
        return copy(rule, rule.from(), rule.expression(), rule.formats(), rule.values(), factor);
    }

    /** The rule with an expression in place of its paths. */
    public static FieldRule withExpression(FieldRule rule, String expression) {
        Code code = new Code(expression, rule.place(), false);
        return copy(rule, List.of(), code, rule.formats(), rule.values(), rule.scale());
    }

    /** The rule whose expression also reads another place, first, in place of one that it names. */
    public static FieldRule withReference(FieldRule rule, String old, String now) {
        String text = rule.expression().text();
        String either = "first([" + now + ", " + old + "])";
        String moved =
                text.replaceAll(
                        Pattern.quote(old) + "(?![A-Za-z0-9_(])", Matcher.quoteReplacement(either));
        Code code = new Code(moved, rule.place(), false);
        return copy(rule, rule.from(), code, rule.formats(), rule.values(), rule.scale());
    }

    /** The rule with one value for all records. */
    public static FieldRule withConstant(FieldRule rule, String constant) {
        return new FieldRule(
                rule.name(),
                rule.place(),
                List.of(),
                null,
                constant,
                null,
                List.of(),
                null,
                null,
                List.of(),
                null,
                false,
                null,
                null,
                null,
                null,
                rule.onError(),
                null);
    }

    private static FieldRule copy(
            FieldRule rule,
            List<SourcePath> from,
            Code expression,
            List<String> formats,
            Map<String, String> values,
            BigDecimal scale) {
        return new FieldRule(
                rule.name(),
                rule.place(),
                from,
                expression,
                rule.constant(),
                rule.when(),
                rule.normalize(),
                rule.region(),
                rule.cast(),
                formats,
                values,
                rule.keepUnmapped(),
                scale,
                rule.split(),
                rule.entries(),
                rule.defaultValue(),
                rule.onError(),
                rule.note());
    }

    /**
     * The mapping with other rules, as its next version.
     *
     * @param rules the rules that take the place of those of the same name
     * @param moved where a place of the record id or the clock went
     */
    public static Mapping with(
            Mapping mapping,
            int version,
            Map<String, FieldRule> rules,
            Map<SourcePath, SourcePath> moved) {
        Map<String, FieldRule> all = new LinkedHashMap<>();
        mapping.fields().forEach(rule -> all.put(rule.name(), rule));
        all.putAll(rules);
        List<List<SourcePath>> recordId =
                mapping.recordId().stream().map(part -> follow(part, moved)).toList();
        return new Mapping(
                mapping.id(),
                version,
                mapping.sources(),
                mapping.streams(),
                mapping.entity(),
                recordId,
                follow(mapping.clock(), moved),
                mapping.idBy(),
                mapping.clockBy(),
                mapping.each(),
                mapping.eachOrOuter(),
                mapping.filter(),
                mapping.deleteWhen(),
                mapping.deleteIf(),
                mapping.formats(),
                List.copyOf(all.values()),
                mapping.ignore(),
                mapping.tables(),
                List.of(),
                mapping.note(),
                mapping.place(),
                mapping.places());
    }

    /** The mapping without some of its fields. */
    public static Mapping without(Mapping mapping, Set<String> fields) {
        return new Mapping(
                mapping.id(),
                mapping.version(),
                mapping.sources(),
                mapping.streams(),
                mapping.entity(),
                mapping.recordId(),
                mapping.clock(),
                mapping.idBy(),
                mapping.clockBy(),
                mapping.each(),
                mapping.eachOrOuter(),
                mapping.filter(),
                mapping.deleteWhen(),
                mapping.deleteIf(),
                mapping.formats(),
                mapping.fields().stream().filter(rule -> !fields.contains(rule.name())).toList(),
                mapping.ignore(),
                mapping.tables(),
                mapping.tests(),
                mapping.note(),
                mapping.place(),
                mapping.places());
    }

    private static List<SourcePath> follow(
            List<SourcePath> paths, Map<SourcePath, SourcePath> moved) {
        List<SourcePath> followed = new ArrayList<>();
        for (SourcePath path : paths) {
            SourcePath now = moved.get(path);
            if (now != null && !paths.contains(now)) {
                followed.add(now);
            }
            followed.add(path);
        }
        return List.copyOf(followed);
    }
}
