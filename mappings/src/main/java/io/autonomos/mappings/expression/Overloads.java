package io.autonomos.mappings.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions, each with its overloads: what the checker and what the runtime know of them. */
final class Overloads {

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();
    private final Map<String, List<Bound>> direct = new LinkedHashMap<>();

    /** What one overload takes and does. */
    record Bound(List<Class<?>> classes, Body body) {

        boolean takesAll() {
            return classes.stream().allMatch(Object.class::equals);
        }

        boolean takes(Object[] arguments) {
            for (int i = 0; i < arguments.length; i++) {
                Class<?> wanted = classes.get(i);
                if (wanted != Object.class && !wanted.isInstance(arguments[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The functions that are called by a name. */
    List<String> names() {
        return declared.keySet().stream().filter(name -> name.matches("[A-Za-z]+")).toList();
    }

    /** Adds {@code function(arguments)}. */
    void global(
            String function,
            String id,
            CelType result,
            List<CelType> arguments,
            List<Class<?>> classes,
            Body body) {
        add(function, CelOverloadDecl.newGlobalOverload(id, result, arguments), classes, body);
    }

    /** Adds {@code first.function(others)}. */
    void member(
            String function,
            String id,
            CelType result,
            List<CelType> arguments,
            List<Class<?>> classes,
            Body body) {
        add(function, CelOverloadDecl.newMemberOverload(id, result, arguments), classes, body);
    }

    private void add(
            String function, CelOverloadDecl declaration, List<Class<?>> classes, Body body) {
        declared.computeIfAbsent(function, f -> new ArrayList<>()).add(declaration);
        bound.computeIfAbsent(function, f -> new ArrayList<>())
                .add(binding(declaration.overloadId(), classes, body));
        direct.computeIfAbsent(function, f -> new ArrayList<>()).add(new Bound(classes, body));
    }

    /** Adds what the checker alone knows: the tree that runs calls another function. */
    void typed(String function, String id, CelType result, CelType left, CelType right) {
        declared.computeIfAbsent(function, f -> new ArrayList<>())
                .add(CelOverloadDecl.newGlobalOverload(id, result, left, right));
    }

    /** What a function does with its arguments. */
    interface Body {
        Object apply(Object[] arguments);
    }

    /** Bindings of one and two arguments have forms of their own, which are dispatched faster. */
    @SuppressWarnings("Immutable") // all bodies hold constants alone
    private static CelFunctionBinding binding(String id, List<Class<?>> classes, Body body) {
        return switch (classes.size()) {
            case 1 ->
                    CelFunctionBinding.from(
                            id, classes.get(0), value -> body.apply(new Object[] {value}));
            case 2 ->
                    CelFunctionBinding.from(
                            id,
                            classes.get(0),
                            classes.get(1),
                            (a, b) -> body.apply(new Object[] {a, b}));
            default -> CelFunctionBinding.from(id, classes, body::apply);
        };
    }

    /** The overloads of a function that take that many arguments. */
    List<Bound> bound(String function, int arguments) {
        return direct.getOrDefault(function, List.of()).stream()
                .filter(each -> each.classes().size() == arguments)
                .toList();
    }

    List<CelFunctionDecl> declarations() {
        return declared.entrySet().stream()
                .map(e -> CelFunctionDecl.newFunctionDeclaration(e.getKey(), e.getValue()))
                .toList();
    }

    List<CelFunctionBinding> bindings() {
        List<CelFunctionBinding> all = new ArrayList<>();
        bound.forEach((name, each) -> all.addAll(CelFunctionBinding.fromOverloads(name, each)));
        return all;
    }
}
