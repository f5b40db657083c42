package io.autonomos.operators.materialize;

import static io.autonomos.operators.materialize.TestingViews.assertAccounted;
import static io.autonomos.operators.materialize.TestingViews.calculated;
import static io.autonomos.operators.materialize.TestingViews.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.materialize.TestingViews.Change;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The law of rules: it does not matter when they come. */
class RuleLawsTest {

    /** Settings of a tenant, or of all, at some point of the events. */
    record Rule(int before, String tenant, Map<String, String> policies) {

        ControlMessage message(int revision) {
            return new ControlMessage(
                    tenant, revision, Map.of(), policies, Map.of(), "jo", null, Instant.EPOCH);
        }
    }

    @Provide
    Arbitrary<List<Rule>> rules() {
        Arbitrary<Map<String, String>> policies =
                Arbitraries.of(
                                Map.entry("view-merge.contact.name", "newest"),
                                Map.entry("view-merge.account.name", "longest"),
                                Map.entry("view-merge.ticket.tags", "newest"),
                                Map.entry("view-sources.account", "s2,s1"),
                                Map.entry("view-sources.contact", "s2"),
                                Map.entry("view-identity.contact", "record"),
                                Map.entry("view-identity.account", "name,domain"),
                                Map.entry("view-identity.account", "external"),
                                Map.entry("view-identity.account", "nonsense"))
                        .list()
                        .ofMaxSize(4)
                        .map(
                                all ->
                                        all.stream()
                                                .collect(
                                                        Collectors.toMap(
                                                                Map.Entry::getKey,
                                                                Map.Entry::getValue,
                                                                (a, b) -> b)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.of("acme", "acme", "globex", "*"),
                        policies)
                .as(Rule::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 300)
    void rulesThatChangeAtAnyPointGiveTheViewsOfHavingHadThemFromTheStart(
            @ForAll("changes") List<Change> changes,
            @ForAll("rules") List<Rule> rules,
            @ForAll long seed)
            throws Exception {
        List<CanonicalEvent> events = events(changes);
        Collections.shuffle(events, new Random(seed));
        Controls controls = new Controls(Map.of());
        Random random = new Random(seed);

        try (TestingMaterializer stage = new TestingMaterializer(seed)) {
            for (int i = 0; i <= 40; i++) {
                for (int r = 0; r < rules.size(); r++) {
                    if (rules.get(r).before() == i) {
                        ControlMessage message = rules.get(r).message(1 + i * 10 + r);
                        stage.control(message);
                        controls.add(message);
                    }
                }
                if (i < events.size()) {
                    stage.send(events.get(i));
                }
                if (random.nextInt(8) == 0) {
                    stage.checkpoint();
                }
            }
            stage.settle();

            assertThat(stage.views()).isEqualTo(calculated(events, controls));
            assertAccounted(stage, events);
        }
        try (TestingMaterializer told =
                new TestingMaterializer(seed, List.copyOf(controls.messages()))) {
            for (CanonicalEvent event : events) {
                told.send(event);
            }
            told.settle();
            assertThat(told.views()).isEqualTo(calculated(events, controls));
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return TestingViews.changes();
    }
}
