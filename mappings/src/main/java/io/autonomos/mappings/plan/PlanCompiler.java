package io.autonomos.mappings.plan;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fingerprint;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks a mapping against the canonical model and makes a plan of it. */
public final class PlanCompiler {

    private static final List<String> CLOCK_FIELDS = List.of("updated_at", "last_updated");
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

    private final Mapping mapping;
    private final EntityModel model;
    private final ScanPlan scan = new ScanPlan();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> reversed = new HashSet<>();

    private PlanCompiler(Mapping mapping, EntityModel model) {
        this.mapping = mapping;
        this.model = model;
    }

    /**
     * Compiles a mapping.
     *
     * @throws MappingException with every problem found
     */
    public static Plan compile(Mapping mapping, EntityModel model) {
        PlanCompiler compiler = new PlanCompiler(mapping, model);
        Plan plan = compiler.compile();
        if (!compiler.problems.isEmpty()) {
            throw new MappingException(compiler.problems);
        }
        return plan;
    }

    private Plan compile() {
        EntitySchema entity = model.entity(mapping.entity());
        if (entity == null) {
            List<String> known = model.entities().stream().map(EntitySchema::name).toList();
            problem(
                    ErrorCode.MAPPING_ENTITY,
                    mapping.place(),
                    "the entity " + mapping.entity() + " does not exist.",
                    Suggestion.of(mapping.entity(), known));
            return null;
        }
        List<FieldPlan> fields = new ArrayList<>();
        for (FieldRule rule : mapping.fields()) {
            FieldPlan field = field(entity, rule);
            if (field != null) {
                fields.add(field);
            }
        }
        checkRequired(entity, fields);
        fields.sort((a, b) -> Integer.compare(a.field().index(), b.field().index()));
        int[] deleteSlots = mapping.deleteWhen().keySet().stream().mapToInt(scan::slot).toArray();
        int[][] recordId = recordId(entity, fields);
        int[] clock = slots(mapping.clock());
        FieldRule clockRule = clockRule(entity);
        List<String> clockFormats = clockRule == null ? List.of() : clockRule.formats();
        if (clock.length == 0 && clockRule != null) {
            clock = slots(clockRule.from());
        }
        mapping.ignore().forEach(scan::ignore);
        return problems.isEmpty()
                ? new Plan(
                        mapping.id(),
                        mapping.version(),
                        entity,
                        scan,
                        fields.toArray(FieldPlan[]::new),
                        recordId,
                        clock,
                        TimeCast.ofClock(clockFormats),
                        deleteSlots,
                        List.copyOf(mapping.deleteWhen().values()),
                        mapping.each())
                : null;
    }

    private FieldPlan field(EntitySchema entity, FieldRule rule) {
        EntityField field = entity.field(rule.name());
        if (field == null) {
            unknownField(entity, rule);
            return null;
        }
        int before = problems.size();
        checkKeys(field, rule);
        Cast plain = plainCast(field, rule);
        if (problems.size() > before) {
            return null;
        }
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
        byte[] defaultToken = rule.defaultValue() == null ? null : defaultToken(plain, rule);
        return new FieldPlan(
                field,
                ('"' + field.name() + "\":").getBytes(StandardCharsets.UTF_8),
                slots(rule.from()),
                rule.from().stream().map(SourcePath::toString).toArray(String[]::new),
                cast,
                defaultToken,
                rule.reject());
    }

    private void unknownField(EntitySchema entity, FieldRule rule) {
        for (SourcePath path : rule.from()) {
            if (entity.field(path.toString()) != null) {
                reversed.add(path.toString());
                problem(
                        ErrorCode.MAPPING_REVERSED,
                        rule.place(),
                        "%s is no field of %s, but its source path %s is: the mapping is the wrong"
                                        .formatted(rule.name(), entity.name(), path)
                                + " way round.",
                        "Write %s: %s.".formatted(path, rule.name()));
                return;
            }
        }
        problem(
                ErrorCode.MAPPING_FIELD,
                rule.place(),
                "%s has no field %s.".formatted(entity.name(), rule.name()),
                Suggestion.of(
                        rule.name(), entity.fields().stream().map(EntityField::name).toList()));
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
                        "Write iso, epoch-s, epoch-ms or a pattern such as dd/MM/yyyy.");
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

    private static Cast plainCast(EntityField field, FieldRule rule) {
        return switch (field.type()) {
            case TEXT -> "currency".equals(field.format()) ? TextCasts::currency : TextCasts::text;
            case INTEGER, DECIMAL -> new NumberCast(field, rule.scale());
            case BOOLEAN -> TextCasts::bool;
            case DATE -> new TimeCast(true, usable(rule.formats()));
            case TIMESTAMP -> new TimeCast(false, usable(rule.formats()));
            case TEXT_LIST -> NestedCasts.list(rule.split());
            case TEXT_MAP -> NestedCasts.map(rule.entries());
        };
    }

    private static List<String> usable(List<String> formats) {
        return formats.stream().filter(f -> TimeCast.problemOf(f) == null).toList();
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

    private byte[] defaultToken(Cast cast, FieldRule rule) {
        if (!rule.defaultValue().isEmpty()) {
            return token(cast, rule.defaultValue(), rule, "default");
        }
        problem(
                ErrorCode.MAPPING_VALUE,
                rule.place(),
                "the default of %s is empty, which means no value.".formatted(rule.name()),
                "Leave the default out, or give a value.");
        return null;
    }

    private void checkRequired(EntitySchema entity, List<FieldPlan> fields) {
        for (EntityField field : entity.fields()) {
            boolean mapped = fields.stream().anyMatch(f -> f.field().equals(field));
            boolean tried = mapping.fields().stream().anyMatch(r -> r.name().equals(field.name()));
            if (field.required() && !mapped && !tried && !reversed.contains(field.name())) {
                problem(
                        ErrorCode.MAPPING_REQUIRED,
                        mapping.place(),
                        "the required field %s of %s is not mapped."
                                .formatted(field.name(), entity.name()),
                        "Add " + field.name() + ": SourceField under fields.");
            }
        }
    }

    /** Slots of the record id's parts; empty where it is made of several canonical fields. */
    private int[][] recordId(EntitySchema entity, List<FieldPlan> fields) {
        if (!mapping.recordId().isEmpty()) {
            return mapping.recordId().stream().map(this::slots).toArray(int[][]::new);
        }
        if (entity.identity().size() > 1) {
            return new int[0][];
        }
        return fields.stream()
                .filter(f -> f.field().name().equals(entity.identity().get(0)))
                .map(FieldPlan::slots)
                .toArray(int[][]::new);
    }

    private FieldRule clockRule(EntitySchema entity) {
        for (FieldRule rule : mapping.fields()) {
            if (CLOCK_FIELDS.contains(rule.name()) && entity.field(rule.name()) != null) {
                return rule;
            }
        }
        return null;
    }

    private int[] slots(List<SourcePath> paths) {
        return paths.stream().mapToInt(scan::slot).toArray();
    }

    private void problem(ErrorCode code, Place place, String message, String hint) {
        problems.add(new Problem(code, place, message, hint));
    }
}
