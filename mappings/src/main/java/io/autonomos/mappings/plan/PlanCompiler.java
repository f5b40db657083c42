package io.autonomos.mappings.plan;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.scan.ChangeEvents;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a mapping against the canonical model and makes a plan of it. */
public final class PlanCompiler {

    private static final List<SourcePath> EVENTS =
            ChangeEvents.MARKERS.stream().map(SourcePath::parse).toList();

    private final Mapping mapping;
    private final EntityModel model;
    private final ScanPlan scan = new ScanPlan();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> reversed = new HashSet<>();

    private final ConditionCompiler conditions;

    private PlanCompiler(Mapping mapping, EntityModel model) {
        this.mapping = mapping;
        this.model = model;
        this.conditions = new ConditionCompiler(mapping.tables(), scan, problems);
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
                    mapping.place("entity"),
                    "the entity " + mapping.entity() + " does not exist.",
                    Suggestion.of(mapping.entity(), known));
            return null;
        }
        checkFormats();
        List<FieldPlan> fields = fields(entity);
        Computed filter = conditions.condition(mapping.filter(), "filter");
        Computed deleteIf = conditions.condition(mapping.deleteIf(), "delete-when");
        Computed idBy = conditions.given(mapping.idBy(), "record-id", FieldType.TEXT);
        Computed clockBy = conditions.given(mapping.clockBy(), "clock", FieldType.TIMESTAMP);
        checkRequired(entity, fields);
        fields.sort((a, b) -> Integer.compare(a.field().index(), b.field().index()));
        int[] deleteSlots = mapping.deleteWhen().keySet().stream().mapToInt(scan::slot).toArray();
        int[][] recordId = recordId(entity, fields);
        int[] clock = slots(mapping.clock());
        FieldRule clockRule = clockRule(entity);
        boolean namesNone = clockRule == null || clockRule.formats().isEmpty();
        List<String> clockFormats = namesNone ? formats() : clockRule.formats();
        if (clock.length == 0 && clockRule != null) {
            clock = slots(clockRule.from());
        }
        mapping.ignore().forEach(scan::ignore);
        int[] events = mapping.each().isEmpty() ? slots(EVENTS) : new int[0];
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
                        idBy,
                        clockBy,
                        deleteSlots,
                        List.copyOf(mapping.deleteWhen().values()),
                        deleteIf,
                        filter,
                        mapping.each(),
                        mapping.eachOrOuter(),
                        events)
                : null;
    }

    private List<FieldPlan> fields(EntitySchema entity) {
        List<FieldPlan> fields = new ArrayList<>();
        FieldCompiler compiler = new FieldCompiler(scan, conditions, formats(), problems);
        for (FieldRule rule : mapping.fields()) {
            EntityField field = entity.field(rule.name());
            if (field == null) {
                unknownField(entity, rule);
                continue;
            }
            FieldPlan plan = compiler.compile(field, rule);
            if (plan != null) {
                fields.add(plan);
            }
        }
        return fields;
    }

    /** The formats that the mapping names for all fields and that can be used. */
    private List<String> formats() {
        return mapping.formats().stream().filter(f -> TimeCast.problemOf(f) == null).toList();
    }

    private void checkFormats() {
        for (String format : mapping.formats()) {
            String wrong = TimeCast.problemOf(format);
            if (wrong != null) {
                problem(
                        ErrorCode.MAPPING_VALUE,
                        mapping.place("format"),
                        "the format %s cannot be used: %s.".formatted(format, wrong),
                        FieldCompiler.FORMAT_HINT);
            }
        }
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

    private void checkRequired(EntitySchema entity, List<FieldPlan> fields) {
        for (EntityField field : entity.fields()) {
            boolean mapped = fields.stream().anyMatch(f -> f.field().equals(field));
            boolean tried = mapping.fields().stream().anyMatch(r -> r.name().equals(field.name()));
            if (field.required() && !mapped && !tried && !reversed.contains(field.name())) {
                problem(
                        ErrorCode.MAPPING_REQUIRED,
                        mapping.place("fields"),
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
                .filter(f -> f.slots().length > 0)
                .map(FieldPlan::slots)
                .toArray(int[][]::new);
    }

    private FieldRule clockRule(EntitySchema entity) {
        for (FieldRule rule : mapping.fields()) {
            if (EntitySchema.isClock(rule.name()) && entity.field(rule.name()) != null) {
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
