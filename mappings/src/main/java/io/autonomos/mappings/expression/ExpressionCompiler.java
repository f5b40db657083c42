package io.autonomos.mappings.expression;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import io.autonomos.mappings.expression.References.ReferenceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles expressions: parsed and type-checked once, with limits on their length, depth, steps and
 * on what their values may grow to. Patterns run in time linear in their text (RE2).
 */
public final class ExpressionCompiler {

    private static final int LONGEST = 4_000;
    private static final int DEEPEST = 60;
    private static final int MOST_STEPS = 1_000;
    private static final int LARGEST_PATTERN = 2_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .maxExpressionCodePointSize(LONGEST)
                    .maxParseRecursionDepth(DEEPEST)
                    .enableHeterogeneousNumericComparisons(true)
                    .comprehensionMaxIterations(MOST_STEPS)
                    .maxRegexProgramSize(LARGEST_PATTERN)
                    .populateMacroCalls(false)
                    .build();
    private static final Function[] TEXT = {
        Function.CHAR_AT,
        Function.INDEX_OF,
        Function.LAST_INDEX_OF,
        Function.LOWER_ASCII,
        Function.UPPER_ASCII,
        Function.SPLIT,
        Function.SUBSTRING,
        Function.TRIM
    };

    /** What CEL and its extension for texts bring along. */
    private static final List<String> STANDARD =
            List.of(
                    "all",
                    "charAt",
                    "contains",
                    "endsWith",
                    "exists",
                    "filter",
                    "has",
                    "indexOf",
                    "lastIndexOf",
                    "lowerAscii",
                    "map",
                    "size",
                    "split",
                    "startsWith",
                    "substring",
                    "trim",
                    "upperAscii");

    private static final Overloads OVERLOADS = overloads();
    private static final Set<String> FALLIBLE = Set.copyOf(Functions.fallible());
    private static final CelCompiler COMPILER = compiler().build();
    private static final CelRuntime RUNTIME = runtime();

    private final Map<String, Map<String, String>> tables;

    /** A compiler for one mapping, with its tables by name. */
    public ExpressionCompiler(Map<String, Map<String, String>> tables) {
        this.tables = tables;
    }

