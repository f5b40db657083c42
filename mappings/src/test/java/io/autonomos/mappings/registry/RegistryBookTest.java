package io.autonomos.mappings.registry;

import static io.autonomos.mappings.registry.TestingVersions.ACME;
import static io.autonomos.mappings.registry.TestingVersions.AT;
import static io.autonomos.mappings.registry.TestingVersions.mapping;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.registry.RegistryBook.Standing;
import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.RegistryMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RegistryBookTest {

    private final TestingVersions topic = new TestingVersions();
    private final RegistryBook book = new RegistryBook();

    @Test
    void whatAJobAcceptedGoesBeforeAnEarlierOpenMessage() {
        // Compaction took the accepted message's first writing away; its repetition came later.
        book.add(topic.written(2, mapping("Name")));
        RegistryMessage accepted = topic.written(2, mapping("Alias"));
        book.add(accepted);
        book.add(topic.written(verdict(accepted)));

        Standing standing = book.standing(ACME);

        assertThat(standing.inEffect()).isEqualTo(accepted);
        assertThat(standing.decisions()).hasSize(1);
        assertThat(standing.decisions().get(0).problems().get(0).code()).isEqualTo("AOS-690");
    }

    @Test
    void whatAJobRefusedStaysRefused() {
        RegistryMessage two = topic.written(2, mapping("Name"));
        Decision refused =
                new Decision(
                        two,
                        two.version(),
                        null,
                        VersionGate.decide(topic.written(3, "fields: 7"), null).problems());
        book.add(two);
        book.add(topic.written(RegistryMessage.of(refused.verdict(AT))));

        assertThat(book.standing(ACME).inEffect()).isNull();
        assertThat(book.standing(ACME).decisions()).isEmpty();
        assertThat(book.standing(ACME).position()).isZero();
        assertThat(book.lastNumber(ACME)).isEqualTo(2);
    }

    @Test
    void openMessagesAreDecidedInTheirOrder() {
        book.add(topic.written(2, mapping("Name")));
        book.add(topic.written(3, mapping("Alias")));
        book.add(topic.written(3, mapping("Other")));

        Standing standing = book.standing(ACME);

        assertThat(standing.inEffect().version().content()).isEqualTo(mapping("Alias"));
        assertThat(standing.position()).isEqualTo(2);
        assertThat(standing.decisions())
                .extracting(Decision::takesEffect)
                .containsExactly(true, true, false);
    }

    @Test
    void onlyWantedStreamsAreKept() {
        RegistryBook none = new RegistryBook(key -> !key.equals(ACME));

        none.add(topic.written(2, mapping("Name")));

        assertThat(none.streams()).isEmpty();
        assertThat(none.history(ACME)).isEmpty();
        assertThat(none.lastNumber(ACME)).isZero();
    }

    @Test
    void aVerdictOfJunkIsNoVerdict() {
        RegistryMessage two = topic.written(2, mapping("Name"));
        book.add(two);
        RegistryMessage verdict = verdict(two);
        book.add(RegistryMessage.read(verdict.messageKey(), new byte[] {1}, 0, 9));

        assertThat(book.history(ACME).get(0).isOpen()).isTrue();
        assertThat(book.streams()).containsExactly(new StreamKey("acme", "sf", "Account"));
    }

    /** A job that follows the topic and one that starts late, at any point, agree. */
    @Property(tries = 200)
    void aLateJobFindsWhatAJobThatWasThereHas(
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 4) Integer> numbers,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<RegistryMessage> log = new ArrayList<>();
        RegistryMessage inEffect = null;
        for (int number : numbers) {
            String field = List.of("Name", "Alias", "\"").get(random.nextInt(3));
            RegistryMessage message = topic.written(number, mapping(field));
            log.add(message);
            Decision decision =
                    VersionGate.decide(message, inEffect == null ? null : inEffect.version());
            inEffect = decision.takesEffect() ? message : inEffect;
            if (random.nextBoolean()) {
                log.add(topic.written(RegistryMessage.of(decision.verdict(AT))));
            }
        }

        RegistryBook late = new RegistryBook();
        log.forEach(late::add);

        RegistryMessage found = late.standing(ACME).inEffect();
        if (inEffect == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found.version()).isEqualTo(inEffect.version());
        }
    }

    private static RegistryMessage verdict(RegistryMessage message) {
        return RegistryMessage.of(VersionGate.decide(message, null).verdict(AT));
    }
}
