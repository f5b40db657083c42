package io.autonomos.operators.repair;

import io.autonomos.mappings.match.Thresholds;
import io.autonomos.schemas.messages.RepairThreshold;
import java.util.List;
import java.util.function.Function;

/** The thresholds of each canonical field of a stream. */
public final class FieldThresholds {

    private final Thresholds all;
    private final List<RepairThreshold> rules;
    private final String source;
    private final String entity;

    /**
     * Thresholds with rules.
     *
     * @param all what holds where no rule says otherwise
     * @param rules the first that covers a field counts
     */
    public FieldThresholds(
            Thresholds all, List<RepairThreshold> rules, String source, String entity) {
        this.all = all;
        this.rules = rules;
        this.source = source;
        this.entity = entity;
    }

    /** The thresholds of a canonical field. */
    public Thresholds of(String field) {
        double apply = first(field, RepairThreshold::apply, all.apply());
        double review = first(field, RepairThreshold::review, all.review());
        return new Thresholds(apply, Math.min(apply, review));
    }

    private double first(String field, Function<RepairThreshold, Double> figure, double otherwise) {
        return rules.stream()
                .filter(rule -> rule.covers(source, entity, field) && figure.apply(rule) != null)
                .map(figure)
                .findFirst()
                .orElse(otherwise);
    }
}
