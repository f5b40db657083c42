package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventIdTest {

    private static final String MAPPING =
            "clock: ts\ndelete-when: {gone: true}\nfields: {contact_id: id, name: name}";
    private static final String RECORD = "{\"id\":\"7\",\"name\":\"n\",\"ts\":1700000000}";

    @Test
    void staysAsItIsFromVersionToVersion() {
        CanonicalEvent event = translator().event(RECORD);

        assertThat(event.id()).isEqualTo("c02d729a29f99045665091ab39ab61de");
        assertThat(translator().op(RawRecord.DELETE).event(RECORD).id())
                .isEqualTo("e9a3a953bc55d042e7710a82791afe7d");
        assertThat(translator().recordId("é").event("{\"name\":\"日本\"}").id())
                .isEqualTo("2e326975e660c870dd674e1a206af43c");
    }

    @Test
    void isTheSameWhereverTheRecordIsReadAgain() {
        CanonicalEvent first = translator().event(RECORD);

        assertThat(translator().from("other", 3, 999).event(RECORD).id()).isEqualTo(first.id());
        assertThat(translator().emittedAt(1).event(RECORD).id())
                .as("the record has a clock of its own")
                .isEqualTo(first.id());
        TestingTranslator used = translator();
        used.event("{\"id\":\"8\",\"more\":[1,2,3],\"name\":\"x\"}");
        assertThat(used.event(RECORD).id()).isEqualTo(first.id());
        assertThat(translator().recordId("7").event(RECORD).id()).isEqualTo(first.id());
    }

    @Test
    void differsWhereAnythingOfTheRecordsVersionDiffers() {
        List<CanonicalEvent> different =
                List.of(
                        translator().event(RECORD),
                        translator().event(RECORD.replace("\"n\"", "\"m\"")),
                        translator().event(RECORD.replace("\"n\"", "\"n\",\"extra\":1")),
                        translator().event(RECORD.replace("\"7\"", "\"8\"")),
                        translator().event(RECORD.replace("1700000000", "1700000001")),
                        translator().event(RECORD.replace("}", ",\"gone\":true}")),
                        translator().event(RECORD.replace("}", ",\"gone\":false}")),
                        translator().op(RawRecord.DELETE).event(RECORD),
                        translator().recordId("9").event(RECORD),
                        translator().event("{\"id\":\"7\",\"name\":\"n\"}"),
                        translator().emittedAt(5).event("{\"id\":\"7\",\"name\":\"n\"}"),
                        translator().key(new StreamKey("b", "prod", "things")).event(RECORD),
                        translator().key(new StreamKey("acme", "b", "things")).event(RECORD),
                        translator().key(new StreamKey("acme", "prod", "b")).event(RECORD),
                        translator().key(new StreamKey("acme", "prod/things", "")).event(RECORD),
                        translator().key(new StreamKey("acme/prod", "things", "")).event(RECORD));

        assertThat(different.stream().map(CanonicalEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    void isSpreadOverAllItsDigits() {
        TestingTranslator translator = translator();
        long[] ones = new long[128];
        for (int i = 0; i < 2_000; i++) {
            String id = translator.event("{\"id\":%d,\"ts\":1}".formatted(i)).id();
            assertThat(id).matches("[0-9a-f]{32}");
            for (int bit = 0; bit < 128; bit++) {
                ones[bit] += Character.digit(id.charAt(bit / 4), 16) >> (3 - bit % 4) & 1;
            }
        }
        assertThat(Arrays.stream(ones)).allMatch(count -> count > 850 && count < 1_150);
    }

    private static TestingTranslator translator() {
        return TestingTranslator.ofContacts(MAPPING);
    }
}
