package io.autonomos.mappings.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.autonomos.mappings.scan.SourcePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled expression: immutable, shared by tasks.
 *
 * <p>Its values are Java's: text as {@link String}, whole numbers as {@link Long}, others as {@link
 * java.math.BigDecimal}, booleans, lists and maps; {@code null} where a field is absent or null.
 */
public final class Expression {

    private final CelRuntime.Program program;
    private final DirectTree.Node direct;
    private final List<SourcePath> inputs;
    private final Map<String, Object> tables;
    private final CelType type;
    private final boolean fallible;

    /**
     * @param direct the same as nested calls, or null where only CEL's runtime knows all its parts
     */
    Expression(
            CelRuntime.Program program,
            DirectTree.Node direct,
            References references,
            CelType type,
            boolean fallible) {
        this.program = program;
        this.direct = direct;
        this.inputs = references.paths();
        this.tables = references.tables();
        this.type = type;
        this.fallible = fallible;
    }

    /** The source paths it reads, in the order in which {@link #evaluate} wants their values. */
    public List<SourcePath> inputs() {
        return inputs;
    }

    /** Whether it can end without a value although its fields are there, as a division can. */
    public boolean isFallible() {
        return fallible;
    }

    /** Whether it may give a boolean; a source field can hold anything. */
    public boolean mayBeBoolean() {
        return type.kind() == CelKind.BOOL || type.kind() == CelKind.DYN;
    }

    /** The name of its type, as the language calls it; {@code dyn} where only a record can tell. */
    public String typeName() {
        return type.name();
    }

    /**
     * Its value for one record.
     *
     * @param values of the inputs, in their order
     * @return the value; null where it is null
     * @throws ExpressionException if it has none; the message names no value
     */
    public Object evaluate(Object[] values) throws ExpressionException {
        if (direct == null) {
            return evaluateByCel(values);
        }
        try {
            return Values.fromExpression(direct.value(values));
        } catch (RuntimeException e) {
            throw new ExpressionException(Failures.reason(e), 1, 1);
        }
    }

    /** The same by CEL's runtime. */
    Object evaluateByCel(Object[] values) throws ExpressionException {
        try {
            return Values.fromExpression(program.eval(name -> Optional.of(value(name, values))));
        } catch (CelEvaluationException | RuntimeException e) {
            throw new ExpressionException(Failures.reason(e), 1, 1);
        }
    }

    /** Whether it runs without CEL's runtime. */
    boolean isDirect() {
        return direct != null;
    }

    private Object value(String name, Object[] values) {
        if (name.charAt(0) == References.PATH) {
            return Values.toExpression(values[References.index(name)]);
        }
        return tables.get(name);
    }
}
