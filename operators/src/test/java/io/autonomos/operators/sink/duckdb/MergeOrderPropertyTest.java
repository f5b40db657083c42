package io.autonomos.operators.sink.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.operators.TestingEvents;
import io.autonomos.schemas.CanonicalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class MergeOrderPropertyTest {

    private static final String ACME = "acme";

    /** A source version of a record; its content follows from it. */
    record Version(int record, int time, int position, String kind) {

        CanonicalEvent event() {
            TestingEvents event =
                    TestingEvents.event("account", "r" + record).at(time, position).id(id());
            return deleted() ? event.delete().build() : event.with("name", content()).build();
        }

        /** Two kinds with one time and position are ordered by this id. */
        String id() {
            return kind + "/" + time + "/" + position;
        }

        boolean deleted() {
            return kind.equals("gone");
        }

        String content() {
            return "named by " + id();
        }
    }

    private Path directory;

    @BeforeProperty
    void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("merge-order");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Property(tries = 40)
    void anyOrderRepetitionAndBatchingGivesTheNewestOfEachRecord(
            @ForAll("versions") @Size(min = 1, max = 12) List<Version> versions,
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 4) int batch)
            throws Exception {
        List<Version> arrivals = new ArrayList<>(versions);
        versions.forEach(
                version -> {
                    if (random.nextBoolean()) {
                        arrivals.add(version);
                    }
                });
        Collections.shuffle(arrivals, random);
        Path folder = Files.createTempDirectory(directory, "try");

        try (TestingFiles files = new TestingFiles(folder)) {
            for (int i = 0; i < arrivals.size(); i += batch) {
                List<Version> part = arrivals.subList(i, Math.min(arrivals.size(), i + batch));
                files.merge(part.stream().map(Version::event).toArray(CanonicalEvent[]::new));
            }

            assertThat(
                            files.rows(
                                    ACME,
                                    "SELECT record_id, deleted, name FROM canonical_account"
                                            + " ORDER BY record_id"))
                    .isEqualTo(newest(versions));
        }
    }

    private static List<String> newest(List<Version> versions) {
        Map<Integer, Version> newest = new TreeMap<>();
        for (Version version : versions) {
            newest.merge(
                    version.record(),
                    version,
                    (one, other) -> {
                        int order = Integer.compare(one.time(), other.time());
                        order =
                                order != 0
                                        ? order
                                        : Integer.compare(one.position(), other.position());
                        order = order != 0 ? order : one.id().compareTo(other.id());
                        return order >= 0 ? one : other;
                    });
        }
        return newest.values().stream()
                .map(
                        each ->
                                "r%d|%s|%s"
                                        .formatted(
                                                each.record(),
                                                each.deleted(),
                                                each.deleted() ? "null" : each.content()))
                .toList();
    }

    @Provide
    Arbitrary<List<Version>> versions() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 2);
        return Combinators.combine(few, few, few, Arbitraries.of("a", "b", "gone"))
                .as(Version::new)
                .list();
    }
}
