package io.autonomos.operators.repair;

import io.autonomos.mappings.edit.Rules;
import io.autonomos.mappings.expression.ExpressionText;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.match.NameWords;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.mappings.profile.TimeForm;
import io.autonomos.mappings.profile.ValueChanges;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ways to read a place whose values are written otherwise than before. */
final class Rewrites {

    /** The name of the rewrite that turns yes and no round. */
    static final String INVERTED = "inverted";

    /** What numbers in a unit must be multiplied with, where one word of a name tells. */
    private static final Map<String, BigDecimal> UNITS =
            Map.of(
                    "cents", new BigDecimal("0.01"),
                    "cent", new BigDecimal("0.01"),
                    "pence", new BigDecimal("0.01"),
                    "thousands", new BigDecimal("1000"));

    private static final List<String> YES = List.of("yes", "Yes", "YES", "y", "Y", "1", "on");
    private static final List<String> NO = List.of("no", "No", "NO", "n", "N", "0", "off");

    private Rewrites() {}

    /**
     * A rule that reads the place in another way.
     *
     * @param name what it does, for people
     */
    record Rewrite(String name, FieldRule rule) {}

    /**
     * The rewrites that a field's type allows.
     *
     * @param rule the rule, which tries the place first
     * @param values what the place holds now
     */
    static List<Rewrite> of(
            EntityField field, FieldRule rule, SourcePath place, FieldProfile values) {
        List<Rewrite> rewrites = new ArrayList<>();
        if (rule.expression() != null) {
            return rewrites;
        }
        if (field.type() == FieldType.DATE || field.type() == FieldType.TIMESTAMP) {
            formats(rule, values, rewrites);
        }
        if (field.type() == FieldType.DECIMAL || field.type() == FieldType.INTEGER) {
            numbers(rule, place, rewrites);
        }
        if (rule.values() != null) {
            values(rule, place, rewrites);
        } else if (field.type() == FieldType.BOOLEAN) {
            booleans(rule, place, rewrites);
            words(rule, rewrites);
        }
        if (field.type() == FieldType.TEXT && values != null && values.valueTypes().contains(1)) {
            rewrites.add(
                    new Rewrite(
                            "the first element of the list",
                            Rules.withExpression(
                                    rule, "first(" + ExpressionText.reference(place) + ")")));
        }
        return rewrites;
    }

    private static void formats(FieldRule rule, FieldProfile values, List<Rewrite> rewrites) {
        Set<String> seen = values == null ? Set.of() : values.timeForms().keySet();
        Set<String> sure =
                seen.stream()
                        .filter(form -> !form.startsWith(TimeForm.EITHER))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        List<List<String>> choices = new ArrayList<>();
        if (seen.size() == sure.size()) {
            choices.add(List.copyOf(sure));
        } else {
            String either = seen.stream().filter(f -> !sure.contains(f)).findFirst().orElse("");
            String dayFirst = either.replaceFirst("\\?(.)\\?", "d$1M");
            String monthFirst = either.replaceFirst("\\?(.)\\?", "M$1d");
            boolean monthToo = sure.stream().anyMatch(form -> form.startsWith("M"));
            boolean dayToo = sure.stream().anyMatch(form -> form.startsWith("d"));
            if (dayToo || !monthToo) {
                choices.add(List.of(dayFirst));
            }
            if (monthToo || !dayToo) {
                choices.add(List.of(monthFirst));
            }
        }
        for (List<String> choice : choices) {
            Set<String> formats = new LinkedHashSet<>(choice);
            formats.addAll(rule.formats().isEmpty() ? List.of(TimeForm.ISO) : rule.formats());
            rewrites.add(
                    new Rewrite(
                            "dates written as " + String.join(", ", choice),
                            Rules.withFormats(rule, List.copyOf(formats))));
        }
    }

    private static void numbers(FieldRule rule, SourcePath place, List<Rewrite> rewrites) {
        String here = ExpressionText.reference(place);
        for (BigDecimal factor : factors(place)) {
            String by = factor.toPlainString();
            FieldRule scaled =
                    rule.from().size() == 1
                            ? scaled(rule, factor)
                            : Rules.withExpression(
                                    rule,
                                    "%s != null ? decimal(%s) * %s : %s"
                                            .formatted(here, here, by, others(rule, place)));
            rewrites.add(new Rewrite("times " + by, scaled));
        }
        String number = "extract(string(%s), '(-?[0-9][0-9.,]*)')".formatted(all(rule, place));
        rewrites.add(
                new Rewrite(
                        "numbers with a currency and 1,000 separators",
                        Rules.withExpression(rule, "decimal(" + number + ".replace(',', ''))")));
        rewrites.add(
                new Rewrite(
                        "numbers with a currency, 1.000 separators and a decimal comma",
                        Rules.withExpression(
                                rule,
                                "decimal(" + number + ".replace('.', '').replace(',', '.'))")));
    }

    /** A name that says its unit leaves no choice; else few numbers may fit several. */
    private static List<BigDecimal> factors(SourcePath place) {
        return NameWords.of(place.toString()).stream()
                .filter(UNITS::containsKey)
                .map(UNITS::get)
                .findFirst()
                .map(List::of)
                .orElse(ValueChanges.FACTORS);
    }

    /** The rule for numbers in another unit. */
    static FieldRule scaled(FieldRule rule, BigDecimal factor) {
        BigDecimal old = rule.scale() == null ? BigDecimal.ONE : rule.scale();
        String scale = old.multiply(factor).stripTrailingZeros().toPlainString();
        return Rules.withScale(rule, new BigDecimal(scale));
    }

    /** The place, else the others that the rule reads. */
    private static String all(FieldRule rule, SourcePath place) {
        return rule.from().size() <= 1 ? ExpressionText.reference(place) : first(rule.from());
    }

    private static String others(FieldRule rule, SourcePath place) {
        List<SourcePath> others = rule.from().stream().filter(p -> !p.equals(place)).toList();
        return others.isEmpty() ? "null" : first(others);
    }

    private static String first(List<SourcePath> paths) {
        return paths.stream()
                .map(ExpressionText::reference)
                .collect(Collectors.joining(", ", "first([", "])"));
    }

    private static void values(FieldRule rule, SourcePath place, List<Rewrite> rewrites) {
        String yes = rule.values().get("true");
        String no = rule.values().get("false");
        if (yes == null || no == null) {
            return;
        }
        booleans(rule, place, rewrites);
        Map<String, String> words = new LinkedHashMap<>(rule.values());
        for (String word : YES) {
            words.putIfAbsent(word, yes);
        }
        for (String word : NO) {
            words.putIfAbsent(word, no);
        }
        rewrites.add(new Rewrite("yes and no as words", Rules.withValues(rule, words)));
    }

    private static void booleans(FieldRule rule, SourcePath place, List<Rewrite> rewrites) {
        String here = ExpressionText.reference(place);
        rewrites.add(
                new Rewrite(
                        INVERTED,
                        Rules.withExpression(
                                rule,
                                "%s != null ? lower(string(%s)) == 'false' : %s"
                                        .formatted(here, here, others(rule, place)))));
    }

    private static void words(FieldRule rule, List<Rewrite> rewrites) {
        Map<String, String> words = new LinkedHashMap<>();
        YES.forEach(word -> words.put(word, "true"));
        NO.forEach(word -> words.put(word, "false"));
        words.put("true", "true");
        words.put("false", "false");
        rewrites.add(new Rewrite("yes and no as words", Rules.withValues(rule, words)));
    }
}
