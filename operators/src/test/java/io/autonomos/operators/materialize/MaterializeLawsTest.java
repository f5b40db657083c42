package io.autonomos.operators.materialize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewAccount;
import io.autonomos.schemas.messages.ViewRow;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws of the views: they follow from the set of events alone, and are what a plain calculation
 * over that set gives.
 */
class MaterializeLawsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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

    @Provide
    Arbitrary<List<Change>> changes() {
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

    @Property(tries = 150)
    void anyOrderRepetitionAndInterleavingGivesTheViewsOfTheSet(
            @ForAll("changes") List<Change> changes, @ForAll long seed) throws Exception {
        List<CanonicalEvent> events = events(changes);
        Random random = new Random(seed);
        for (int i = random.nextInt(5); i > 0; i--) {
            int again = random.nextInt(changes.size());
            events.add(changes.get(again).event("e" + again, events.size()));
        }
        List<CanonicalEvent> shuffled = new ArrayList<>(events);
        for (int i = random.nextInt(5); i > 0; i--) {
            shuffled.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(shuffled, random);

        try (TestingMaterializer stage = run(shuffled, seed)) {
            assertThat(stage.views()).isEqualTo(calculated(events));
            assertAccounted(stage, shuffled);
        }
    }

    @Property(tries = 60)
    void everyLiveRecordIsLinkedByExactlyOneRowOfItsTenant(
            @ForAll("changes") List<Change> changes, @ForAll long seed) throws Exception {
        List<CanonicalEvent> events = events(changes);

        try (TestingMaterializer stage = run(events, seed)) {
            List<String> linked = new ArrayList<>();
            for (String json : stage.views().values()) {
                ViewRow row =
                        MessageJson.read(ViewRow.class, json.getBytes(StandardCharsets.UTF_8));
                for (ViewRow.Link link : row.links()) {
                    linked.add(
                            Keys.of(
                                    row.entity(),
                                    row.tenant(),
                                    link.connection(),
                                    link.stream(),
                                    link.recordId()));
                }
            }
            assertThat(linked).containsExactlyInAnyOrderElementsOf(live(events).keySet());
        }
    }

    @Property(tries = 60)
    void whenAllRecordsAreDeletedNothingIsLeft(
            @ForAll("changes") List<Change> changes, @ForAll long seed) throws Exception {
        List<CanonicalEvent> events = events(changes);
        int position = events.size();
        for (Change each : changes) {
            events.add(
                    new Change(each.tenant, each.entity, each.connection, each.id, 9, 0, 0, true)
                            .event(position++));
        }
        Collections.shuffle(events, new Random(seed));

        try (TestingMaterializer stage = run(events, seed)) {
            assertThat(stage.views()).isEmpty();
            assertThat(stage.rowEntries()).isZero();
            assertThat(stage.referenceEntries()).isZero();
        }
    }

    @Property(tries = 60)
    void noTenantSeesAnythingOfAnother(@ForAll("changes") List<Change> changes, @ForAll long seed)
            throws Exception {
        List<CanonicalEvent> both = events(changes);
        List<CanonicalEvent> acme =
                both.stream().filter(event -> event.key().tenant().equals("acme")).toList();

        try (TestingMaterializer together = run(both, seed);
                TestingMaterializer alone = run(acme, seed)) {
            Map<String, String> views = together.views();
            views.values().removeIf(json -> !tenant(json).equals("acme"));
            assertThat(views).isEqualTo(alone.views());
        }
    }

    private static TestingMaterializer run(List<CanonicalEvent> events, long seed)
            throws Exception {
        TestingMaterializer stage = new TestingMaterializer(seed);
        for (CanonicalEvent event : events) {
            stage.send(event);
        }
        stage.settle();
        return stage;
    }

    private static List<CanonicalEvent> events(List<Change> changes) {
        List<CanonicalEvent> events = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            events.add(changes.get(i).event(i));
        }
        return events;
    }

    private static void assertAccounted(TestingMaterializer stage, List<CanonicalEvent> events) {
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
    private static Map<String, CanonicalEvent> live(List<CanonicalEvent> events) {
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
    private static Map<String, String> calculated(List<CanonicalEvent> events) {
        VersionGuard guard = new VersionGuard(EntityModel.shipped());
        Map<String, CanonicalEvent> live = live(events);
        Map<String, String> rowOfTarget = new TreeMap<>();
        live.values()
                .forEach(
                        event -> {
                            RecordVersion version = guard.version(event);
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
            RecordVersion version = guard.version(event);
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
                    EntitySchema entity =
                            EntityModel.shipped().entity(key.substring(0, key.indexOf('/')));
                    String tenant = members.get(0).key().tenant();
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

    private static String tenant(String json) {
        try {
            JsonNode row = JSON.readTree(json);
            return row.path("tenant").asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
