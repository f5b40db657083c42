package io.autonomos.operators.repair;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntitySchema;
import java.util.Set;

/** Which canonical fields are never repaired unasked on the strength of names alone. */
final class Sensitivity {

    private static final Set<String> MONEY =
            Set.of("amount", "annual_revenue", "cost", "monthly_cost", "currency");
    private static final Set<String> PERSONAL = Set.of("first_name", "last_name", "email", "phone");
    private static final Set<String> PEOPLE = Set.of("contact", "lead", "user");

    private Sensitivity() {}

    /** Whether a wrong value would be another's record, money, or a person's data. */
    static boolean of(EntitySchema entity, EntityField field) {
        String name = field.name();
        return entity.identity().contains(name)
                || MONEY.contains(name)
                || PERSONAL.contains(name)
                || (name.equals("name") && PEOPLE.contains(entity.name()));
    }
}
