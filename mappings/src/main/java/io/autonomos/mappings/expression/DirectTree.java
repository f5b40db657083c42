package io.autonomos.mappings.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import io.autonomos.mappings.expression.Failures.FunctionException;
import io.autonomos.mappings.expression.Overloads.Body;
import io.autonomos.mappings.expression.Overloads.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A checked expression as nested calls, without CEL's runtime between them. Made where it knows all
 * of the tree's kinds and functions, which are those of most mappings; loops and the rest are left
 * to CEL. The values are the same either way.
 */
final class DirectTree {

    /** What the expression's parts give for one record's values; null is null. */
    interface Node {
        Object value(Object[] inputs);
    }

    /** A part whose value no record changes. */
    private record Constant(Object value) implements Node {
        @Override
        public Object value(Object[] inputs) {
            return value;
        }
    }

    /** Thrown where a part is left to CEL. */
    private static final class UnknownPartException extends Exception {

        private static final long serialVersionUID = 1L;

        UnknownPartException() {
            super(null, null, false, false);
        }
    }

    private static final Map<String, Body> TEXT_TESTS =
            Map.of(
                    "contains", args -> text(args[0]).contains(text(args[1])),
                    "startsWith", args -> text(args[0]).startsWith(text(args[1])),
                    "endsWith", args -> text(args[0]).endsWith(text(args[1])));

    private final Overloads overloads;
    private final Map<String, Object> tables;

    private DirectTree(Overloads overloads, Map<String, Object> tables) {
        this.overloads = overloads;
        this.tables = tables;
    }

    /** The tree as nested calls, or null where it is left to CEL. */
    static Node of(CelExpr tree, Overloads overloads, Map<String, Object> tables) {
        try {
            return new DirectTree(overloads, tables).node(tree);
        } catch (UnknownPartException e) {
            return null;
        }
    }

    private Node node(CelExpr tree) throws UnknownPartException {
        return switch (tree.getKind()) {
            case CONSTANT -> new Constant(constant(tree.constant()));
            case IDENT -> variable(tree.ident().name());
            case LIST -> list(tree.list().elements());
            case CALL -> call(tree.call());
            default -> throw new UnknownPartException();
        };
    }

    private static Object constant(CelConstant constant) throws UnknownPartException {
        return switch (constant.getKind()) {
            case NULL_VALUE -> null;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            default -> throw new UnknownPartException();
        };
    }

    private static Node variable(String name) throws UnknownPartException {
        if (name.length() < 3 || name.charAt(0) != References.PATH || name.charAt(1) != '_') {
            throw new UnknownPartException();
        }
        int index = References.index(name);
        return inputs -> inputs[index];
    }

    private Node list(List<CelExpr> elements) throws UnknownPartException {
        Node[] parts = nodes(elements.stream());
        return inputs -> {
            List<Object> values = new ArrayList<>(parts.length);
            for (Node part : parts) {
                values.add(Values.toExpression(part.value(inputs)));
            }
            return values;
        };
    }

    private Node[] nodes(Stream<CelExpr> trees) throws UnknownPartException {
        List<Node> nodes = new ArrayList<>();
        for (CelExpr each : trees.toList()) {
            nodes.add(node(each));
        }
        return nodes.toArray(Node[]::new);
    }

    private Node call(CelCall call) throws UnknownPartException {
        List<CelExpr> arguments = call.args();
        String function = call.function();
        if (function.equals("@in")) {
            return in(arguments.get(0), arguments.get(1));
        }
        if (function.equals("_[_]")) {
            return lookup(arguments.get(0), arguments.get(1));
        }
        Node[] parts = nodes(Stream.concat(call.target().stream(), arguments.stream()));
        return switch (function) {
            case "_&&_" -> both(parts[0], parts[1], false);
            case "_||_" -> both(parts[0], parts[1], true);
            case "!_" -> inputs -> !truth(parts[0].value(inputs));
            case "_?_:_" ->
                    inputs ->
                            truth(parts[0].value(inputs))
                                    ? parts[1].value(inputs)
                                    : parts[2].value(inputs);
            default -> folded(function(function, parts), parts);
        };
    }

    /**
     * And, or: the side that decides does so although the other has no value, as CEL says.
     *
     * @param decisive what one side alone decides with: false for and, true for or
     */
    private static Node both(Node left, Node right, boolean decisive) {
        return inputs -> {
            RuntimeException failure = null;
            try {
                if (truth(left.value(inputs)) == decisive) {
                    return decisive;
                }
            } catch (FunctionException | ArithmeticException e) {
                failure = e;
            }
            if (truth(right.value(inputs)) == decisive) {
                return decisive;
            }
            if (failure != null) {
                throw failure;
            }
            return !decisive;
        };
    }

    private static boolean truth(Object value) {
        if (value instanceof Boolean yes) {
            return yes;
        }
        throw new FunctionException(Failures.OPERAND);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new FunctionException(Failures.OPERAND);
    }

    /** Whether a value is one of texts that stand in the expression. */
    private Node in(CelExpr value, CelExpr list) throws UnknownPartException {
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
            throw new UnknownPartException();
        }
        List<String> texts = new ArrayList<>();
        for (CelExpr each : list.list().elements()) {
            if (each.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                    || each.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                throw new UnknownPartException();
            }
            texts.add(each.constant().stringValue());
        }
        Node part = node(value);
        Set<String> known = Set.copyOf(texts);
        return inputs -> part.value(inputs) instanceof String text && known.contains(text);
    }

    /** The value of a key in a table of the mapping. */
    private Node lookup(CelExpr map, CelExpr key) throws UnknownPartException {
        boolean isTable =
                map.getKind() == CelExpr.ExprKind.Kind.IDENT
                        && tables.containsKey(map.ident().name());
        if (!isTable) {
            throw new UnknownPartException();
        }
        Map<?, ?> table = (Map<?, ?>) tables.get(map.ident().name());
        Node part = node(key);
        return inputs -> {
            Object wanted = part.value(inputs);
            Object value = wanted == null ? null : table.get(wanted);
            if (value == null) {
                throw new FunctionException(Failures.NO_KEY);
            }
            return value;
        };
    }

    private Node function(String name, Node[] parts) throws UnknownPartException {
        Body test = TEXT_TESTS.get(name);
        if (test != null && parts.length == 2) {
            return inputs -> test.apply(arguments(parts, inputs));
        }
        List<Bound> bound = overloads.bound(name, parts.length);
        if (bound.isEmpty()) {
            throw new UnknownPartException();
        }
        if (bound.size() == 1 && bound.get(0).takesAll()) {
            Body body = bound.get(0).body();
            return inputs -> body.apply(arguments(parts, inputs));
        }
        Bound[] choices = bound.toArray(Bound[]::new);
        return inputs -> {
            Object[] arguments = arguments(parts, inputs);
            for (Bound choice : choices) {
                if (choice.takes(arguments)) {
                    return Values.fromExpression(choice.body().apply(arguments));
                }
            }
            throw new FunctionException(Failures.OPERAND);
        };
    }

    private static Object[] arguments(Node[] parts, Object[] inputs) {
        Object[] arguments = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            arguments[i] = parts[i].value(inputs);
        }
        return arguments;
    }

    /** What is made of constants alone is worked out once, unless it has no value. */
    private static Node folded(Node node, Node[] parts) {
        if (!Arrays.stream(parts).allMatch(Constant.class::isInstance)) {
            return node;
        }
        try {
            return new Constant(node.value(new Object[0]));
        } catch (FunctionException | ArithmeticException e) {
            return node;
        }
    }
}
