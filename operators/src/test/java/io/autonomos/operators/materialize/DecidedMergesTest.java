package io.autonomos.operators.materialize;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.MergeDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What becomes of rows that people decided to be one. */
@SuppressWarnings("try") // Flink's harnesses may be interrupted while they close
class DecidedMergesTest {

    private static final String SITE = "domain:acme.com";
    private static final String NAME = "record:crm-prod/Things/2";

    @Test
    void twoRowsBecomeOneAndWhatRefersToTheOneThatGoesFollows() throws Exception {
        try (TestingMaterializer stage = new TestingMaterializer(1)) {
            stage.send(site());
            stage.send(name("Acme"));
            stage.send(deal());
            stage.settle();
            assertThat(rows(stage, "account")).containsOnlyKeys(SITE, NAME);
            assertThat(rows(stage, "opportunity").values().iterator().next())
                    .contains("\"account_id\":\"" + NAME + "\"");

            stage.decide(merge(NAME, SITE));
            stage.settle();

            assertThat(rows(stage, "account")).containsOnlyKeys(SITE);
            assertThat(rows(stage, "account").get(SITE))
                    .contains("\"record_id\":\"1\"", "\"record_id\":\"2\"");
            assertThat(rows(stage, "opportunity").values().iterator().next())
                    .contains("\"account_id\":\"" + SITE + "\"");
        }
    }

    @Test
    void whatComesLaterGoesTheSameWayAndADecisionCanBeTakenBack() throws Exception {
        try (TestingMaterializer stage = new TestingMaterializer(2)) {
            stage.decide(merge(NAME, SITE));
            stage.send(site());
            stage.send(name("Acme"));
            stage.settle();
            assertThat(rows(stage, "account")).containsOnlyKeys(SITE);

            stage.decide(merge(NAME, null));
            stage.settle();

            assertThat(rows(stage, "account")).containsOnlyKeys(SITE, NAME);
        }
    }

    @Test
    void aDecisionOfOneTenantLeavesTheRowsOfOthers() throws Exception {
        try (TestingMaterializer stage = new TestingMaterializer(3)) {
            stage.send(site());
            stage.send(name("Acme"));
            stage.decide(
                    new MergeDecision(
                            "globex", "account", NAME, SITE, null, "m", "jo", null, Instant.EPOCH));
            stage.settle();

            assertThat(rows(stage, "account")).containsOnlyKeys(SITE, NAME);
        }
    }

    @Test
    void decisionsThatGoRoundInACircleEnd() throws Exception {
        try (TestingMaterializer stage = new TestingMaterializer(4)) {
            stage.decide(merge(NAME, SITE));
            stage.decide(merge(SITE, NAME));
            stage.send(site());
            stage.send(name("Acme"));
            stage.settle();

            assertThat(rows(stage, "account")).containsOnlyKeys(SITE, NAME);
        }
    }

    @Property(tries = 200)
    void decisionsAtAnyPointGiveTheViewsOfHavingHadThemFromTheStart(
            @ForAll("changes") List<TestingViews.Change> changes, @ForAll long seed)
            throws Exception {
        List<CanonicalEvent> events = TestingViews.events(changes);
        Random random = new Random(seed);
        Collections.shuffle(events, random);
        List<MergeDecision> decisions = decisions(events, seed, random);

        Map<String, String> live;
        try (TestingMaterializer stage = new TestingMaterializer(seed)) {
            List<MergeDecision> left = new ArrayList<>(decisions);
            for (CanonicalEvent event : events) {
                if (!left.isEmpty() && random.nextInt(4) == 0) {
                    stage.decide(left.remove(0));
                }
                stage.send(event);
                if (random.nextInt(8) == 0) {
                    stage.checkpoint();
                }
            }
            for (MergeDecision each : left) {
                stage.decide(each);
            }
            stage.settle();
            live = stage.views();
        }

        try (TestingMaterializer stage =
                new TestingMaterializer(seed, List.of(), last(decisions))) {
            for (CanonicalEvent event : events) {
                stage.send(event);
            }
            stage.settle();
            assertThat(live).isEqualTo(stage.views());
        }
    }

    /** Some merges of rows that there are, of which some are taken back. */
    private static List<MergeDecision> decisions(
            List<CanonicalEvent> events, long seed, Random random) throws Exception {
        List<String> keys;
        try (TestingMaterializer stage = new TestingMaterializer(seed)) {
            for (CanonicalEvent event : events) {
                stage.send(event);
            }
            stage.settle();
            keys = List.copyOf(stage.views().keySet());
        }
        List<MergeDecision> decisions = new ArrayList<>();
        for (int i = 0; i + 1 < keys.size(); i++) {
            String into = keys.get(i);
            String from = keys.get(i + 1);
            boolean fit =
                    Keys.entity(into).equals(Keys.entity(from))
                            && Keys.tenant(into).equals(Keys.tenant(from));
            if (fit && random.nextInt(3) > 0) {
                MergeDecision decision =
                        new MergeDecision(
                                Keys.tenant(from),
                                Keys.entity(from),
                                Keys.row(from),
                                Keys.row(into),
                                null,
                                "m",
                                "jo",
                                null,
                                Instant.EPOCH);
                decisions.add(decision);
                if (random.nextInt(4) == 0) {
                    decisions.add(apart(decision));
                }
            }
        }
        return decisions;
    }

    private static MergeDecision apart(MergeDecision of) {
        return new MergeDecision(
                of.tenant(), of.entity(), of.from(), null, null, "m", "jo", null, Instant.EPOCH);
    }

    private static List<MergeDecision> last(List<MergeDecision> decisions) {
        Map<String, MergeDecision> last = new LinkedHashMap<>();
        for (MergeDecision each : decisions) {
            last.put(Keys.of(each.entity(), each.tenant(), each.from()), each);
        }
        return List.copyOf(last.values());
    }

    @Provide
    Arbitrary<List<TestingViews.Change>> changes() {
        return TestingViews.changes();
    }

    private static Map<String, String> rows(TestingMaterializer stage, String entity) {
        Map<String, String> rows = new LinkedHashMap<>();
        stage.views()
                .forEach(
                        (key, json) -> {
                            if (Keys.entity(key).equals(entity)) {
                                rows.put(Keys.row(key), json);
                            }
                        });
        return rows;
    }

    private static CanonicalEvent site() {
        return event("account", "1").with("name", "Acme").with("website", "acme.com").build();
    }

    private static CanonicalEvent name(String name) {
        return event("account", "2").with("name", name).build();
    }

    private static CanonicalEvent deal() {
        return event("opportunity", "9").with("name", "Deal").with("account_id", "2").build();
    }

    private static MergeDecision merge(String from, String into) {
        return new MergeDecision(
                "acme", "account", from, into, null, "m", "jo", null, Instant.EPOCH);
    }
}
