package io.autonomos.operators.drift;

import static io.autonomos.operators.TestingStream.rename;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.autonomos.mappings.profile.Incident;
import io.autonomos.operators.TestingStream;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriftDetectorTest {

    private static Arguments kind(
            String changes, String severity, Consumer<Map<String, Object>> change) {
        return arguments(changes, severity, change);
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind("renamed amount>deal_amount", "high", rename("amount", "deal_amount")),
                kind("renamed title>deal_title", "critical", rename("title", "deal_title")),
                kind(
                        "moved owner_id>owner.id",
                        "high",
                        r -> r.put("owner", Map.of("id", r.remove("owner_id")))),
                kind("removed stage>", "high", r -> r.remove("stage")),
                kind("removed title>", "critical", r -> r.remove("title")),
                kind("removed color>", "low", r -> r.remove("color")),
                kind("added >weight", "low", r -> r.put("weight", 7)),
                kind(
                        "split contact_name>first_part+second_part",
                        "high",
                        r -> {
                            String[] parts = r.remove("contact_name").toString().split(" ");
                            r.put("first_part", parts[0]);
                            r.put("second_part", parts[1]);
                        }),
                kind(
                        "merged billing_city+shipping_city>cities",
                        "low",
                        r ->
                                r.put(
                                        "cities",
                                        r.remove("billing_city")
                                                + ", "
                                                + r.remove("shipping_city"))),
                kind("retyped amount>amount", "medium", r -> r.put("amount", r.get("amount") + "")),
                kind("retyped amount>amount", "high", r -> r.put("amount", "a lot")),
                kind("retyped title>title", "critical", r -> r.put("title", Map.of())),
                kind(
                        "format-changed close_date>close_date",
                        "high",
                        r ->
                                r.put(
                                        "close_date",
                                        "28/"
                                                + r.get("close_date").toString().substring(5, 7)
                                                + "/2024")),
                kind(
                        "enum-extended stage>stage",
                        "medium",
                        r ->
                                r.put(
                                        "stage",
                                        r.get("stage").equals("won") ? "paid" : r.get("stage"))),
                kind(
                        "meaning-suspect amount>amount",
                        "high",
                        r -> r.put("amount", Math.round((double) r.get("amount") * 100))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("kinds")
    void aChangeHasItsKindAndSeverity(
            String changes, String severity, Consumer<Map<String, Object>> change) {
        Incident incident = new TestingStream().send(10, 30, change).incident();

        assertThat(told(incident)).containsExactly(changes);
        assertThat(incident.event().severity()).isEqualTo(severity);
    }

    @Test
    void aKeyThatIsGoneIsSaidToBeOne() {
        Incident incident = new TestingStream().send(10, 30, rename("id", "record_id")).incident();

        assertThat(told(incident))
                .containsExactlyInAnyOrder("renamed id>record_id", "key-changed id>record_id");
        assertThat(incident.event().severity()).isEqualTo("critical");
    }

    @Test
    void twoFieldsThatSwappedAreSuspect() {
        Incident incident =
                new TestingStream()
                        .send(
                                10,
                                30,
                                r -> {
                                    Object owner = r.get("owner_id");
                                    r.put("owner_id", r.get("contact_name"));
                                    r.put("contact_name", owner);
                                })
                        .incident();

        assertThat(incident.suspect()).containsExactlyInAnyOrder("owner_id", "type");
        assertThat(told(incident))
                .contains(
                        "meaning-suspect owner_id>contact_name",
                        "meaning-suspect contact_name>owner_id");
    }

    @Test
    void twoFieldsThatSwappedAreSuspectInRecordsThatNobodyKnows() {
        List<String> cities = List.of("Oslo", "Bonn", "Lyon", "Turin");
        List<String> names = List.of("Ada", "Grace", "Marie", "Rosa");
        Consumer<Map<String, Object>> texts =
                r -> {
                    int n = Math.floorMod(r.get("id").hashCode(), 1_000);
                    r.put("owner_id", names.get(n % 4));
                    r.put("contact_name", cities.get(n / 4 % 4));
                };
        Consumer<Map<String, Object>> swapped =
                r -> {
                    texts.accept(r);
                    Object owner = r.get("owner_id");
                    r.put("owner_id", r.get("contact_name"));
                    r.put("contact_name", owner);
                };

        assertThat(new TestingStream(texts).send(400, 430, texts).incident()).isNull();
        assertThat(new TestingStream(texts).send(400, 430, swapped).incident().suspect())
                .containsExactlyInAnyOrder("owner_id", "type");
    }

    @Test
    void orderNullsAndSparseFieldsAreNoDrift() {
        TestingStream stream =
                new TestingStream(
                        r -> {
                            if (r.get("id").hashCode() % 4 == 0) {
                                r.remove("stage");
                            }
                        });

        stream.send(
                50,
                70,
                r -> {
                    Map<String, Object> copy = Map.copyOf(r);
                    r.clear();
                    r.putAll(new TreeMap<>(copy).descendingMap());
                    r.put("amount", null);
                    r.put("owner_id", "");
                });
        stream.send(70, 72, r -> r.remove("stage"));

        assertThat(stream.incident()).isNull();
    }

    @Test
    void serialNumbersThatGrowAreNoOtherMeaning() {
        TestingStream stream = new TestingStream(r -> r.put("id", r.get("id").hashCode() % 1_000));

        stream.send(40, 60, r -> r.put("id", 90_000_000 + r.get("id").hashCode() % 1_000));

        assertThat(stream.incident()).isNull();
    }

    @Test
    void textsOfWhichSomeAreCommonAreNoEnumeration() {
        int told = 0;
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Consumer<Map<String, Object>> form =
                    r -> r.put("title", "Company " + (int) Math.pow(random.nextDouble(), -0.8));
            told += new TestingStream(form).send(40, 70, form).incident() == null ? 0 : 1;
        }

        assertThat(told).isLessThanOrEqualTo(5);
    }

    @Test
    void twoVersionsSideBySideAreNoDrift() {
        Consumer<Map<String, Object>> second =
                r -> {
                    if (r.get("id").hashCode() % 2 == 0) {
                        r.put("amount_v2", r.remove("amount"));
                    }
                };

        assertThat(new TestingStream(second).send(40, 60, second).incident()).isNull();
    }

    @Test
    void oneOddRecordIsNoDriftButThreeAre() {
        TestingStream stream = new TestingStream().send(40, 60, r -> {});

        stream.send(60, 62, rename("amount", "deal_amount"));
        assertThat(stream.incident()).isNull();

        stream.send(62, 63, rename("amount", "deal_amount"));
        assertThat(stream.incident().lost()).containsExactly("amount");
        assertThat(stream.incident().event().records()).isEqualTo(3);
    }

    @Test
    void oneChangeIsOneIncidentWithACount() {
        TestingStream stream = new TestingStream().send(40, 50, rename("amount", "deal_amount"));
        DriftEvent first = stream.incident().event();

        DriftEvent later = stream.send(50, 70, rename("amount", "deal_amount")).incident().event();

        assertThat(later.id()).isEqualTo(first.id());
        assertThat(first.records()).isEqualTo(10);
        assertThat(later.records()).isEqualTo(30);
    }

    @Test
    void randomNamesInEveryRecordStayBoundedAndQuiet() {
        Random random = new Random(7);
        TestingStream stream = new TestingStream();

        stream.send(
                40,
                540,
                r -> {
                    for (int i = 0; i < 60; i++) {
                        r.put("k" + random.nextLong(), i);
                    }
                });

        assertThat(stream.incident()).isNull();
    }

    @Test
    void aThousandNewFieldsAreOneLowIncident() {
        TestingStream stream = new TestingStream();

        stream.send(
                40,
                50,
                r -> {
                    for (int i = 0; i < 1000; i++) {
                        r.put("field_" + i, i);
                    }
                });

        DriftEvent event = stream.incident().event();
        assertThat(event.severity()).isEqualTo("low");
        assertThat(event.changes()).hasSize(DriftSettings.DEFAULT.mostChanges());
    }

    @Test
    void valuesThatCannotBeReadAnyMoreAreNeverSilent() {
        Incident incident =
                new TestingStream()
                        .send(10, 30, r -> r.put("created_at", "2024-03-01T08:00:99Z"))
                        .incident();

        assertThat(told(incident)).containsExactly("format-changed created_at>created_at");
        assertThat(incident.event().severity()).isEqualTo("high");
    }

    @Test
    void theEventHoldsNoValues() {
        Incident incident = new TestingStream().send(10, 30, rename("title", "label")).incident();

        assertThat(new String(MessageJson.write(incident.event()), UTF_8))
                .doesNotContain("Deal no", "Stone", "t-10");
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new DriftSettings(0, 0.5, 1, 1, 1, 0.05))
                .hasMessageContaining("but were 0");
        assertThatThrownBy(() -> new DriftSettings(1, 0, 1, 1, 1, 0.05))
                .hasMessageContaining("but was 0.0");
    }

    private static List<String> told(Incident incident) {
        List<String> told = new ArrayList<>();
        for (DriftEvent.Change each : incident.event().changes()) {
            told.add(
                    each.kind()
                            + " "
                            + String.join("+", each.before())
                            + ">"
                            + String.join("+", each.after()));
        }
        return told;
    }
}
