package io.autonomos.operators.materialize;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a new version of a record changes in unified rows and in what refers to the record. */
final class VersionGuard {

    /** Where changes go. */
    interface Changes {
        void row(RowUpdate update);

        void reference(ReferenceUpdate update);
    }

    private static final class EntityRules {
        private final Identity identity;
        private final EntityField ownId;
        private final List<EntityField> references = new ArrayList<>();

        EntityRules(EntitySchema entity) {
            identity = new Identity(entity);
            ownId = entity.soleIdentity();
            for (EntityField field : entity.fields()) {
                if (!field.merge().references().isEmpty()) {
                    references.add(field);
                }
            }
        }
    }

    private final Map<String, EntityRules> entities = new HashMap<>();
    private final Set<String> targets;

    VersionGuard(EntityModel model) {
        model.entities().forEach(each -> entities.put(each.name(), new EntityRules(each)));
        targets = targets(model);
    }

    /** The entities that others refer to. */
    static Set<String> targets(EntityModel model) {
        Set<String> targets = new HashSet<>();
        for (EntitySchema entity : model.entities()) {
            entity.fields().forEach(field -> targets.addAll(field.merge().references()));
        }
        return targets;
    }

    /** The version that the event is. */
    RecordVersion version(CanonicalEvent event) {
        if (event.isDelete()) {
            return new RecordVersion(
                    event.id(), event.eventTime(), event.position(), null, null, List.of());
        }
        EntityRules rules = entities.get(event.entity());
        String own = rules.ownId == null ? null : EventValues.text(event, rules.ownId);
        return new RecordVersion(
                event.id(),
                event.eventTime(),
                event.position(),
                rules.identity.row(event, event.key(), event.recordId()),
                own == null ? event.recordId() : own,
                references(event, rules));
    }

    private static List<Link> references(CanonicalEvent event, EntityRules rules) {
        List<Link> links = new ArrayList<>();
        for (EntityField field : rules.references) {
            String id = EventValues.text(event, field);
            if (id != null) {
                for (String entity : field.merge().references()) {
                    links.add(new Link(field.index(), entity, id, null));
                }
            }
        }
        return links;
    }

    /**
     * Says what is different after the event.
     *
     * @param before the latest version so far, or null
     */
    void tell(CanonicalEvent event, RecordVersion before, RecordVersion after, Changes changes) {
        RecordVersion last = before == null || before.isGone() ? null : before;
        boolean stays = last != null && last.row().equals(after.row());
        if (last != null && !stays) {
            changes.row(
                    RowUpdate.leave(
                            event.entity(),
                            last.row(),
                            event.key(),
                            event.recordId(),
                            event.eventTime()));
        }
        if (!after.isGone()) {
            changes.row(RowUpdate.join(event.entity(), after.row(), Contribution.of(event)));
        }
        if (targets.contains(event.entity())) {
            tellTarget(event, last, after, stays, changes);
        }
        if (last != null) {
            for (Link link : last.references()) {
                if (!stays || after.references().stream().noneMatch(link::isSameReference)) {
                    changes.reference(holder(event, link, ReferenceUpdate.UNREFER, last.row()));
                }
            }
        }
        for (Link link : after.references()) {
            if (!stays || last.references().stream().noneMatch(link::isSameReference)) {
                changes.reference(holder(event, link, ReferenceUpdate.REFER, after.row()));
            }
        }
    }

    private static void tellTarget(
            CanonicalEvent event,
            RecordVersion last,
            RecordVersion after,
            boolean stays,
            Changes changes) {
        boolean sameId = last != null && last.targetId().equals(after.targetId());
        if (last != null && !sameId) {
            changes.reference(target(event, last.targetId(), null));
        }
        if (!after.isGone() && !(sameId && stays)) {
            changes.reference(target(event, after.targetId(), after.row()));
        }
    }

    private static ReferenceUpdate target(CanonicalEvent event, String id, String row) {
        return ReferenceUpdate.target(event.entity(), id, event.key(), event.source(), row);
    }

    private static ReferenceUpdate holder(CanonicalEvent event, Link link, int kind, String row) {
        return new ReferenceUpdate(
                link.entity(),
                link.id(),
                kind,
                event.key(),
                event.source(),
                row,
                event.entity(),
                event.recordId(),
                link.field());
    }
}
