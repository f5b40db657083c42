package io.autonomos.mappings.expression;

import io.autonomos.mappings.scan.SourcePath;
import java.util.Set;

/** Pieces of expressions, as a mapping file writes them. */
public final class ExpressionText {

    /** Words of the language that no name after a dot may be. */
    private static final Set<String> WORDS = Set.of("in", "true", "false", "null");

    private ExpressionText() {}

    /** The source field at a path. */
    public static String reference(SourcePath path) {
        StringBuilder text = new StringBuilder("record");
        for (SourcePath.Step step : path.steps()) {
            if (step.name() == null) {
                text.append('[').append(step.index()).append(']');
            } else if (step.name().matches("[A-Za-z_][A-Za-z0-9_]*")
                    && !WORDS.contains(step.name())) {
                text.append('.').append(step.name());
            } else {
                text.append('[').append(literal(step.name())).append(']');
            }
        }
        return text.toString();
    }

    /** A text in quotes. */
    public static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
