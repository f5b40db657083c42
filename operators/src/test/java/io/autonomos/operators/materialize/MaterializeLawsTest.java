package io.autonomos.operators.materialize;

import static io.autonomos.operators.materialize.TestingViews.assertAccounted;
import static io.autonomos.operators.materialize.TestingViews.calculated;
import static io.autonomos.operators.materialize.TestingViews.events;
import static io.autonomos.operators.materialize.TestingViews.live;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.operators.materialize.TestingViews.Change;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws of the views: they follow from the set of events alone, and are what a plain calculation
 * over that set gives.
 */
class MaterializeLawsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Provide
    Arbitrary<List<Change>> changes() {
        return TestingViews.changes();
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
                    new Change(
                                    each.tenant(),
                                    each.entity(),
                                    each.connection(),
                                    each.id(),
                                    9,
                                    0,
                                    0,
                                    true)
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

    private static String tenant(String json) {
        try {
            JsonNode row = JSON.readTree(json);
            return row.path("tenant").asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
