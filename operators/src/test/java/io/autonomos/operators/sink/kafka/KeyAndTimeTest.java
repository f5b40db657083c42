package io.autonomos.operators.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class KeyAndTimeTest {

    @Property(tries = 300)
    void aKeyReadsBackAsTheTextsItWasMadeOf(@ForAll String tenant, @ForAll String recordId)
            throws IOException {
        String first = wellFormed(tenant);
        String second = wellFormed(recordId);

        byte[] key = JsonKey.append(JsonKey.prefix(first), second);

        assertThat(key).isEqualTo(JsonKey.of(first, second));
        assertThat(new ObjectMapper().readValue(key, String[].class))
                .containsExactlyElementsOf(List.of(first, second));
    }

    @Property(tries = 300)
    void aTimeReadsBackAsTheInstantItWasMadeOf(
            @ForAll @LongRange(min = -60_000_000_000_000_000L, max = 250_000_000_000_000_000L)
                    long micros) {
        UtcTime time = new UtcTime();

        assertThat(Instant.parse(new String(time.ofMicros(micros), UTF_8)))
                .isEqualTo(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        assertThat(new String(time.ofMicros(micros), UTF_8))
                .isEqualTo(new String(new UtcTime().ofMicros(micros), UTF_8));
    }

    @Property
    void aTimeDoesNotDependOnTheTimesBeforeIt(
            @ForAll @Size(max = 40) List<@LongRange(min = -130, max = 130) Long> days) {
        UtcTime time = new UtcTime();
        for (long day : days) {
            assertThat(new String(time.ofMicros(day * 86_400_000_000L), UTF_8))
                    .isEqualTo(Instant.EPOCH.plus(day, ChronoUnit.DAYS).toString());
        }
    }

    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
