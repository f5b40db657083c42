package io.autonomos.operators.materialize;

import static io.autonomos.operators.materialize.TestingViews.assertAccounted;
import static io.autonomos.operators.materialize.TestingViews.calculated;
import static io.autonomos.operators.materialize.TestingViews.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.materialize.TestingViews.Change;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.messages.RebuildMessage;
import io.autonomos.schemas.model.EntityModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The law of rebuilds: what they swap in is what the new mapping would have made from the start.
 */
class RebuildLawsTest {

    private static final String TENANT = "acme";

    @Provide
    Arbitrary<List<Change>> changes() {
        return TestingViews.changes();
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("commit", "commit", "abort", "short", "other");
    }

    @Property(tries = 300)
    void aCommittedRebuildGivesTheViewsOfTheNewMappingAndAnyOtherChangesNothing(
            @ForAll("changes") List<Change> anyClocks,
            @ForAll("ends") String end,
            @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        int until = random.nextInt(anyClocks.size()) + 1;
        List<Change> changes = withOwnClocks(anyClocks, until);
        List<CanonicalEvent> sent = new ArrayList<>();
        List<CanonicalEvent> old = new ArrayList<>();
        List<CanonicalEvent> rebuilt = new ArrayList<>();
        try (TestingMaterializer stage = new TestingMaterializer(seed)) {
            for (int i = 0; i < until; i++) {
                CanonicalEvent event = changes.get(i).event(i);
                stage.send(event);
                sent.add(event);
                old.add(event);
                boolean other = !event.key().tenant().equals(TENANT);
                if (other || !isDropped(changes.get(i))) {
                    rebuilt.add(other ? event : mapped(changes.get(i)).event(i));
                }
            }
            stage.settle();
            List<RebuildMessage> parts = parts(old, rebuilt);
            for (int i = until; i < changes.size(); i++) {
                if (!parts.isEmpty() && random.nextBoolean()) {
                    stage.rebuild(parts.remove(0));
                }
                boolean other = !changes.get(i).tenant().equals(TENANT);
                if (other || !isDropped(changes.get(i))) {
                    Change now = other ? changes.get(i) : mapped(changes.get(i));
                    stage.send(now.event(i));
                    sent.add(now.event(i));
                    old.add(now.event(i));
                    rebuilt.add(now.event(i));
                }
            }
            for (RebuildMessage part : parts) {
                stage.rebuild(part);
            }
            long count = parts(old.subList(0, until), rebuiltUntil(changes, until)).size();
            switch (end) {
                case "commit" -> stage.rebuild(end("commit", "b", count));
                case "abort" -> {
                    stage.rebuild(end("abort", "b", null));
                    stage.rebuild(end("commit", "b", count + (count == 0 ? 1 : 0)));
                }
                case "short" -> stage.rebuild(end("commit", "b", count + 1));
                default -> stage.rebuild(end("commit", "other", count + 1));
            }
            stage.settle();

            assertThat(stage.views()).isEqualTo(calculated(end.equals("commit") ? rebuilt : old));
            assertAccounted(stage, sent);
        }
    }

    /**
     * Each version has a clock of its own, and what comes after the rebuild began is newer: a
     * filter that drops the later of two versions with one clock is not seen in the rows, and what
     * comes late meanwhile is held against versions that the rebuild may drop.
     */
    private static List<Change> withOwnClocks(List<Change> changes, int until) {
        List<Change> own = new ArrayList<>();
        for (Change each : changes) {
            own.add(
                    new Change(
                            each.tenant(),
                            each.entity(),
                            each.connection(),
                            each.id(),
                            (own.size() < until ? 100 : 1_000) * each.clock() + own.size(),
                            each.value(),
                            each.reference(),
                            each.delete()));
        }
        return own;
    }

    private static List<CanonicalEvent> rebuiltUntil(List<Change> changes, int until) {
        List<CanonicalEvent> rebuilt = new ArrayList<>();
        for (int i = 0; i < until; i++) {
            boolean other = !changes.get(i).tenant().equals(TENANT);
            if (other || !isDropped(changes.get(i))) {
                rebuilt.add(other ? changes.get(i).event(i) : mapped(changes.get(i)).event(i));
            }
        }
        return rebuilt;
    }

    /** What the new mapping filters; deletes are never filtered. */
    private static boolean isDropped(Change change) {
        return change.value() == 3 && !change.delete();
    }

    /** What the new mapping says of a record. */
    private static Change mapped(Change change) {
        return new Change(
                change.tenant(),
                change.entity(),
                change.connection(),
                change.id(),
                change.clock(),
                (change.value() + 2) % 5,
                (change.reference() + 1) % 3,
                change.delete());
    }

    /** All records as they are mapped now, and the live versions that they do not have. */
    private static List<RebuildMessage> parts(
            List<CanonicalEvent> old, List<CanonicalEvent> rebuilt) {
        List<RebuildMessage> parts = new ArrayList<>();
        for (CanonicalEvent event : rebuilt) {
            if (event.key().tenant().equals(TENANT)) {
                parts.add(
                        RecordMessages.stage(
                                "b", EntityModel.shipped().entity(event.entity()), event));
            }
        }
        Map<String, CanonicalEvent> now = live(rebuilt);
        live(old)
                .forEach(
                        (key, event) -> {
                            CanonicalEvent other = now.get(key);
                            boolean same = other != null && other.eventTime() == event.eventTime();
                            if (event.key().tenant().equals(TENANT) && !same) {
                                parts.add(remove(event));
                            }
                        });
        return parts;
    }

    private static RebuildMessage remove(CanonicalEvent event) {
        return new RebuildMessage(
                RebuildMessage.REMOVE,
                TENANT,
                "b",
                null,
                new RebuildMessage.Said(
                        event.entity(),
                        event.key().connection(),
                        event.key().stream(),
                        event.source(),
                        event.recordId(),
                        "delete",
                        "none",
                        Instant.EPOCH.plus(event.eventTime(), ChronoUnit.MICROS),
                        -1,
                        "none",
                        1,
                        "{}"));
    }

    private static RebuildMessage end(String kind, String rebuild, Long count) {
        return RebuildMessage.end(kind, TENANT, rebuild, count);
    }
}
