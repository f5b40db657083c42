package io.autonomos.schemas.docs;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldMerge;
import io.autonomos.schemas.model.FieldType;
import io.autonomos.schemas.model.IdentityRule;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The pages on the canonical model and on the error codes, as Markdown. */
public final class ModelDocs {

    private static final Map<Character, String> RANGES =
            new TreeMap<>(
                    Map.of(
                            '1', "input",
                            '2', "parse",
                            '3', "value",
                            '4', "contract",
                            '5', "drift",
                            '6', "mapping",
                            '7', "sink",
                            '8', "tenant",
                            '9', "repair"));

    private ModelDocs() {}

    /** {@code docs/model.md}: every entity with its fields and their columns. */
    public static String model(EntityModel model) {
        StringBuilder page = new StringBuilder();
        page.append("# The canonical model\n\n");
        page.append("One JSON Schema file per entity, in `schemas/src/main/resources/entities`,");
        page.append(" is the single truth: typed values, checks, both databases' tables and this");
        page.append(" page are derived from it. A new entity is one new file.\n\n");
        page.append("Besides its fields every record has `extras`, the source fields that no");
        page.append(" mapping names. A field without a value is absent from `data` and null in");
        page.append(" the tables. A decimal is exact, with at most ");
        page.append(FieldType.DECIMAL_PRECISION).append(" digits, ");
        page.append(FieldType.DECIMAL_SCALE).append(" of them after the point.\n\n");
        for (EntitySchema entity : model.entities()) {
            page.append(
                    "- [%s](#%s): %s%n"
                            .formatted(entity.name(), entity.name(), text(entity.description())));
        }
        for (EntitySchema entity : model.entities()) {
            entity(entity, page);
        }
        return lines(page);
    }

    private static void entity(EntitySchema entity, StringBuilder page) {
        page.append("\n## ").append(entity.name()).append("\n\n");
        page.append(text(entity.description()));
        page.append(
                " Identity: `%s`. Version %d.%n%n"
                        .formatted(String.join("`, `", entity.identity()), entity.version()));
        unify(entity, page);
        page.append(
                "| field | type | required | PostgreSQL | DuckDB | unified by | description |\n");
        page.append("|---|---|---|---|---|---|---|\n");
        for (EntityField field : entity.fields()) {
            page.append(
                    "| `%s` | %s | %s | `%s` | `%s` | %s | %s |%n"
                            .formatted(
                                    field.name(),
                                    type(field),
                                    field.required() ? "yes" : "",
                                    field.type().postgresType(),
                                    field.type().duckDbType(),
                                    merge(field.merge()),
                                    text(field.description())));
        }
    }

    private static void unify(EntitySchema entity, StringBuilder page) {
        if (entity.unify().isEmpty()) {
            page.append("A unified row is one record.\n\n");
            return;
        }
        page.append("Records are one unified row where they have equal values of, in this order:");
        for (IdentityRule rule : entity.unify()) {
            page.append("\n- `%s`: ".formatted(rule.name()));
            page.append(
                    rule.parts().stream()
                            .map(part -> "`%s` (%s)".formatted(part.field(), part.normalize()))
                            .collect(Collectors.joining(", ")));
        }
        page.append("\n\n");
    }

    private static String merge(FieldMerge merge) {
        StringBuilder how = new StringBuilder(merge.rule().key());
        if (!merge.sources().isEmpty()) {
            how.append(": ").append(String.join(", ", merge.sources()));
        }
        if (merge.follows() != null) {
            how.append("; from the record of `").append(merge.follows()).append('`');
        }
        if (!merge.references().isEmpty()) {
            how.append("; refers to ").append(String.join(", ", merge.references()));
        }
        return how.toString();
    }

    private static String type(EntityField field) {
        String name = "currency".equals(field.format()) ? "ISO 4217 code" : name(field.type());
        if (field.minimum() != null && field.maximum() != null) {
            return "%s, %s to %s"
                    .formatted(
                            name, field.minimum().toPlainString(), field.maximum().toPlainString());
        }
        if (field.minimum() != null) {
            return name + ", at least " + field.minimum().toPlainString();
        }
        return field.maximum() == null
                ? name
                : name + ", at most " + field.maximum().toPlainString();
    }

    private static String name(FieldType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER -> "integer";
            case DECIMAL -> "decimal";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "time in UTC";
            case TEXT_LIST -> "list of text";
            case TEXT_MAP -> "map of text";
        };
    }

    /** {@code docs/errors.md}: every error code by range. */
    public static String errors() {
        StringBuilder page = new StringBuilder();
        page.append("# Error codes\n\n");
        page.append("Codes are stable. Each message says what is wrong, where (a file with line");
        page.append(" and column, or tenant, connection, stream and record), why, and what to do");
        page.append(" next. It never holds a record's content.\n");
        RANGES.forEach((digit, name) -> range(digit, name, page));
        return lines(page);
    }

    private static void range(char digit, String name, StringBuilder page) {
        StringBuilder rows = new StringBuilder();
        for (ErrorCode code : ErrorCode.values()) {
            if (code.code().charAt("AOS-".length()) == digit) {
                rows.append(
                        "| `%s` | `%s` | %s | %s |%n"
                                .formatted(
                                        code.code(),
                                        code.name(),
                                        text(code.summary()),
                                        text(code.remedy())));
            }
        }
        if (!rows.isEmpty()) {
            page.append("\n## %sxx: %s%n%n".formatted(digit, name));
            page.append("| code | name | what is wrong | what to do |\n|---|---|---|---|\n");
            page.append(rows);
        }
    }

    private static String text(String text) {
        return text.replace("<", "&lt;").replace("|", "\\|").replace("\n", " ");
    }

    private static String lines(StringBuilder page) {
        return page.toString().replace(System.lineSeparator(), "\n");
    }
}
