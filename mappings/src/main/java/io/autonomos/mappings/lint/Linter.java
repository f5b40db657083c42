package io.autonomos.mappings.lint;

import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.Mapping.OnError;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.language.TestCase;
import io.autonomos.mappings.language.TestCase.Output;
import io.autonomos.mappings.plan.Plan;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what is wrong in a mapping file, and what is probably not meant. */
public final class Linter {

    private final Mapping mapping;
    private final Plan plan;
    private final List<Problem> problems = new ArrayList<>();

    private Linter(Mapping mapping, Plan plan) {
        this.mapping = mapping;
        this.plan = plan;
    }

    /**
     * What was found in a file.
     *
     * @param compiled the mapping, or null where it does not compile
     */
    public record Report(CompiledMapping compiled, List<Problem> problems) {

        /** The problems in the order of their places. */
        public Report {
            problems =
                    problems.stream()
                            .sorted(
                                    Comparator.comparingInt((Problem p) -> p.place().line())
                                            .thenComparingInt(p -> p.place().column()))
                            .toList();
        }

        /** The mapping of a file that compiles. */
        public Mapping mapping() {
            return compiled.mapping();
        }

        /** The plan of a file that compiles. */
        public Plan plan() {
            return compiled.plan();
        }

        /** Whether the mapping can run. */
        public boolean isUsable() {
            return compiled != null;
        }
    }

    /** Reads, compiles and lints one file. */
    public static Report lint(String file, byte[] content) {
        try {
            CompiledMapping compiled = MappingCatalog.compile(file, content);
            return new Report(compiled, warnings(compiled));
        } catch (MappingException e) {
            return new Report(null, e.problems());
        }
    }

    /** What is probably not meant in a mapping that compiles. */
    private static List<Problem> warnings(CompiledMapping compiled) {
        Linter linter = new Linter(compiled.mapping(), compiled.plan());
        for (FieldRule rule : linter.mapping.fields()) {
            if (linter.isOwn(rule.place())) {
                linter.unreachable(rule);
                linter.fallible(rule);
                linter.lossy(rule);
            }
        }
        linter.tables();
        linter.deadTests();
        linter.unknownInTests();
        linter.untested();
        return linter.problems;
    }

    /** Whether something stands in this file, and not in the one that it extends. */
    private boolean isOwn(Place place) {
        return place.file().equals(mapping.place().file());
    }

    private void unreachable(FieldRule rule) {
        Set<SourcePath> seen = new HashSet<>();
        for (SourcePath path : rule.from()) {
            if (!seen.add(path)) {
                warn(
                        ErrorCode.LINT_UNREACHABLE,
                        rule.place(),
                        "the candidate %s of %s stands twice.".formatted(path, rule.name()));
            }
        }
        if (rule.constant() != null && rule.defaultValue() != null && rule.when() == null) {
            warn(
                    ErrorCode.LINT_UNREACHABLE,
                    rule.place(),
                    "the default of %s is never used: const gives all records a value."
                            .formatted(rule.name()));
        }
    }

    private void fallible(FieldRule rule) {
        if (plan.canFail(rule.name()) && rule.onError() == OnError.UNSTATED) {
            warn(
                    ErrorCode.LINT_FALLIBLE,
                    rule.expression().place(),
                    "the expression of %s can fail.".formatted(rule.name()));
        }
    }

    private void lossy(FieldRule rule) {
        EntityField field = plan.entity().field(rule.name());
        String loss = null;
        if (field.type() == FieldType.DATE) {
            boolean time =
                    rule.formats().stream()
                            .anyMatch(f -> f.matches(".*[Hhkms].*") && !f.startsWith("epoch"));
            loss = time && !rule.formats().contains("iso") ? "the time of day is dropped" : null;
        } else if (field.type() == FieldType.INTEGER && rule.scale() != null) {
            boolean whole = rule.scale().remainder(BigDecimal.ONE).signum() == 0;
            loss = whole ? null : "what is behind the decimal point is dropped";
        }
        if (loss != null && rule.note() == null) {
            warn(ErrorCode.LINT_LOSSY, rule.place(), "%s: %s.".formatted(rule.name(), loss));
        }
    }

    private void tables() {
        for (String table : mapping.tables().keySet()) {
            Map<String, String> values = mapping.tables().get(table);
            boolean used =
                    mapping.fields().stream().anyMatch(rule -> rule.values() == values)
                            || codes().anyMatch(code -> code.text().contains("tables." + table));
            if (!used) {
                warn(
                        ErrorCode.LINT_UNUSED_TABLE,
                        mapping.place("tables"),
                        "the table %s is never used.".formatted(table));
            }
        }
    }

    private Stream<Code> codes() {
        Stream<Code> ofFields =
                mapping.fields().stream()
                        .flatMap(
                                r ->
                                        Stream.of(list(r.expression()), list(r.when()))
                                                .flatMap(List::stream));
        return Stream.concat(
                ofFields,
                Stream.of(mapping.filter(), mapping.deleteIf(), mapping.idBy(), mapping.clockBy())
                        .map(Linter::list)
                        .flatMap(List::stream));
    }

    private static List<Code> list(Code code) {
        return code == null ? List.of() : List.of(code);
    }

    private void deadTests() {
        Set<String> inputs = new HashSet<>();
        for (TestCase test : mapping.tests()) {
            if (!inputs.add(test.op() + '\n' + test.id() + '\n' + test.input())) {
                warn(
                        ErrorCode.LINT_DEAD_TEST,
                        test.place(),
                        "the test \"%s\" has the input of another.".formatted(test.name()));
            }
        }
    }

    /** Canonical fields that a test expects something of, but that the entity does not have. */
    private void unknownInTests() {
        for (TestCase test : mapping.tests()) {
            if (test.error() != null && test.error().field() != null) {
                known(test.error().field(), test.place());
            }
            List<Output> outputs = test.outputs() == null ? List.of() : test.outputs();
            for (Output output : outputs) {
                if (output.data() != null) {
                    output.data().fieldNames().forEachRemaining(f -> known(f, output.place()));
                }
            }
        }
    }

    private void known(String field, Place place) {
        List<String> fields = plan.entity().fields().stream().map(EntityField::name).toList();
        if (!fields.contains(field)) {
            problems.add(
                    new Problem(
                            ErrorCode.MAPPING_FIELD,
                            place,
                            "the test expects %s, which is no field of %s."
                                    .formatted(field, plan.entity().name()),
                            Suggestion.of(field, fields)));
        }
    }

    private void untested() {
        Set<String> seen = new HashSet<>();
        mapping.tests().stream()
                .filter(test -> test.outputs() != null)
                .flatMap(test -> test.outputs().stream())
                .filter(output -> output.data() != null)
                .forEach(output -> output.data().fieldNames().forEachRemaining(seen::add));
        List<String> missing =
                mapping.fields().stream()
                        .filter(rule -> isOwn(rule.place()))
                        .map(FieldRule::name)
                        .filter(name -> !seen.contains(name))
                        .toList();
        boolean untested = mapping.tests().isEmpty();
        if (untested || !missing.isEmpty()) {
            warn(
                    ErrorCode.LINT_UNTESTED,
                    mapping.place(),
                    untested
                            ? "the mapping has no tests."
                            : "no test has a value for " + String.join(", ", missing) + ".");
        }
    }

    private void warn(ErrorCode code, Place place, String message) {
        problems.add(new Problem(code, place, message, code.remedy()));
    }
}
