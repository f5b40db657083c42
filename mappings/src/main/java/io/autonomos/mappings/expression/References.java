package io.autonomos.mappings.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableComprehension;
import dev.cel.common.ast.CelMutableExpr.CelMutableIdent;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.mappings.scan.SourcePath.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what an expression reads, and puts a variable in the place of each {@code record.Path} and
 * {@code tables.name}.
 */
final class References {

    static final char PATH = 'p';
    static final char TABLE = 't';
    static final String PRESENT = "@present";

    private static final String RECORD = "record";
    private static final String TABLES = "tables";

    private final Map<String, Map<String, String>> known;
    private final Map<SourcePath, Integer> paths = new LinkedHashMap<>();
    private final Map<String, Object> tables = new LinkedHashMap<>();
    private long nextNode = 1_000_000;

    /** What is wrong with a reference, and at which node. */
    static final class ReferenceException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long node;

        ReferenceException(String message, long node) {
            super(message);
            this.node = node;
        }

        long node() {
            return node;
        }
    }

    References(Map<String, Map<String, String>> known) {
        this.known = known;
    }

    List<SourcePath> paths() {
        return List.copyOf(paths.keySet());
    }

    /** By variable, the tables in use. */
    Map<String, Object> tables() {
        return Map.copyOf(tables);
    }

    /** All variables, in the order they were met. */
    List<String> variables() {
        List<String> names = new ArrayList<>();
        paths.values().forEach(index -> names.add(PATH + "_" + index));
        names.addAll(tables.keySet());
        return names;
    }

    static int index(String variable) {
        return Integer.parseInt(variable, 2, variable.length(), 10);
    }

    /**
     * Puts the functions that do the work in the place of operators, in a tree that was checked.
     */
    static void useWorkers(CelMutableExpr root) {
        CelNavigableMutableExpr.fromExpr(root)
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(node -> node.expr().call())
                .forEach(
                        call ->
                                call.setFunction(
                                        Operators.WORKERS.getOrDefault(
                                                call.function(), call.function())));
    }

    /** Rewrites a tree in place. */
    void rewrite(CelMutableExpr node) {
        if (replaced(node)) {
            return;
        }
        switch (node.getKind()) {
            case IDENT -> checkWhole(node);
            case SELECT -> rewrite(node.select().operand());
            case CALL -> call(node.call());
            case LIST -> node.list().elements().forEach(this::rewrite);
            case MAP ->
                    node.map()
                            .entries()
                            .forEach(
                                    entry -> {
                                        rewrite(entry.key());
                                        rewrite(entry.value());
                                    });
            case COMPREHENSION -> comprehension(node.comprehension());
            default -> {}
        }
    }

    private static void checkWhole(CelMutableExpr node) {
        String name = node.ident().name();
        if (name.equals(RECORD) || name.equals(TABLES)) {
            throw new ReferenceException(
                    name + " cannot be used as a whole; write " + name + ".Name", node.id());
        }
    }

    private void call(CelMutableCall call) {
        call.target().ifPresent(this::rewrite);
        call.args().forEach(this::rewrite);
    }

    private void comprehension(CelMutableComprehension loop) {
        if (List.of(RECORD, TABLES).contains(loop.iterVar())) {
            throw new ReferenceException(
                    loop.iterVar() + " is taken; use another name", loop.iterRange().id());
        }
        rewrite(loop.iterRange());
        rewrite(loop.accuInit());
        rewrite(loop.loopCondition());
        rewrite(loop.loopStep());
        rewrite(loop.result());
    }

    /** Puts a variable in place of the longest chain of constant steps from record or tables. */
    private boolean replaced(CelMutableExpr node) {
        Deque<Step> steps = new ArrayDeque<>();
        boolean present = node.getKind() == Kind.SELECT && node.select().testOnly();
        CelMutableExpr at = node;
        while (true) {
            Step step = step(at);
            if (step == null) {
                break;
            }
            steps.push(step);
            at = operand(at);
        }
        if (steps.isEmpty() || at.getKind() != Kind.IDENT) {
            return false;
        }
        String root = at.ident().name();
        if (root.equals(RECORD)) {
            if (steps.peek().name() == null) {
                throw new ReferenceException("a record has fields, not elements", at.id());
            }
            SourcePath path = new SourcePath(List.copyOf(steps));
            put(node, PATH + "_" + paths.computeIfAbsent(path, p -> paths.size()), present);
            return true;
        }
        if (root.equals(TABLES) && steps.size() == 1) {
            table(node, steps.pop().name(), at.id());
            return true;
        }
        return false;
    }

    private void table(CelMutableExpr node, String name, long at) {
        Map<String, String> table = name == null ? null : known.get(name);
        if (table == null) {
            throw new ReferenceException(
                    known.isEmpty()
                            ? "the mapping has no tables"
                            : "there is no table "
                                    + name
                                    + ". "
                                    + Suggestion.of(String.valueOf(name), known.keySet()),
                    at);
        }
        String variable = TABLE + "_" + name;
        tables.put(variable, table);
        put(node, variable, false);
    }

    private void put(CelMutableExpr node, String variable, boolean present) {
        if (present) {
            CelMutableExpr argument = CelMutableExpr.ofIdent(nextNode++, variable);
            node.setCall(CelMutableCall.create(PRESENT, argument));
        } else {
            node.setIdent(CelMutableIdent.create(variable));
        }
    }

    private static Step step(CelMutableExpr node) {
        if (node.getKind() == Kind.SELECT) {
            return new Step(node.select().field(), 0);
        }
        if (node.getKind() == Kind.CALL && node.call().function().equals("_[_]")) {
            CelMutableExpr index = node.call().args().get(1);
            if (index.getKind() == Kind.CONSTANT) {
                CelConstant constant = index.constant();
                if (constant.getKind() == CelConstant.Kind.STRING_VALUE) {
                    return new Step(constant.stringValue(), 0);
                }
                if (constant.getKind() == CelConstant.Kind.INT64_VALUE
                        && constant.int64Value() >= 0
                        && constant.int64Value() < 10_000) {
                    return new Step(null, (int) constant.int64Value());
                }
            }
        }
        return null;
    }

    private static CelMutableExpr operand(CelMutableExpr node) {
        CelMutableSelect select = node.getKind() == Kind.SELECT ? node.select() : null;
        return select != null ? select.operand() : node.call().args().get(0);
    }
}
