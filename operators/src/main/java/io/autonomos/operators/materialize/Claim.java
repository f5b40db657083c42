package io.autonomos.operators.materialize;

import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import java.math.BigDecimal;
import java.time.Instant;

/** The value that one record has for one field. */
final class Claim {

    private final Member member;
    private final EntityField field;

    /** The row that a reference means; null for other fields. */
    private final String row;

    private Object value;

    private Claim(Member member, EntityField field) {
        this.member = member;
        this.field = field;
        row =
                field.merge().references().isEmpty()
                        ? null
                        : member.row(field.index(), field.merge().references(), text());
    }

    /** The record's value, or null where it has none. */
    static Claim of(Member member, EntityField field) {
        return EventValues.isPresent(member.contribution(), field)
                ? new Claim(member, field)
                : null;
    }

    /** The record that makes it. */
    Member member() {
        return member;
    }

    Contribution from() {
        return member.contribution();
    }

    String text() {
        return EventValues.text(from(), field);
    }

    /** What tells it from other values: two ways to write one number or time are the same. */
    Object value() {
        if (value == null) {
            value = row != null ? row : read();
        }
        return value;
    }

    private Object read() {
        return switch (field.type()) {
            case INTEGER, DECIMAL -> new BigDecimal(text()).stripTrailingZeros();
            case TIMESTAMP -> Instant.parse(text());
            default -> text();
        };
    }

    int compareTo(Claim other) {
        return switch (field.type()) {
            case INTEGER, DECIMAL -> ((BigDecimal) value()).compareTo((BigDecimal) other.value());
            case TIMESTAMP -> ((Instant) value()).compareTo((Instant) other.value());
            default -> value().toString().compareTo(other.value().toString());
        };
    }

    void write(JsonBuffer out) {
        if (row != null) {
            out.quoted(row);
            return;
        }
        int at = 2 * field.index();
        out.put(from().json(), from().values()[at], from().values()[at + 1]);
    }

    int bytes() {
        int at = 2 * field.index();
        return from().values()[at + 1] - from().values()[at];
    }
}
