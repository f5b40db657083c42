package io.autonomos.mappings.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import io.autonomos.mappings.expression.Failures.FunctionException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * Operators on exact decimals, and on texts and lists with a bound on what they may grow to. Whole
 * numbers, decimals and literals such as 0.19 mix freely; division is exact.
 */
final class Operators {

    /** Exact numbers: what JSON's numbers are that are not whole. */
    static final CelType DECIMAL = OpaqueType.create("decimal");

    /** Longest text and list, in characters and elements. */
    static final int LARGEST = 1 << 17;

    private static final TypeParamType ANY = TypeParamType.create("A");
    private static final ListType LIST = ListType.create(ANY);

    private static final List<CelType> NUMBERS =
            List.of(SimpleType.INT, SimpleType.DOUBLE, DECIMAL);
    private static final List<String> ORDER = List.of("_<_", "_<=_", "_>_", "_>=_");

    /** By operator, the function that does its work, whatever the operands are. */
    static final Map<String, String> WORKERS =
            Map.of(
                    "_+_", "@add",
                    "_-_", "@subtract",
                    "_*_", "@multiply",
                    "_/_", "@divide",
                    "_<_", "@less",
                    "_<=_", "@lessEquals",
                    "_>_", "@greater",
                    "_>=_", "@greaterEquals",
                    "_==_", "@equal",
                    "_!=_", "@notEqual");

    private static final BinaryOperator<Object> SUM =
            number(Math::addExact, Double::sum, BigDecimal::add);

    private Operators() {}

    /** The operators as the checker knows them, by the types of their operands. */
    static void declare(Overloads into) {
        for (CelType left : NUMBERS) {
            for (CelType right : NUMBERS) {
                String types = "_" + left.name() + "_" + right.name();
                CelType same = left.equals(right) ? left : DECIMAL;
                into.typed("_+_", "add" + types, same, left, right);
                into.typed("_-_", "subtract" + types, same, left, right);
                into.typed("_*_", "multiply" + types, same, left, right);
                into.typed("_/_", "divide" + types, DECIMAL, left, right);
                for (String order : ORDER) {
                    into.typed(order, order + types, SimpleType.BOOL, left, right);
                }
            }
        }
        into.typed("_+_", "add_string", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING);
        into.typed("_+_", "add_list", LIST, LIST, LIST);
        for (String order : ORDER) {
            into.typed(
                    order,
                    order + "_string",
                    SimpleType.BOOL,
                    SimpleType.STRING,
                    SimpleType.STRING);
        }
    }

    /** The functions that do the operators' work. */
    static void work(Overloads into) {
        work(into, "@add", Operators::add);
        work(into, "@subtract", number(Math::subtractExact, (a, b) -> a - b, BigDecimal::subtract));
        work(into, "@multiply", number(Math::multiplyExact, (a, b) -> a * b, BigDecimal::multiply));
        work(into, "@divide", (a, b) -> divide(exact(a), exact(b)));
        work(into, "@less", (a, b) -> compare(a, b) < 0);
        work(into, "@lessEquals", (a, b) -> compare(a, b) <= 0);
        work(into, "@greater", (a, b) -> compare(a, b) > 0);
        work(into, "@greaterEquals", (a, b) -> compare(a, b) >= 0);
        work(into, "@equal", Operators::isEqual);
        work(into, "@notEqual", (a, b) -> !isEqual(a, b));
        into.global(
                References.PRESENT,
                "present",
                SimpleType.BOOL,
                List.of(SimpleType.DYN),
                List.of(Object.class),
                args -> !Values.isNull(args[0]));
    }

    private static void work(Overloads into, String name, BinaryOperator<Object> operator) {
        into.global(
                name,
                name.substring(1),
                SimpleType.DYN,
                List.of(SimpleType.DYN, SimpleType.DYN),
                List.of(Object.class, Object.class),
                args -> operator.apply(args[0], args[1]));
    }

    private static Object add(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return join(left, right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return append(left, right);
        }
        return SUM.apply(a, b);
    }

    private static BinaryOperator<Object> number(
            BinaryOperator<Long> whole,
            BinaryOperator<Double> inexact,
            BinaryOperator<BigDecimal> exact) {
        return (a, b) -> {
            if (a instanceof Long left && b instanceof Long right) {
                return whole.apply(left, right);
            }
            if (a instanceof Double left && b instanceof Double right) {
                return inexact.apply(left, right);
            }
            return Values.bounded(exact.apply(exact(a), exact(b)));
        };
    }

    private static int compare(Object a, Object b) {
        if (a instanceof Long left && b instanceof Long right) {
            return left.compareTo(right);
        }
        if (a instanceof String left && b instanceof String right) {
            return left.compareTo(right);
        }
        return exact(a).compareTo(exact(b));
    }

    /** A number of any kind, exactly as it was written. */
    static BigDecimal exact(Object number) {
        if (number instanceof BigDecimal exact) {
            return exact;
        }
        if (number instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        if (!(number instanceof Double inexact)) {
            throw new FunctionException(Failures.OPERAND);
        }
        if (!Double.isFinite(inexact)) {
            throw new FunctionException("a number is out of range");
        }
        return BigDecimal.valueOf(inexact);
    }

    private static BigDecimal divide(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw new FunctionException("it divides by zero");
        }
        return Values.bounded(a.divide(b, MathContext.DECIMAL128).stripTrailingZeros());
    }

    private static String join(String a, String b) {
        bound((long) a.length() + b.length());
        return a.concat(b);
    }

    private static List<Object> append(List<?> a, List<?> b) {
        bound((long) a.size() + b.size());
        List<Object> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }

    static void bound(long size) {
        if (size > LARGEST) {
            throw new FunctionException("a text or list grows beyond " + LARGEST);
        }
    }

    /** Equality by value: 1, 1.0 and 1.00 are one number; null equals only null. */
    static boolean isEqual(Object a, Object b) {
        if (Values.isNull(a) || Values.isNull(b)) {
            return Values.isNull(a) && Values.isNull(b);
        }
        if (a instanceof Number && b instanceof Number) {
            return exact(a).compareTo(exact(b)) == 0;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return left.size() == right.size() && isEqual(left.iterator(), right.iterator());
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(k -> isEqual(left.get(k), right.get(k)));
        }
        return a.equals(b);
    }

    private static boolean isEqual(Iterator<?> left, Iterator<?> right) {
        while (left.hasNext()) {
            if (!isEqual(left.next(), right.next())) {
                return false;
            }
        }
        return true;
    }
}
