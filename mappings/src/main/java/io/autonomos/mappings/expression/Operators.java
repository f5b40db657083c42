package io.autonomos.mappings.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelFunctionBinding;
import io.autonomos.mappings.expression.Failures.FunctionException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
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

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    private record Kind(CelType type, Class<?> javaType) {}

    private static final Kind INT = new Kind(SimpleType.INT, Long.class);
    private static final Kind DOUBLE = new Kind(SimpleType.DOUBLE, Double.class);
    private static final Kind EXACT = new Kind(DECIMAL, BigDecimal.class);
    private static final List<Kind> NUMBERS = List.of(INT, DOUBLE, EXACT);

    Operators() {
        addition();
        arithmetic("_-_", "subtract", Math::subtractExact, (a, b) -> a - b, BigDecimal::subtract);
        arithmetic("_*_", "multiply", Math::multiplyExact, (a, b) -> a * b, BigDecimal::multiply);
        division();
        comparison("_<_", "less", sign -> sign < 0);
        comparison("_<=_", "less_equals", sign -> sign <= 0);
        comparison("_>_", "greater", sign -> sign > 0);
        comparison("_>=_", "greater_equals", sign -> sign >= 0);
        equality(References.EQUAL, true);
        equality(References.NOT_EQUAL, false);
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        References.PRESENT,
                        newGlobalOverload("present", SimpleType.BOOL, SimpleType.DYN)));
        bindings.add(
                CelFunctionBinding.from("present", Object.class, value -> !Values.isNull(value)));
    }

    List<CelFunctionDecl> declarations() {
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    private void addition() {
        Map<String, CelOverloadDecl> overloads = new LinkedHashMap<>();
        numbers("add", Math::addExact, Double::sum, BigDecimal::add, overloads);
        overload(overloads, "add_string", SimpleType.STRING, SimpleType.STRING, SimpleType.STRING);
        bindings.add(
                CelFunctionBinding.from("add_string", String.class, String.class, Operators::join));
        overload(overloads, "add_list", LIST, LIST, LIST);
        bindings.add(
                CelFunctionBinding.from("add_list", List.class, List.class, Operators::append));
        declare("_+_", overloads);
    }

    private void arithmetic(
            String function,
            String name,
            BinaryOperator<Long> whole,
            BinaryOperator<Double> inexact,
            BinaryOperator<BigDecimal> exact) {
        Map<String, CelOverloadDecl> overloads = new LinkedHashMap<>();
        numbers(name, whole, inexact, exact, overloads);
        declare(function, overloads);
    }

    private void numbers(
            String name,
            BinaryOperator<Long> whole,
            BinaryOperator<Double> inexact,
            BinaryOperator<BigDecimal> exact,
            Map<String, CelOverloadDecl> overloads) {
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                boolean same = left == right;
                CelType result = same ? left.type : DECIMAL;
                String id = id(name, left, right);
                overload(overloads, id, result, left.type, right.type);
                bindings.add(
                        binary(
                                id,
                                left,
                                right,
                                (a, b) ->
                                        same && left == INT
                                                ? whole.apply((Long) a, (Long) b)
                                                : same && left == DOUBLE
                                                        ? inexact.apply((Double) a, (Double) b)
                                                        : Values.bounded(
                                                                exact.apply(exact(a), exact(b)))));
            }
        }
    }

    private void division() {
        Map<String, CelOverloadDecl> overloads = new LinkedHashMap<>();
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                String id = id("divide", left, right);
                overload(overloads, id, DECIMAL, left.type, right.type);
                bindings.add(binary(id, left, right, (a, b) -> divide(exact(a), exact(b))));
            }
        }
        declare("_/_", overloads);
    }

    private void comparison(String function, String name, IntPredicate holds) {
        Map<String, CelOverloadDecl> overloads = new LinkedHashMap<>();
        for (Kind left : NUMBERS) {
            for (Kind right : NUMBERS) {
                String id = id(name, left, right);
                overload(overloads, id, SimpleType.BOOL, left.type, right.type);
                bindings.add(
                        binary(
                                id,
                                left,
                                right,
                                (a, b) -> holds.test(exact(a).compareTo(exact(b)))));
            }
        }
        String id = name + "_string";
        overload(overloads, id, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING);
        bindings.add(
                CelFunctionBinding.from(
                        id, String.class, String.class, (a, b) -> holds.test(a.compareTo(b))));
        declare(function, overloads);
    }

    private void equality(String function, boolean wanted) {
        String id = function.substring(1);
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        function, newGlobalOverload(id, SimpleType.BOOL, ANY, ANY)));
        bindings.add(
                CelFunctionBinding.from(
                        id, Object.class, Object.class, (a, b) -> isEqual(a, b) == wanted));
    }

    private static void overload(
            Map<String, CelOverloadDecl> into, String id, CelType result, CelType a, CelType b) {
        into.put(id, newGlobalOverload(id, result, a, b));
    }

    private void declare(String function, Map<String, CelOverloadDecl> overloads) {
        declarations.add(CelFunctionDecl.newFunctionDeclaration(function, overloads.values()));
    }

    private static CelFunctionBinding binary(
            String id, Kind left, Kind right, BinaryOperator<Object> operator) {
        return CelFunctionBinding.from(id, left.javaType, right.javaType, operator::apply);
    }

    private static String id(String name, Kind left, Kind right) {
        return name + '_' + left.type.name() + '_' + right.type.name();
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
