package io.autonomos.schemas.messages;

import java.util.Objects;

/**
 * From which confidence on a repair is applied unasked, and from which on a person is asked. Where
 * several apply to a field, each of the two figures comes from the one that says most: a field
 * before an entity before a source before none.
 *
 * @param source the kind of system, or null for every one
 * @param entity the entity, or null for every one
 * @param field the canonical field, or null for every one
 * @param apply from this confidence on it is applied, or null where this says nothing
 * @param review from this confidence on a person is asked, or null
 */
public record RepairThreshold(
        String source, String entity, String field, Double apply, Double review) {

    public RepairThreshold {
        Check.optional("source", source);
        Check.optional("entity", entity);
        Check.optional("field", field);
        if (apply == null && review == null) {
            throw new Check.Failure("thresholds", "must say apply or review");
        }
        if (apply != null) {
            Check.share("apply", apply);
        }
        if (review != null) {
            Check.share("review", review);
        }
        if (apply != null && review != null && review > apply) {
            throw new Check.Failure("review", "must not be above apply");
        }
    }

    /** Whether it is about a field. */
    public boolean covers(String ofSource, String ofEntity, String ofField) {
        return (source == null || source.equals(ofSource))
                && (entity == null || entity.equals(ofEntity))
                && (field == null || field.equals(ofField));
    }

    /** How much it says of where it applies. */
    public int weight() {
        return (field == null ? 0 : 4) + (entity == null ? 0 : 2) + (source == null ? 0 : 1);
    }

    /** Whether it is about the same place as another. */
    public boolean isAt(RepairThreshold other) {
        return Objects.equals(source, other.source)
                && Objects.equals(entity, other.entity)
                && Objects.equals(field, other.field);
    }
}
