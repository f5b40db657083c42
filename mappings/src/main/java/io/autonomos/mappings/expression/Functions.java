package io.autonomos.mappings.expression;

import com.google.re2j.Matcher;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import io.autonomos.mappings.expression.Failures.FunctionException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The functions that mapping files have besides CEL's own. */
final class Functions {

    private static final CelType TEXT = SimpleType.STRING;

    private static final CelType LIST = ListType.create(SimpleType.DYN);

    private Functions() {}

    static void addTo(Overloads into) {
        for (Normalizer each : Normalizer.values()) {
            normalizer(into, each);
        }
        numbers(into);
        into.member(
                "replace",
                "text_replace",
                TEXT,
                List.of(TEXT, TEXT, TEXT),
                List.of(String.class, String.class, String.class),
                Functions::replace);
        into.member(
                "join",
                "list_join",
                TEXT,
                List.of(LIST, TEXT),
                List.of(List.class, String.class),
                args -> join((List<?>) args[0], (String) args[1]));
        into.global(
                "first",
                "list_first",
                SimpleType.DYN,
                List.of(LIST),
                List.of(List.class),
                args -> first((List<?>) args[0]));
        into.global(
                "preferred",
                "list_preferred",
                SimpleType.DYN,
                List.of(SimpleType.DYN, TEXT, TEXT),
                List.of(Object.class, String.class, String.class),
                args -> preferred(args[0], (String) args[1], (String) args[2]));
        into.member(
                "matches",
                "text_matches",
                SimpleType.BOOL,
                List.of(TEXT, TEXT),
                List.of(String.class, String.class),
                args -> matches((String) args[0], (String) args[1]));
        into.global(
                "matches",
                "matches_text",
                SimpleType.BOOL,
                List.of(TEXT, TEXT),
                List.of(String.class, String.class),
                args -> matches((String) args[0], (String) args[1]));
        into.global(
                "extract",
                "text_extract",
                SimpleType.DYN,
                List.of(TEXT, TEXT),
                List.of(String.class, String.class),
                args -> extract((String) args[0], (String) args[1]));
    }

    /** The names of the functions that can fail although their arguments are there. */
    static List<String> fallible() {
        List<String> names =
                new ArrayList<>(List.of("_/_", "_%_", "_[_]", "int", "decimal", "number", "bool"));
        names.addAll(List.of("timestamp", "double", "uint", "duration", "substring", "charAt"));
        for (Normalizer each : Normalizer.values()) {
            if (each.compareTo(Normalizer.EMAIL) >= 0) {
                names.add(each.key());
            }
        }
        return names;
    }

    private static void normalizer(Overloads into, Normalizer normalizer) {
        String name = normalizer.key();
        into.global(
                name,
                name + "_text",
                TEXT,
                List.of(TEXT),
                List.of(String.class),
                args -> normal(normalizer, (String) args[0], null));
        if (normalizer == Normalizer.PHONE) {
            into.global(
                    name,
                    "phone_text_region",
                    TEXT,
                    List.of(TEXT, TEXT),
                    List.of(String.class, String.class),
                    args -> normal(normalizer, (String) args[0], (String) args[1]));
        }
    }

    private static String normal(Normalizer normalizer, String text, String region) {
        String normal = normalizer.apply(text, region);
        if (normal == null) {
            throw new FunctionException("a text cannot be read as " + normalizer.key());
        }
        return normal;
    }

