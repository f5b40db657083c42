package io.autonomos.mappings.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.scan.JsonBuffer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Whatever an expression says, it compiles or is refused, and what compiles has a value or a reason
 * why it has none; the value is the same whether CEL's runtime works it out or not. Run with fresh
 * bytes by the profile {@code fuzz}.
 */
public final class ExpressionFuzz {

    private static final Object[] VALUES = {
        null,
        "",
        "text 1.50",
        7L,
        new BigDecimal("1.50"),
        true,
        List.of("a", 1L),
        Map.of("a", 1L, "b", List.of())
    };
    private static final String NONE = "no value";
    private static final ExpressionCompiler COMPILER =
            new ExpressionCompiler(Map.of("t", Map.of("a", "b")));

    private ExpressionFuzz() {}

    /** Called by the fuzzer; the first byte chooses the values. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        String text = new String(data, 1, data.length - 1, StandardCharsets.UTF_8);
        Expression expression;
        try {
            expression = COMPILER.compile(text);
        } catch (ExpressionException e) {
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            return;
        }
        Object[] values = new Object[expression.inputs().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = VALUES[Math.floorMod(data[0] + i, VALUES.length)];
        }
        String value = outcome(() -> expression.evaluate(values));
        String byCel = outcome(() -> expression.evaluateByCel(values));
        // In lists and arguments CEL takes the failure of a condition for a value.
        boolean lenient = value.equals(NONE) && (text.contains("&&") || text.contains("||"));
        if (!lenient) {
            assertThat(value).as(text).isEqualTo(byCel);
        }
    }

    /** One way to evaluate an expression. */
    interface Evaluation {
        Object run() throws ExpressionException;
    }

    /**
     * What it gives as JSON, or that it gives nothing; why may differ, since CEL hands on failures
     * as values.
     */
    static String outcome(Evaluation evaluation) {
        try {
            JsonBuffer json = new JsonBuffer(64);
            Values.write(evaluation.run(), json);
            return new String(json.toBytes(), StandardCharsets.UTF_8);
        } catch (ExpressionException e) {
            assertThat(e.getMessage()).isNotBlank();
            return NONE;
        }
    }
}
