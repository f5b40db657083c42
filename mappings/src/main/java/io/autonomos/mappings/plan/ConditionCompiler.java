package io.autonomos.mappings.plan;

import io.autonomos.mappings.expression.Expression;
import io.autonomos.mappings.expression.ExpressionCompiler;
import io.autonomos.mappings.expression.ExpressionException;
import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles a mapping's expressions and gives their paths slots. */
final class ConditionCompiler {

    private static final Map<FieldType, Set<String>> FITTING =
            Map.of(
                    FieldType.TEXT, Set.of("string", "int", "decimal", "double"),
                    FieldType.INTEGER, Set.of("int", "decimal", "double", "string"),
                    FieldType.DECIMAL, Set.of("int", "decimal", "double", "string"),
                    FieldType.BOOLEAN, Set.of("bool", "string"),
                    FieldType.DATE, Set.of("string", "int", "google.protobuf.Timestamp"),
                    FieldType.TIMESTAMP, Set.of("string", "int", "google.protobuf.Timestamp"),
                    FieldType.TEXT_LIST, Set.of("list", "string", "int", "decimal"),
                    FieldType.TEXT_MAP, Set.of("map", "list"));

    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']+)'");

    private final Map<String, Map<String, String>> tables;
    private final ScanPlan scan;
    private final List<Problem> problems;

    ConditionCompiler(
            Map<String, Map<String, String>> tables, ScanPlan scan, List<Problem> problems) {
        this.tables = tables;
        this.scan = scan;
        this.problems = problems;
    }

    /** A field's expression, or null where it has none or after a problem was noted. */
    Computed value(Code code, EntityField field, FieldRule rule) {
        Expression expression = compile(code);
        if (expression == null) {
            return null;
        }
        String type = expression.typeName();
        boolean mapped = rule.values() != null && type.equals("bool");
        boolean known = !type.equals("dyn") && !type.equals("null_type");
        if (known && !mapped && !FITTING.get(field.type()).contains(type)) {
            problems.add(
                    new Problem(
                            ErrorCode.MAPPING_CAST,
                            code.place(),
                            "the expression gives %s, which does not fit %s."
                                    .formatted(type, field.name()),
                            type.equals("bool")
                                    ? "Write condition ? 'text' : 'other text', or add values."
                                    : "Convert the value inside the expression."));
            return null;
        }
        return computed(expression);
    }

    /** An expression that must say yes or no, or null. */
    Computed condition(Code code, String key) {
        Expression expression = compile(code);
        if (expression == null) {
            return null;
        }
        if (!expression.mayBeBoolean()) {
            problems.add(
                    new Problem(
                            ErrorCode.MAPPING_CAST,
                            code.place(),
                            "%s must be true or false, but the expression gives %s."
                                    .formatted(key, expression.typeName()),
                            "Compare it with something, such as record.X == 'y'."));
            return null;
        }
        return computed(expression);
    }

    /** An expression that must give a value of some types, or null. */
    Computed given(Code code, String key, FieldType like) {
        Expression expression = compile(code);
        if (expression == null) {
            return null;
        }
        String type = expression.typeName();
        if (!type.equals("dyn") && !FITTING.get(like).contains(type)) {
            problems.add(
                    new Problem(
                            ErrorCode.MAPPING_CAST,
                            code.place(),
                            "the expression gives %s, which cannot be a %s.".formatted(type, key),
                            "Convert the value inside the expression."));
            return null;
        }
        return computed(expression);
    }

    private Expression compile(Code code) {
        if (code == null) {
            return null;
        }
        try {
            return new ExpressionCompiler(tables).compile(code.text());
        } catch (ExpressionException e) {
            problems.add(
                    new Problem(
                            ErrorCode.MAPPING_EXPRESSION,
                            code.at(e.line(), e.column()),
                            "the expression cannot be compiled: " + e.getMessage() + ".",
                            hint(e.getMessage(), code)));
            return null;
        }
    }

    /** What to write in place of an expression that cannot be compiled. */
    private static String hint(String message, Code code) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.find()) {
            String name = undeclared.group(1);
            return code.text().contains(name + "(")
                    ? Suggestion.of(name, ExpressionCompiler.functions())
                    : "Write record.%s for a field, '%s' for a text.".formatted(name, name);
        }
        if (message.contains("pattern")) {
            return "Patterns are those of RE2, as a text in quotes: without look-around and"
                    + " back-references.";
        }
        return message.contains("limit")
                ? "Write a shorter one; long lists of values belong into values or tables."
                : ErrorCode.MAPPING_EXPRESSION.remedy();
    }

    private Computed computed(Expression expression) {
        return new Computed(
                expression, expression.inputs().stream().mapToInt(scan::slot).toArray());
    }
}