    private static void numbers(Overloads into) {
        CelType exact = Operators.DECIMAL;
        conversion(into, "decimal", SimpleType.INT, Long.class, exact, Operators::exact);
        conversion(into, "decimal", SimpleType.DOUBLE, Double.class, exact, Operators::exact);
        conversion(into, "decimal", exact, BigDecimal.class, exact, number -> number);
        conversion(into, "decimal", TEXT, String.class, exact, Functions::decimal);
        conversion(into, "int", exact, BigDecimal.class, SimpleType.INT, Functions::whole);
        conversion(into, "int", SimpleType.INT, Long.class, SimpleType.INT, number -> number);
        conversion(
                into,
                "int",
                SimpleType.DOUBLE,
                Double.class,
                SimpleType.INT,
                number -> whole(Operators.exact(number)));
        conversion(into, "int", TEXT, String.class, SimpleType.INT, text -> whole(decimal(text)));
        conversion(into, "string", exact, BigDecimal.class, TEXT, Functions::text);
        conversion(into, "string", SimpleType.INT, Long.class, TEXT, Functions::text);
        conversion(into, "string", SimpleType.DOUBLE, Double.class, TEXT, Functions::text);
        conversion(into, "string", SimpleType.BOOL, Boolean.class, TEXT, Functions::text);
        conversion(into, "string", TEXT, String.class, TEXT, text -> text);
        conversion(into, "number", exact, BigDecimal.class, exact, number -> number);
        conversion(into, "number", SimpleType.INT, Long.class, exact, Operators::exact);
        conversion(into, "number", SimpleType.DOUBLE, Double.class, exact, Operators::exact);
        conversion(into, "number", TEXT, String.class, exact, Functions::written);
        into.global(
                "round",
                "round_decimal",
                exact,
                List.of(exact, SimpleType.INT),
                List.of(BigDecimal.class, Long.class),
                args -> round((BigDecimal) args[0], (Long) args[1]));
        into.global(
                "round",
                "round_double",
                exact,
                List.of(SimpleType.DOUBLE, SimpleType.INT),
                List.of(Double.class, Long.class),
                args -> round(Operators.exact(args[0]), (Long) args[1]));
        into.global(
                "round",
                "round_int",
                exact,
                List.of(SimpleType.INT, SimpleType.INT),
                List.of(Long.class, Long.class),
                args -> Operators.exact(args[0]));
    }

    private static <T> void conversion(
            Overloads into,
            String name,
            CelType from,
            Class<T> javaType,
            CelType to,
            Function<T, Object> function) {
        into.global(
                name,
                name + "_of_" + from.name(),
                to,
                List.of(from),
                List.of(javaType),
                args -> function.apply(javaType.cast(args[0])));
    }

    private static BigDecimal decimal(String text) {
        try {
            return Values.bounded(new BigDecimal(text.strip()));
        } catch (NumberFormatException e) {
            throw new FunctionException("a text is not a number");
        }
    }

    private static BigDecimal written(String text) {
        String digits = WrittenNumber.digits(text);
        if (digits == null) {
            throw new FunctionException("a text is not a number, or can be read as two");
        }
        return Values.bounded(new BigDecimal(digits));
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
        if (scalar instanceof List || scalar instanceof Map) {
            throw new FunctionException("join takes texts, numbers and booleans");
        }
        return scalar instanceof BigDecimal || scalar instanceof Double
                ? Operators.exact(scalar).toPlainString()
                : String.valueOf(scalar);
    }

    /** The first element that is neither null nor empty text. */
    private static Object first(List<?> list) {
        for (Object each : list) {
            if (!Values.isNull(each) && !each.equals("")) {
                return each;
            }
        }
        return Values.toExpression(null);
    }

    /**
     * Of a list of objects the value under a key, of the one whose flag is set or else of the first
     * that has a value. What is no list is the value itself, what is no object is its own value.
     */
    private static Object preferred(Object list, String key, String flag) {
        if (!(list instanceof List<?> elements)) {
            return list;
        }
        Object found = Values.toExpression(null);
        for (Object each : elements) {
            Object value = each;
            boolean flagged = false;
            if (each instanceof Map<?, ?> members) {
                value = members.get(key);
                flagged = "true".equalsIgnoreCase(String.valueOf(members.get(flag)));
            }
            boolean empty = Values.isNull(value) || value.equals("");
            if (!empty && (flagged || Values.isNull(found))) {
                found = value;
                if (flagged) {
                    return found;
                }
            }
        }
        return found;
    }

    /** Whether a pattern is found in a text, as CEL's own function says, but compiled once. */
    private static boolean matches(String text, String pattern) {
        return Patterns.of(pattern).matcher(text).find();
    }

    /** The first group of a pattern, or its whole match where it has no group; null if none. */
    private static Object extract(String text, String pattern) {
        Matcher match = Patterns.of(pattern).matcher(text);
        return Values.toExpression(
                match.find() ? match.group(match.groupCount() > 0 ? 1 : 0) : null);
    }
}
