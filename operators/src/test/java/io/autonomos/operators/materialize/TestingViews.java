package io.autonomos.operators.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.messages.ViewRules;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Changes of records, and the views that a plain calculation over all of them gives. */
final class TestingViews {

    private TestingViews() {}

    /** A change of a record; small numbers, so that records meet. */
    record Change(
            String tenant,
            String entity,
            int connection,
            int id,
            int clock,
            int value,
            int reference,
            boolean delete) {

        CanonicalEvent event(int position) {
            return event("e" + position, position);
        }

        /**
         * @param version names what is said; the same again further on has the same
         */
        CanonicalEvent event(String version, int position) {
            TestingEvents event =
                    TestingEvents.event(entity, "r" + id)
                            .tenant(tenant)
                            .connection("c" + connection)
                            .source("s" + connection)
                            .stream(entity + "s")
                            .at(clock * 1_000_000L, position)
                            .id(version);
            if (delete) {
                return event.delete().build();
            }
            String owner = reference == 0 ? null : "r" + reference;
            switch (entity) {
                case "contact" -> {
                    event.with("contact_id", "r" + id).with("name", "n".repeat(1 + value));
                    if (value < 3) {
                        event.with("email", (value == 1 ? "A" : "a") + value / 2 + "@x.org");
                    }
                    if (owner != null) {
                        event.with("account_id", owner);
                    }
                }
                case "account" -> {
                    event.with("account_id", "r" + id).with("name", "n" + value);
                    event.with("external_ids", List.of());
                    if (value < 4) {
                        event.with("website", "https://www.x" + value / 2 + ".org/" + value);
                    }
                    event.withJson("annual_revenue", value + ".50").with("currency", "EUR");
                }
                default -> {
                    event.with("ticket_id", "r" + id).with("tags", List.of("t" + value));
                    if (owner != null) {
                        event.with("requester_id", owner).with("account_id", owner);
                    }
                }
            }
            return event.build();
        }
    }

    static Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of("acme", "acme", "globex"),
                        Arbitraries.of("contact", "account", "ticket"),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(false, false, false, true))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    static List<CanonicalEvent> events(List<Change> changes) {
        List<CanonicalEvent> events = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            events.add(changes.get(i).event(i));
        }
        return events;
    }

    static void assertAccounted(TestingMaterializer stage, List<CanonicalEvent> events) {
        Map<String, Long> received =
                events.stream()
                        .collect(
                                Collectors.groupingBy(
                                        event -> event.key().path(), Collectors.counting()));
        Map<String, Long> accounted =
                stage.accounts().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, each -> each.getValue().canonical()));
        assertThat(accounted).isEqualTo(received);
        assertThat(stage.accounts().values()).extracting(ViewAccount::residual).containsOnly(0L);
    }

    /** The newest version of each record, where that is no delete. */
    static Map<String, CanonicalEvent> live(List<CanonicalEvent> events) {
        Map<String, CanonicalEvent> latest = new TreeMap<>();
        Comparator<CanonicalEvent> order =
                Comparator.comparingLong(CanonicalEvent::eventTime)
                        .thenComparingLong(CanonicalEvent::position);
        for (CanonicalEvent event : events) {
            latest.merge(Keys.record(event), event, (a, b) -> order.compare(a, b) < 0 ? b : a);
        }
        latest.values().removeIf(CanonicalEvent::isDelete);
        return latest;
    }

    /** The views by hand: group the live records, look references up, merge. */
    static Map<String, String> calculated(List<CanonicalEvent> events) {
        return calculated(events, new Controls(Map.of()));
    }

    private static EntityModel model(Controls controls, String tenant) {
        EntityModel shipped = EntityModel.shipped();
        return ViewRules.of(controls, tenant, shipped).applyTo(shipped);
    }

    static Map<String, String> calculated(List<CanonicalEvent> events, Controls controls) {
        Map<String, VersionGuard> guards = new TreeMap<>();
        for (CanonicalEvent event : events) {
            String tenant = event.key().tenant();
            guards.put(tenant, new VersionGuard(model(controls, tenant)));
        }
        Map<String, CanonicalEvent> live = live(events);
        Map<String, String> rowOfTarget = new TreeMap<>();
        live.values()
                .forEach(
                        event -> {
                            RecordVersion version = guards.get(event.key().tenant()).version(event);
                            rowOfTarget.put(
                                    Keys.of(
                                            event.entity(),
                                            event.key().tenant(),
                                            event.key().connection(),
                                            version.targetId()),
                                    version.row());
                        });
        Map<String, List<Member>> groups = new TreeMap<>();
        for (CanonicalEvent event : live.values()) {
            RecordVersion version = guards.get(event.key().tenant()).version(event);
            List<Link> links = new ArrayList<>();
            for (Link link : version.references()) {
                String row =
                        rowOfTarget.get(
                                Keys.of(
                                        link.entity(),
                                        event.key().tenant(),
                                        event.key().connection(),
                                        link.id()));
                if (row != null) {
                    links.add(new Link(link.field(), link.entity(), link.id(), row));
                }
            }
            groups.computeIfAbsent(
                            Keys.of(event.entity(), event.key().tenant(), version.row()),
                            key -> new ArrayList<>())
                    .add(new Member(event.key(), event.recordId(), Contribution.of(event), links));
        }
        Set<String> targets = VersionGuard.targets(EntityModel.shipped());
        Map<String, String> views = new TreeMap<>();
        groups.forEach(
                (key, members) -> {
                    String tenant = members.get(0).key().tenant();
                    EntitySchema entity = model(controls, tenant).entity(Keys.entity(key));
                    String row = key.substring(Keys.of(entity.name(), tenant, "").length());
                    ViewChange change =
                            new RowMerger(
                                            entity,
                                            targets.contains(entity.name()),
                                            TestingMaterializer.SETTINGS.limits())
                                    .merge(tenant, row, members);
                    views.put(key, new String(change.json(), StandardCharsets.UTF_8));
                });
        return views;
    }
}
