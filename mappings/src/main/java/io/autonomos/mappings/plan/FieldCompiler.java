package io.autonomos.mappings.plan;

import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Mapping.OnError;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks the rule of one canonical field against the field's type and makes a plan of it. */
final class FieldCompiler {

    private static final Map<FieldType, String> CASTS =
            Map.of(
                    FieldType.TEXT, "text",
                    FieldType.INTEGER, "integer",
                    FieldType.DECIMAL, "decimal",
                    FieldType.BOOLEAN, "boolean",
                    FieldType.DATE, "date",
                    FieldType.TIMESTAMP, "timestamp",
                    FieldType.TEXT_LIST, "list",
                    FieldType.TEXT_MAP, "map");

    /** What to write in place of a format that cannot be used. */
    static final String FORMAT_HINT =
            "Write iso, epoch-s, epoch-ms or a pattern such as dd/MM/yyyy.";

    private final ScanPlan scan;
    private final List<String> formats;
    private final ConditionCompiler conditions;
    private final List<Problem> problems;

    /**
     * For the fields of one mapping.
     *
     * @param formats of dates and times that name none of their own
     */
    FieldCompiler(
            ScanPlan scan,
            ConditionCompiler conditions,
            List<String> formats,
            List<Problem> problems) {
        this.scan = scan;
        this.conditions = conditions;
        this.formats = formats;
        this.problems = problems;
    }

    /** The plan, or null after problems were noted. */
    FieldPlan compile(EntityField field, FieldRule rule) {
        int before = problems.size();
        checkKeys(field, rule);
        Computed computed = conditions.value(rule.expression(), field, rule);
        Computed when = conditions.condition(rule.when(), "when");
        Cast plain = plainCast(field, rule);
        if (problems.size() > before) {
            return null;
        }
        return new FieldPlan(
                field,
                ('"' + field.name() + "\":").getBytes(StandardCharsets.UTF_8),
                rule.from().stream().mapToInt(scan::slot).toArray(),
                rule.from().stream().map(SourcePath::toString).toArray(String[]::new),
                inner(rule.from()),
                computed,
                when,
                cast(plain, rule),
                given(plain, rule.constant(), rule, "const"),
                given(plain, rule.defaultValue(), rule, "default"),
                rule.onError() == OnError.REJECT);
    }

    private int[][] inner(List<SourcePath> paths) {
        int[][] inner = new int[paths.size()][];
        for (int i = 0; i < inner.length; i++) {
            SourcePath path = paths.get(i);
            inner[i] =
                    paths.subList(0, i).stream()
                            .filter(path::contains)
                            .mapToInt(scan::slot)
                            .toArray();
        }
        return inner;
    }

    private void checkKeys(EntityField field, FieldRule rule) {
        FieldType type = field.type();
        if (rule.cast() != null && !rule.cast().equals(CASTS.get(type))) {
            problem(
                    ErrorCode.MAPPING_CAST,
                    rule.place(),
                    "the cast %s does not make the %s that %s is."
                            .formatted(rule.cast(), CASTS.get(type), field.name()),
                    "Leave the cast out, or write cast: " + CASTS.get(type) + ".");
        }
        boolean time = type == FieldType.DATE || type == FieldType.TIMESTAMP;
        boolean number = type == FieldType.INTEGER || type == FieldType.DECIMAL;
        refuse(!time && !rule.formats().isEmpty(), "format", "dates and timestamps", field, rule);
        refuse(!number && rule.scale() != null, "scale", "numbers", field, rule);
        boolean text = type == FieldType.TEXT || type == FieldType.TEXT_LIST;
        refuse(!text && !rule.normalize().isEmpty(), "normalize", "texts", field, rule);
        refuse(type != FieldType.TEXT_LIST && rule.split() != null, "split", "lists", field, rule);
        refuse(
                type != FieldType.TEXT_MAP && rule.entries() != null,
                "entries",
                "maps",
                field,
                rule);
        for (String format : rule.formats()) {
            String wrong = TimeCast.problemOf(format);
            if (wrong != null) {
                problem(
                        ErrorCode.MAPPING_VALUE,
                        rule.place(),
                        "the format %s cannot be used: %s.".formatted(format, wrong),
                        FORMAT_HINT);
            }
        }
    }

    private void refuse(
            boolean wrong, String key, String kinds, EntityField field, FieldRule rule) {
        if (wrong) {
            problem(
                    ErrorCode.MAPPING_CAST,
                    rule.place(),
                    "%s is for %s, but %s is %s."
                            .formatted(key, kinds, field.name(), CASTS.get(field.type())),
                    "Leave " + key + " out.");
        }
    }

    private Cast plainCast(EntityField field, FieldRule rule) {
        return switch (field.type()) {
            case TEXT -> "currency".equals(field.format()) ? TextCasts::currency : TextCasts::text;
            case INTEGER, DECIMAL -> new NumberCast(field, rule.scale());
            case BOOLEAN -> TextCasts::bool;
            case DATE -> time(true, rule);
            case TIMESTAMP -> time(false, rule);
            case TEXT_LIST -> NestedCasts.list(rule.split());
            case TEXT_MAP -> NestedCasts.map(rule.entries());
        };
    }

    private Cast time(boolean dateOnly, FieldRule rule) {
        return rule.formats().isEmpty()
                ? TimeCast.withDefaults(dateOnly, formats)
                : new TimeCast(dateOnly, usable(rule.formats()));
    }

    private static List<String> usable(List<String> formats) {
        return formats.stream().filter(f -> TimeCast.problemOf(f) == null).toList();
    }

    /** Normal form, then value map, then the field's own cast. */
    private Cast cast(Cast plain, FieldRule rule) {
        Cast cast = plain;
        if (rule.values() != null) {
            Map<String, byte[]> tokens = new HashMap<>();
            rule.values()
                    .forEach(
                            (from, to) -> {
                                byte[] token = token(plain, to, rule, "values." + from);
                                tokens.put(from, token);
                                tokens.putIfAbsent(from.toLowerCase(Locale.ROOT), token);
                            });
            cast = TextCasts.valueMap(tokens, rule.keepUnmapped() ? plain : null);
        }
        return rule.normalize().isEmpty()
                ? cast
                : new NormalizedCast(rule.normalize(), rule.region(), cast);
    }

    /** The canonical token of a value that the mapping itself gives. */
    private byte[] token(Cast cast, String value, FieldRule rule, String key) {
        if (value == null) {
            return "null".getBytes(StandardCharsets.US_ASCII);
        }
        JsonBuffer given = new JsonBuffer(64);
        given.quoted(value);
        JsonBuffer out = new JsonBuffer(64);
        ErrorCode error =
                cast.cast(
                        given.toBytes(), 0, given.size(), Fingerprint.STRING, new CastTarget(out));
        if (error != null) {
            problem(
                    ErrorCode.MAPPING_VALUE,
                    rule.place(),
                    "%s of %s does not fit the field: %s"
                            .formatted(key, rule.name(), error.summary()),
                    error.remedy());
        }
        return out.toBytes();
    }

    private byte[] given(Cast cast, String value, FieldRule rule, String key) {
        if (value == null) {
            return null;
        }
        if (!value.isEmpty()) {
            return token(cast, value, rule, key);
        }
        problem(
                ErrorCode.MAPPING_VALUE,
                rule.place(),
                "the %s of %s is empty, which means no value.".formatted(key, rule.name()),
                "Leave the " + key + " out, or give a value.");
        return null;
    }

    private void problem(ErrorCode code, Place place, String message, String hint) {
        problems.add(new Problem(code, place, message, hint));
    }
}
