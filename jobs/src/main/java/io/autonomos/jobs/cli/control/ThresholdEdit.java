package io.autonomos.jobs.cli.control;

import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.schemas.messages.RepairThreshold;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Changes the thresholds of repairs at one place and leaves the others as they are. */
final class ThresholdEdit {

    private static final String APPLY = "apply-threshold";
    private static final String REVIEW = "review-threshold";

    /** The names of both. */
    static final Set<String> NAMES = Set.of(APPLY, REVIEW);

    private final List<RepairThreshold> others = new ArrayList<>();
    private final String source;
    private final String entity;
    private final String field;
    private Double apply;
    private Double review;

    /**
     * An edit of what is there.
     *
     * @param source the kind of system, or null for every one
     * @param entity the entity, or null for every one
     * @param field the canonical field, or null for every one
     */
    ThresholdEdit(List<RepairThreshold> before, String source, String entity, String field) {
        this.source = source;
        this.entity = entity;
        this.field = field;
        RepairThreshold here = new RepairThreshold(source, entity, field, 1.0, null);
        for (RepairThreshold each : before) {
            if (each.isAt(here)) {
                apply = each.apply();
                review = each.review();
            } else {
                others.add(each);
            }
        }
    }

    /**
     * Sets one.
     *
     * @param value null takes it back
     */
    void put(String name, String value) {
        Double figure = value == null ? null : figure(name, value);
        if (name.equals(APPLY)) {
            apply = figure;
        } else {
            review = figure;
        }
    }

    private static double figure(String name, String value) {
        if (!value.matches("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?")) {
            throw new CommandException(
                    "%s must be a number from 0 to 1, or default, but was %s."
                            .formatted(name, DriftText.printable(value)));
        }
        return Double.parseDouble(value);
    }

    /** Refuses places that cannot be, and figures that contradict each other. */
    void check(Set<String> named) {
        boolean placed = source != null || entity != null || field != null;
        if (placed && named.stream().noneMatch(NAMES::contains)) {
            throw new CommandException(
                    "--source, --entity and --field are for %s and %s only."
                            .formatted(APPLY, REVIEW));
        }
        Set<String> entities = new TreeSet<>();
        Set<String> fields = new TreeSet<>();
        for (EntitySchema each : EntityModel.shipped().entities()) {
            entities.add(each.name());
            if (entity == null || entity.equals(each.name())) {
                each.fields().stream().map(EntityField::name).forEach(fields::add);
            }
        }
        known("entity", entity, entities);
        known("field", field, fields);
        if (apply != null && review != null && review > apply) {
            throw new CommandException(
                    "%s must not be above %s, but they would be %s and %s."
                            .formatted(REVIEW, APPLY, review, apply));
        }
    }

    private static void known(String what, String name, Set<String> all) {
        if (name != null && !all.contains(name)) {
            throw new CommandException(
                    "%s is no %s. %s"
                            .formatted(DriftText.printable(name), what, Suggestion.of(name, all)));
        }
    }

    /** All thresholds from now on. */
    List<RepairThreshold> all() {
        List<RepairThreshold> all = new ArrayList<>(others);
        if (apply != null || review != null) {
            all.add(new RepairThreshold(source, entity, field, apply, review));
        }
        return all;
    }
}
