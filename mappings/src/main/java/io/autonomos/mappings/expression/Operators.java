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
import java.util.function.IntPredicate;

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

    private record Kind(CelType type, Class<?> javaType) {}

    private static final Kind INT = new Kind(SimpleType.INT, Long.class);
    private static final Kind DOUBLE = new Kind(SimpleType.DOUBLE, Double.class);
    private static final Kind EXACT = new Kind(DECIMAL, BigDecimal.class);
    private static final List<Kind> NUMBERS = List.of(INT, DOUBLE, EXACT);

    private Operators() {}

    static void addTo(Overloads into) {
        addition(into);
        numbers(
                into,
                "_-_",
                "subtract",
                Math::subtractExact,
                (a, b) -> a - b,
                BigDecimal::subtract);
        numbers(
                into,
                "_*_",
                "multiply",
                Math::multiplyExact,
                (a, b) -> a * b,
                BigDecimal::multiply);
        division(into);
        comparison(into, "_<_", "less", sign -> sign < 0);
        comparison(into, "_<=_", "less_equals", sign -> sign <= 0);
        comparison(into, "_>_", "greater", sign -> sign > 0);
        comparison(into, "_>=_", "greater_equals", sign -> sign >= 0);
        equality(into, References.EQUAL, true);
        equality(into, References.NOT_EQUAL, false);
        into.global(
                References.PRESENT,
                "present",
                SimpleType.BOOL,
                List.of(SimpleType.DYN),
                List.of(Object.class),
                args -> !Values.isNull(args[0]));
    }

    private static void addition(Overloads into) {
        numbers(into, "_+_", "add", Math::addExact, Double::sum, BigDecimal::add);
        into.global(
                "_+_",
                "add_string",
                SimpleType.STRING,
                List.of(SimpleType.STRING, SimpleType.STRING),
                List.of(String.class, String.class),
                args -> join((String) args[0], (String) args[1]));
        into.global(
                "_+_",
                "add_list",
                LIST,
                List.of(LIST, LIST),
                List.of(List.class, List.class),
                args -> append((List<?>) args[0], (List<?>) args[1]));
    }

    private static void numbers(
            Overloads into,
            String function,
            String name,
            BinaryOperator<Long> whole,
            BinaryOperator<Double> inexact,
            BinaryOperator<BigDecimal> exact) {
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                boolean same = left.equals(right);
                BinaryOperator<Object> operator =
                        same && left.equals(INT)
                                ? (a, b) -> whole.apply((Long) a, (Long) b)
                                : same && left.equals(DOUBLE)
                                        ? (a, b) -> inexact.apply((Double) a, (Double) b)
                                        : (a, b) -> Values.bounded(exact.apply(exact(a), exact(b)));
                binary(into, function, name, same ? left.type : DECIMAL, left, right, operator);
            }
        }
    }

    private static void division(Overloads into) {
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                binary(
                        into,
                        "_/_",
                        "divide",
                        DECIMAL,
                        left,
                        right,
                        (a, b) -> divide(exact(a), exact(b)));
            }
        }
    }

    private static void comparison(
            Overloads into, String function, String name, IntPredicate holds) {
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                binary(
                        into,
                        function,
                        name,
                        SimpleType.BOOL,
                        left,
                        right,
                        (a, b) -> holds.test(exact(a).compareTo(exact(b))));
            }
        }
        into.global(
                function,
                name + "_string",
                SimpleType.BOOL,
                List.of(SimpleType.STRING, SimpleType.STRING),
                List.of(String.class, String.class),
                args -> holds.test(((String) args[0]).compareTo((String) args[1])));
    }

    private static void equality(Overloads into, String function, boolean wanted) {
        into.global(
                function,
                function.substring(1),
                SimpleType.BOOL,
                List.of(ANY, ANY),
                List.of(Object.class, Object.class),
                args -> isEqual(args[0], args[1]) == wanted);
    }

    private static void binary(
            Overloads into,
            String function,
            String name,
            CelType result,
            Kind left,
            Kind right,
            BinaryOperator<Object> operator) {
        into.global(
                function,
                name + '_' + left.type.name() + '_' + right.type.name(),
                result,
                List.of(left.type, right.type),
                List.of(left.javaType, right.javaType),
                args -> operator.apply(args[0], args[1]));
    }

    /** A number of any kind, exactly as it was written. */
    static BigDecimal exact(Object number) {
        if (number instanceof BigDecimal exact) {
            return exact;
        }
        if (number instanceof Long whole) {
            return BigDecimal.valueOf(whole);
        }
        double inexact = (Double) number;
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
