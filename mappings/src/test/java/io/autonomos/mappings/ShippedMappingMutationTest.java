package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.lint.MappingTests;
import io.autonomos.mappings.plan.PlanCompiler;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks each shipped mapping in every small way: a test in its file must see it. */
class ShippedMappingMutationTest {

    private static final EntityModel MODEL = EntityModel.shipped();

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void aLostPathIsSeen(String id, Mapping mapping) {
        Map<String, Mapping> mutants = new LinkedHashMap<>();
        for (FieldRule rule : mapping.fields()) {
            for (SourcePath path : rule.from()) {
                List<SourcePath> rest = new ArrayList<>(rule.from());
                rest.remove(path);
                if (!rest.isEmpty()) {
                    mutants.put(rule.name() + " <- " + path, with(mapping, withFrom(rule, rest)));
                }
            }
        }

        assertThat(survivors(mutants)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void twoFieldsOfATypeWhosePathsAreSwappedAreSeen(String id, Mapping mapping) {
        EntitySchema entity = MODEL.entity(mapping.entity());
        Map<String, Mapping> mutants = new LinkedHashMap<>();
        Map<FieldType, FieldRule> last = new EnumMap<>(FieldType.class);
        for (FieldRule rule : mapping.fields()) {
            FieldRule other = last.get(entity.field(rule.name()).type());
            if (other != null && !rule.from().isEmpty()) {
                mutants.put(
                        other.name() + " and " + rule.name(),
                        with(
                                with(mapping, withFrom(rule, other.from())),
                                withFrom(other, rule.from())));
            }
            if (!rule.from().isEmpty()) {
                last.put(entity.field(rule.name()).type(), rule);
            }
        }

        assertThat(survivors(mutants)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void aLostKeyOfAFieldIsSeen(String id, Mapping mapping) {
        Map<String, Mapping> mutants = new LinkedHashMap<>();
        for (FieldRule rule : mapping.fields()) {
            if (rule.values() != null) {
                for (String value : rule.values().keySet()) {
                    Map<String, String> rest = new LinkedHashMap<>(rule.values());
                    rest.remove(value);
                    mutants.put(
                            rule.name() + " without value " + value,
                            with(mapping, rule(rule, rule.from(), rest, rule.scale(), false)));
                }
            }
            if (rule.scale() != null) {
                FieldRule unscaled = rule(rule, rule.from(), rule.values(), null, false);
                mutants.put(rule.name() + " without scale", with(mapping, unscaled));
            }
            if (rule.defaultValue() != null) {
                FieldRule bare = rule(rule, rule.from(), rule.values(), rule.scale(), true);
                mutants.put(rule.name() + " without default", with(mapping, bare));
            }
        }

        assertThat(survivors(mutants)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappings")
    void aLostWayOfDeletingIsSeen(String id, Mapping mapping) {
        Map<String, Mapping> mutants = new LinkedHashMap<>();
        for (SourcePath path : mapping.deleteWhen().keySet()) {
            Map<SourcePath, Set<String>> rest = new LinkedHashMap<>(mapping.deleteWhen());
            rest.remove(path);
            mutants.put(path.toString(), copy(mapping, rest, mapping.fields()));
        }

        assertThat(survivors(mutants)).isEmpty();
    }

    static Stream<Arguments> mappings() {
        return MappingCatalog.shipped().mappings().stream().map(m -> Arguments.of(m.id(), m));
    }

    /** The mutants that compile and whose tests all pass. */
    private static List<String> survivors(Map<String, Mapping> mutants) {
        return mutants.entrySet().stream()
                .filter(each -> passes(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean passes(Mapping mutant) {
        try {
            return MappingTests.run(mutant, PlanCompiler.compile(mutant, MODEL)).stream()
                    .allMatch(result -> result.problem() == null);
        } catch (MappingException e) {
            return false;
        }
    }

    private static Mapping with(Mapping mapping, FieldRule rule) {
        List<FieldRule> fields =
                mapping.fields().stream()
                        .map(each -> each.name().equals(rule.name()) ? rule : each)
                        .toList();
        return copy(mapping, mapping.deleteWhen(), fields);
    }

    private static Mapping copy(
            Mapping m, Map<SourcePath, Set<String>> deleteWhen, List<FieldRule> fields) {
        return new Mapping(
                m.id(),
                m.version(),
                m.sources(),
                m.streams(),
                m.entity(),
                m.recordId(),
                m.clock(),
                m.idBy(),
                m.clockBy(),
                m.each(),
                m.eachOrOuter(),
                m.filter(),
                deleteWhen,
                m.deleteIf(),
                m.formats(),
                fields,
                m.ignore(),
                m.tables(),
                m.tests(),
                m.note(),
                m.place(),
                m.places());
    }

    private static FieldRule withFrom(FieldRule rule, List<SourcePath> from) {
        return rule(rule, from, rule.values(), rule.scale(), false);
    }

    private static FieldRule rule(
            FieldRule r,
            List<SourcePath> from,
            Map<String, String> values,
            BigDecimal scale,
            boolean noDefault) {
        return new FieldRule(
                r.name(),
                r.place(),
                from,
                r.expression(),
                r.constant(),
                r.when(),
                r.normalize(),
                r.region(),
                r.cast(),
                r.formats(),
                values,
                r.keepUnmapped(),
                scale,
                r.split(),
                r.entries(),
                noDefault ? null : r.defaultValue(),
                r.onError(),
                r.note());
    }
}
