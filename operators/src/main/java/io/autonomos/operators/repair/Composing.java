package io.autonomos.operators.repair;

import io.autonomos.mappings.expression.ExpressionText;
import io.autonomos.mappings.profile.Composition;
import io.autonomos.mappings.scan.SourcePath;
import java.util.List;
import java.util.stream.Collectors;

/** Expressions that read one field out of two, or one half of a field. */
final class Composing {

    private Composing() {}

    /**
     * What gives the value of a place that was split or merged.
     *
     * @param place the place before
     * @param old where records of the old form have it
     */
    static String expression(Composition composition, SourcePath place, List<SourcePath> old) {
        List<String> now =
                composition.after().stream()
                        .map(path -> ExpressionText.reference(SourcePath.parse(path)))
                        .toList();
        String before =
                old.stream()
                        .map(ExpressionText::reference)
                        .collect(Collectors.joining(", ", "first([", "])"));
        String separator = ExpressionText.literal(composition.separator());
        if (composition.isSplit()) {
            String joined = "%s + %s + %s".formatted(now.get(0), separator, now.get(1));
            return "%s != null && %s != null ? %s : first([%s, %s, %s])"
                    .formatted(now.get(0), now.get(1), joined, before, now.get(0), now.get(1));
        }
        String whole = now.get(0);
        boolean isHead = composition.before().get(0).equals(place.toString());
        String head = "%s.split(%s)[0]".formatted(whole, separator);
        String rest = "extract(%s, '(?s)^.*?%s(.*)$')".formatted(whole, composition.separator());
        String part = isHead ? head : rest;
        return "%s == null ? %s : %s".formatted(whole, before, part);
    }
}