    /** The names of the functions there are. */
    public static List<String> functions() {
        return Stream.concat(OVERLOADS.names().stream(), STANDARD.stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static Overloads overloads() {
        Overloads overloads = new Overloads();
        Operators.declare(overloads);
        Operators.work(overloads);
        Functions.addTo(overloads);
        return overloads;
    }

    private static CelCompilerBuilder compiler() {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(
                        CelStandardDeclarations.newBuilder()
                                .excludeFunctions(
                                        CelStandardDeclarations.StandardFunction.ADD,
                                        CelStandardDeclarations.StandardFunction.SUBTRACT,
                                        CelStandardDeclarations.StandardFunction.MULTIPLY,
                                        CelStandardDeclarations.StandardFunction.DIVIDE,
                                        CelStandardDeclarations.StandardFunction.LESS,
                                        CelStandardDeclarations.StandardFunction.LESS_EQUALS,
                                        CelStandardDeclarations.StandardFunction.GREATER,
                                        CelStandardDeclarations.StandardFunction.GREATER_EQUALS,
                                        CelStandardDeclarations.StandardFunction.INT,
                                        CelStandardDeclarations.StandardFunction.MATCHES,
                                        CelStandardDeclarations.StandardFunction.STRING)
                                .build())
                .addFunctionDeclarations(OVERLOADS.declarations())
                .addLibraries(CelExtensions.strings(TEXT));
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .setStandardFunctions(
                        CelStandardFunctions.newBuilder()
                                .excludeFunctions(
                                        CelStandardFunctions.StandardFunction.ADD,
                                        CelStandardFunctions.StandardFunction.SUBTRACT,
                                        CelStandardFunctions.StandardFunction.MULTIPLY,
                                        CelStandardFunctions.StandardFunction.DIVIDE,
                                        CelStandardFunctions.StandardFunction.LESS,
                                        CelStandardFunctions.StandardFunction.LESS_EQUALS,
                                        CelStandardFunctions.StandardFunction.GREATER,
                                        CelStandardFunctions.StandardFunction.GREATER_EQUALS,
                                        CelStandardFunctions.StandardFunction.INT,
                                        CelStandardFunctions.StandardFunction.MATCHES,
                                        CelStandardFunctions.StandardFunction.STRING)
                                .build())
                .addFunctionBindings(OVERLOADS.bindings())
                .addLibraries(CelExtensions.strings(TEXT))
                .build();
    }

    /**
     * Compiles one expression.
     *
     * @throws ExpressionException if it cannot be; it says where and why
     */
    public Expression compile(String text) throws ExpressionException {
        CelAbstractSyntaxTree parsed = tree(COMPILER.parse(text), null);
        CelMutableAst mutable = CelMutableAst.fromCelAst(parsed);
        References references = new References(tables);
        try {
            references.rewrite(mutable.expr());
        } catch (ReferenceException e) {
            throw at(parsed, e.node(), e.getMessage());
        }
        CelCompilerBuilder compiler = COMPILER.toCompilerBuilder();
        references.variables().forEach(name -> compiler.addVar(name, SimpleType.DYN));
        CelAbstractSyntaxTree checked = tree(compiler.build().check(mutable.toParsedAst()), parsed);
        checkPatterns(parsed);
        References.useWorkers(mutable.expr());
        CelAbstractSyntaxTree fast = tree(compiler.build().check(mutable.toParsedAst()), parsed);
        try {
            return new Expression(
                    RUNTIME.createProgram(fast),
                    DirectTree.of(fast.getExpr(), OVERLOADS, references.tables()),
                    references,
                    checked.getResultType(),
                    calls(checked).anyMatch(FALLIBLE::contains));
        } catch (CelEvaluationException e) {
            throw new ExpressionException(Failures.reason(e), 1, 1);
        }
    }

    /** The tree, or what is wrong; a tree that was rewritten has its places in the original. */
    private static CelAbstractSyntaxTree tree(
            CelValidationResult result, CelAbstractSyntaxTree original) throws ExpressionException {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            CelIssue first = e.getErrors().get(0);
            String message =
                    e.getErrors().stream()
                            .map(CelIssue::getMessage)
                            .map(ExpressionCompiler::plain)
                            .distinct()
                            .limit(3)
                            .collect(Collectors.joining("; "));
            if (original != null) {
                throw at(original, first.getExprId(), message);
            }
            CelSourceLocation place = first.getSourceLocation();
            throw new ExpressionException(
                    message, Math.max(1, place.getLine()), Math.max(1, place.getColumn() + 1));
        }
    }

    /** The message in the language's own words. */
    private static String plain(String message) {
        String plain = message.replace(" (in container '')", "").strip();
        if (plain.contains("has() macro")) {
            return plain + "; has takes record.Name, write record['Other Name'] != null";
        }
        return plain.contains("'_?_:_'") && plain.contains("null")
                ? plain + "; both branches need one type, write '' for no text"
                : plain;
    }

    private static Stream<String> calls(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.CALL)
                .map(node -> node.expr().call().function());
    }

    /** Patterns are constants: what a record holds is never run as a program. */
    private static void checkPatterns(CelAbstractSyntaxTree tree) throws ExpressionException {
        List<CelExpr> calls =
                CelNavigableAst.fromAst(tree)
                        .getRoot()
                        .allNodes()
                        .filter(node -> node.getKind() == Kind.CALL)
                        .map(node -> node.expr())
                        .filter(e -> List.of("matches", "extract").contains(e.call().function()))
                        .toList();
        for (CelExpr call : calls) {
            CelExpr pattern = call.call().args().get(call.call().args().size() - 1);
            if (pattern.exprKind().getKind() != Kind.CONSTANT
                    || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
                throw at(tree, call.id(), "the pattern must be a text in quotes");
            }
            String problem = Patterns.problemOf(pattern.constant().stringValue());
            if (problem != null) {
                throw at(tree, pattern.id(), "the pattern cannot be used: " + problem);
            }
        }
    }

    private static ExpressionException at(CelAbstractSyntaxTree tree, long node, String message) {
        Integer offset = tree.getSource().getPositionsMap().get(node);
        CelSourceLocation place =
                offset == null
                        ? CelSourceLocation.of(1, 0)
                        : tree.getSource()
                                .getOffsetLocation(offset)
                                .orElse(CelSourceLocation.of(1, 0));
        return new ExpressionException(message, place.getLine(), place.getColumn() + 1);
    }
}
