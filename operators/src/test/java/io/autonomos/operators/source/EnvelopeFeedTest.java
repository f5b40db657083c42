package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeFeedTest {

    private static final String ADDRESS =
            "\"tenant\":\"acme\",\"connection\":\"crm\",\"source\":\"hubspot\",\"stream\":\"deals\"";

    private final TestingTopic topic = new TestingTopic("t", FeedFormat.ENVELOPE, FeedAddress.NONE);

    @Test
    void theEnvelopeIsTheAddressAndTheDataIsTheRecord() {
        String message =
                "{%s,\"op\":\"upsert\",\"record_id\":\"d-1\",\"emitted_at\":\"2026-01-02T03:04:05.678Z\",\"trace\":1, \"data\": {\"id\": 1.0}}"
                        .formatted(ADDRESS);

        RawRecord raw = topic.read(message);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "crm", "deals"));
        assertThat(raw.source()).isEqualTo("hubspot");
        assertThat(raw.op()).isEqualTo(RawRecord.UPSERT);
        assertThat(raw.recordId()).isEqualTo("d-1");
        assertThat(raw.emittedAt()).isEqualTo(1_767_323_045_678L);
        assertThat(raw.value()).asString(UTF_8).isEqualTo("{\"id\": 1.0}");
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "'data':{'id':1} # {'id':1}",
                "'op':null,'record_id':null,'emitted_at':null,'data':{'id':1} # {'id':1}",
                "'op':'delete','data':{'id':1} # delete {'id':1}",
                "'op':'delete','record_id':'7' # delete 7 ",
                "'op':'delete','record_id':7,'data':null # delete 7 ",
                "'record_id':7,'emitted_at':1700000000000,'data':{} # 7 {}",
                "'op':'delete' # AOS-109",
                "'record_id':'7' # AOS-109",
                "'op':'c','data':{} # AOS-109",
                "'op':1,'data':{} # AOS-109",
                "'record_id':{},'data':{} # AOS-109",
                "'record_id':'','data':{} # AOS-102",
                "'emitted_at':'noon','data':{} # AOS-109",
                "'data':[] # AOS-109",
                "'data':'{}' # AOS-109",
                "'connection':7,'data':{} # AOS-109",
                "'connection':'','data':{} # AOS-102",
                "'connection':null,'data':{} # AOS-101",
                "'tenant':'a\\nb','data':{} # AOS-801",
                "'tenant':'\\ud800','data':{} # AOS-801",
                "'tenant':'*','data':{} # AOS-801",
            })
    void eachMessageIsARecordOrAFault(String members, String told) {
        String message = "{" + ADDRESS + "," + members.replace('\'', '"') + "}";

        RawRecord raw = topic.read(message);

        assertThat(TestingTopic.told(raw).stripTrailing()).isEqualTo(told.replace('\'', '"'));
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(message);
    }

    @Test
    void aPinnedTopicRefusesAnotherTenantAndGivesItToNobody() {
        FeedAddress settings = new FeedAddress("globex", null, null, null, false);
        TestingTopic pinned = new TestingTopic("t", FeedFormat.ENVELOPE, settings);

        RawRecord other = pinned.read("{" + ADDRESS + ",\"data\":{}}");
        RawRecord own = pinned.read(("{" + ADDRESS + ",\"data\":{}}").replace("acme", "globex"));

        assertThat(other.fault().code()).isEqualTo("AOS-802");
        assertThat(other.fault().message()).doesNotContain("acme").doesNotContain("globex");
        assertThat(other.key().tenant()).isEqualTo(StreamKey.UNADDRESSED.tenant());
        assertThat(own.fault()).isNull();
    }

    @Test
    void aHeaderThatNamesAnotherTenantThanTheEnvelopeIsRefused() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("tenant", "globex".getBytes(UTF_8));

        RawRecord raw = topic.read(null, "{" + ADDRESS + ",\"data\":{}}", headers);

        assertThat(raw.fault().code()).isEqualTo("AOS-802");
        assertThat(raw.key().tenant()).isEqualTo(StreamKey.UNADDRESSED.tenant());
    }

    @Test
    void aPinnedRawTopicTakesRecordsWithoutATenantAndRefusesOtherTenants() {
        TestingTopic raw = TestingTopic.of(FeedFormat.RAW);
        RecordHeaders other = new RecordHeaders();
        other.add("stream", "deals".getBytes(UTF_8)).add("tenant", "globex".getBytes(UTF_8));
        RecordHeaders own = new RecordHeaders();
        own.add("stream", "deals".getBytes(UTF_8));

        assertThat(raw.read(null, "{}", own).key())
                .isEqualTo(new StreamKey("acme", "crm", "deals"));
        assertThat(raw.read(null, "{}", other).fault().code()).isEqualTo("AOS-802");
    }

    @Test
    void aReplayedMessageIsReadInTheFormatThatItsHeaderNames() {
        TestingTopic raw = new TestingTopic("autonomos.raw", FeedFormat.RAW, FeedAddress.NONE);
        RecordHeaders envelope = new RecordHeaders();
        envelope.add("autonomos.format", "envelope".getBytes(UTF_8));
        RecordHeaders unknown = new RecordHeaders();
        TestingTopic pinned = TestingTopic.of(FeedFormat.RAW);
        unknown.add("autonomos.format", "avro".getBytes(UTF_8));
        unknown.add("stream", "deals".getBytes(UTF_8));

        RawRecord read = raw.read(null, "{" + ADDRESS + ",\"data\":{\"id\":1}}", envelope);

        assertThat(TestingTopic.told(read)).isEqualTo("{\"id\":1}");
        assertThat(read.format()).isEqualTo("envelope");
        assertThat(pinned.read(null, "{}", unknown).fault().field()).isEqualTo("autonomos.format");
    }
}
