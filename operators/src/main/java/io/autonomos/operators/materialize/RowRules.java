package io.autonomos.operators.materialize;

import io.autonomos.operators.materialize.MaterializeSettings.RowLimits;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.HashMap;
import java.util.Map;

/** How the rows of a model's entities are told apart and merged. */
final class RowRules {

    private final EntityModel model;
    private final RowLimits limits;
    private final Map<String, RowMerger> mergers = new HashMap<>();
    private final Map<String, Identity> identities = new HashMap<>();

    RowRules(EntityModel model, RowLimits limits) {
        this.model = model;
        this.limits = limits;
    }

    EntitySchema entity(String name) {
        return model.entity(name);
    }

    RowMerger merger(String entity) {
        RowMerger merger = mergers.get(entity);
        if (merger == null) {
            boolean isTarget = VersionGuard.targets(model).contains(entity);
            merger = new RowMerger(model.entity(entity), isTarget, limits);
            mergers.put(entity, merger);
        }
        return merger;
    }

    Identity identity(String entity) {
        return identities.computeIfAbsent(entity, name -> new Identity(model.entity(name)));
    }
}
