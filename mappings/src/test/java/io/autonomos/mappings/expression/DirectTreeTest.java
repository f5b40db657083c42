package io.autonomos.mappings.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nested calls give what CEL's runtime gives, and no value where it gives none. */
class DirectTreeTest {

    private static final ExpressionCompiler COMPILER =
            new ExpressionCompiler(Map.of("t", Map.of("a", "b", "", "empty")));
    private static final String[] LEAVES = {
        "record.a", "record.b", "record.c.d", "1", "0", "2.5", "'a'", "''", "null", "true", "false"
    };
    private static final String[] SHAPES = {
        "%s + %s",
        "%s - %s",
        "%s * %s",
        "%s / %s",
        "%s == %s",
        "%s != %s",
        "%s < %s",
        "%s >= %s",
        "%s && %s",
        "%s || %s",
        "!%s",
        "%s ? %s : %s",
        "first([%s, %s])",
        "has(record.a) ? %s : %s",
        "decimal(%s)",
        "int(%s)",
        "string(%s)",
        "round(%s, 2)",
        "lower(%s)",
        "email(%s)",
        "country(%s)",
        "phone(%s, 'US')",
        "%s.contains(%s)",
        "%s.startsWith('a')",
        "%s in ['a', 'b']",
        "tables.t[%s]",
        "[%s, %s].join('-')",
        "extract(%s, 'a+')",
        "%s.matches('^a')",
        "%s.replace('a', %s)",
        "size(%s)",
        "[%s, %s]",
        "[%s].map(x, x)",
        "%s.trim()"
    };
    private static final Object[] VALUES = {
        null,
        "",
        "a",
        "Ada <ada@example.org>",
        "1.50",
        "Germany",
        7L,
        0L,
        -3L,
        Long.MAX_VALUE,
        new BigDecimal("1.50"),
        new BigDecimal("0.00"),
        true,
        false,
        List.of("a", 1L),
        Map.of("a", 1L)
    };

    @Property(tries = 4_000, seed = "7")
    void anyExpressionGivesWhatCelGives(@ForAll Random random) {
        String text = expression(random, 3);
        Expression expression;
        try {
            expression = COMPILER.compile(text);
        } catch (ExpressionException e) {
            return; // the checker refuses it for both
        }
        for (int round = 0; round < 5; round++) {
            Object[] values = new Object[expression.inputs().size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = VALUES[random.nextInt(VALUES.length)];
            }

            assertThat(ExpressionFuzz.outcome(() -> expression.evaluate(values)))
                    .as("%s of %s", text, List.of(Arrays.toString(values)))
                    .isEqualTo(ExpressionFuzz.outcome(() -> expression.evaluateByCel(values)));
        }
    }

    private static String expression(Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return LEAVES[random.nextInt(LEAVES.length)];
        }
        String shape = SHAPES[random.nextInt(SHAPES.length)];
        Object[] parts = new Object[3];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = "(" + expression(random, depth - 1) + ")";
        }
        return shape.formatted(parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record.Name + \" (\" + record.Type + \")\"",
                "record.StageName == \"Closed Won\" ? \"won\" : record.StageName",
                "record.Amount * 1.19",
                "has(record.X) && !(record.Y in ['a', 'b']) || record.Z.startsWith('c')",
                "first([record.A, lower(record.B), tables.t[record.C]])",
                "extract(string(record.Zone), '^[a-z]{2}')",
                "record.X != null && record.X != '' ? decimal(record.X.replace(',', '')) : null"
            })
    void expressionsOfMostMappingsRunWithoutCel(String text) throws ExpressionException {
        assertThat(COMPILER.compile(text).isDirect()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"record.A.map(x, x)", "record.A.trim()", "{'a': record.B}.a"})
    void loopsAndFunctionsThatOnlyCelHasAreLeftToIt(String text) throws ExpressionException {
        assertThat(COMPILER.compile(text).isDirect()).isFalse();
    }
}
