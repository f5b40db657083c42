package io.autonomos.mappings.expression;

import static dev.cel.common.CelOverloadDecl.newGlobalOverload;
import static dev.cel.common.CelOverloadDecl.newMemberOverload;

import com.google.re2j.Matcher;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.autonomos.mappings.expression.Failures.FunctionException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The functions that mapping files have besides CEL's own. */
final class Functions {

    private static final CelType TEXT = SimpleType.STRING;

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    Functions() {
        for (Normalizer each : Normalizer.values()) {
            normalizer(each);
        }
        numbers();
        member("replace", List.of(TEXT, TEXT), TEXT, args -> replace(args));
        global(
                "first",
                SimpleType.DYN,
                List.of(ListType.create(SimpleType.DYN)),
                args -> first(args));
        global("extract", SimpleType.DYN, List.of(TEXT, TEXT), args -> extract(args));
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        "join",
                        newMemberOverload(
                                "list_join", TEXT, ListType.create(SimpleType.DYN), TEXT)));
        bindings.add(
                CelFunctionBinding.from("list_join", List.class, String.class, Functions::join));
    }

    List<CelFunctionDecl> declarations() {
        return declarations;
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    /** The names of the functions that can fail although their arguments are there. */
    static List<String> fallible() {
        List<String> names =
                new ArrayList<>(List.of("_/_", "_%_", "_[_]", "int", "decimal", "bool"));
        names.addAll(List.of("timestamp", "double", "uint", "duration", "substring", "charAt"));
        for (Normalizer each : Normalizer.values()) {
            if (each.compareTo(Normalizer.EMAIL) >= 0) {
                names.add(each.key());
            }
        }
        return names;
    }

    private void normalizer(Normalizer normalizer) {
        String name = normalizer.key();
        UnaryOperator<String> plain = text -> normal(normalizer, text, null);
        List<dev.cel.common.CelOverloadDecl> overloads = new ArrayList<>();
        overloads.add(newGlobalOverload(name + "_text", TEXT, TEXT));
        bindings.add(CelFunctionBinding.from(name + "_text", String.class, plain::apply));
        if (normalizer == Normalizer.PHONE) {
            overloads.add(newGlobalOverload("phone_text_region", TEXT, TEXT, TEXT));
            bindings.add(
                    CelFunctionBinding.from(
                            "phone_text_region",
                            String.class,
                            String.class,
                            (text, region) -> normal(normalizer, text, region)));
        }
        declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads));
    }

    private static String normal(Normalizer normalizer, String text, String region) {
        String normal = normalizer.apply(text, region);
        if (normal == null) {
            throw new FunctionException("a text cannot be read as " + normalizer.key());
        }
        return normal;
    }

    private void numbers() {
        List<dev.cel.common.CelOverloadDecl> decimals = new ArrayList<>();
        conversion(
                decimals,
                "decimal",
                SimpleType.INT,
                Long.class,
                Operators.DECIMAL,
                Operators::exact);
        conversion(
                decimals,
                "decimal",
                SimpleType.DOUBLE,
                Double.class,
                Operators.DECIMAL,
                Operators::exact);
        conversion(
                decimals,
                "decimal",
                Operators.DECIMAL,
                BigDecimal.class,
                Operators.DECIMAL,
                n -> n);
        conversion(decimals, "decimal", TEXT, String.class, Operators.DECIMAL, Functions::decimal);
        declarations.add(CelFunctionDecl.newFunctionDeclaration("decimal", decimals));

        List<dev.cel.common.CelOverloadDecl> whole = new ArrayList<>();
        conversion(
                whole,
                "int",
                Operators.DECIMAL,
                BigDecimal.class,
                SimpleType.INT,
                Functions::whole);
        declarations.add(CelFunctionDecl.newFunctionDeclaration("int", whole));
        List<dev.cel.common.CelOverloadDecl> text = new ArrayList<>();
        conversion(
                text,
                "string",
                Operators.DECIMAL,
                BigDecimal.class,
                TEXT,
                BigDecimal::toPlainString);
        declarations.add(CelFunctionDecl.newFunctionDeclaration("string", text));
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        "round",
                        newGlobalOverload(
                                "round_decimal",
                                Operators.DECIMAL,
                                Operators.DECIMAL,
                                SimpleType.INT),
                        newGlobalOverload(
                                "round_int", Operators.DECIMAL, SimpleType.INT, SimpleType.INT)));
        bindings.add(
                CelFunctionBinding.from(
                        "round_decimal", BigDecimal.class, Long.class, Functions::round));
        bindings.add(
                CelFunctionBinding.from(
                        "round_int", Long.class, Long.class, (n, places) -> Operators.exact(n)));
    }

    private <T> void conversion(
            List<dev.cel.common.CelOverloadDecl> overloads,
            String name,
            CelType from,
            Class<T> javaType,
            CelType to,
            Function<T, Object> function) {
        String id = name + "_of_" + from.name();
        overloads.add(newGlobalOverload(id, to, from));
        bindings.add(CelFunctionBinding.from(id, javaType, function::apply));
    }

    private static BigDecimal decimal(String text) {
        try {
            return Values.bounded(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            throw new FunctionException("a text is not a number");
        }
    }

    private static long whole(BigDecimal number) {
        try {
            return number.setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw new FunctionException("a number is out of range");
        }
    }

    private static BigDecimal round(BigDecimal number, long places) {
        if (places < 0 || places > 18) {
            throw new FunctionException("round takes 0 to 18 places");
        }
        return number.setScale((int) places, RoundingMode.HALF_UP);
    }

    private void member(
            String name, List<CelType> more, CelType result, Function<Object[], Object> function) {
        List<CelType> arguments = new ArrayList<>(List.of(TEXT));
        arguments.addAll(more);
        String id = "text_" + name;
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        name, newMemberOverload(id, result, arguments)));
        bindings.add(
                CelFunctionBinding.from(
                        id, List.of(String.class, String.class, String.class), function::apply));
    }

    private void global(
            String name,
            CelType result,
            List<CelType> arguments,
            Function<Object[], Object> function) {
        String id = "autonomos_" + name;
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        name, newGlobalOverload(id, result, arguments)));
        List<Class<?>> types = new ArrayList<>();
        arguments.forEach(type -> types.add(type == TEXT ? String.class : List.class));
        bindings.add(CelFunctionBinding.from(id, types, function::apply));
    }

    private static String replace(Object[] args) {
        String text = (String) args[0];
        String old = (String) args[1];
        String with = (String) args[2];
        if (old.isEmpty()) {
            return text;
        }
        long growth = Math.max(0, with.length() - old.length());
        Operators.bound(text.length() + growth * (text.length() / old.length()));
        return text.replace(old, with);
    }

    private static String join(List<?> list, String separator) {
        StringBuilder joined = new StringBuilder();
        for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
            Object element = each.next();
            joined.append(Values.isNull(element) ? "" : text(element));
            if (each.hasNext()) {
                joined.append(separator);
            }
            Operators.bound(joined.length());
        }
        return joined.toString();
    }

    private static String text(Object scalar) {
        if (scalar instanceof List || scalar instanceof java.util.Map) {
            throw new FunctionException("join takes texts, numbers and booleans");
        }
        return scalar instanceof BigDecimal exact
                ? exact.toPlainString()
                : String.format(Locale.ROOT, "%s", scalar);
    }

    /** The first element that is neither null nor empty text. */
    private static Object first(Object[] args) {
        for (Object each : (List<?>) args[0]) {
            if (!Values.isNull(each) && !each.equals("")) {
                return each;
            }
        }
        return Values.toExpression(null);
    }

    /** The first group of a pattern, or its whole match where it has no group; null if none. */
    private static Object extract(Object[] args) {
        Matcher match = Patterns.of((String) args[1]).matcher((String) args[0]);
        if (!match.find()) {
            return Values.toExpression(null);
        }
        return Values.toExpression(match.group(match.groupCount() > 0 ? 1 : 0));
    }
}
