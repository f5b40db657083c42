package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AirbyteFeedTest {

    private static final String RECORD =
            """
            {"type": "RECORD", "record": {"namespace": "public", "stream": "accounts",
             "data": {"id": 7,  "name": "Amber \\u00e9", "n": 1.50}, "emitted_at": 1602637589000,
             "meta": {"changes": []}}}""";

    @Test
    void theRecordIsCutOutOfItsMessageAsItStands() {
        RawRecord raw = TestingTopic.of(FeedFormat.AIRBYTE).read(RECORD);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "crm", "accounts"));
        assertThat(raw.source()).isEqualTo("supabase");
        assertThat(raw.op()).isNull();
        assertThat(raw.emittedAt()).isEqualTo(1_602_637_589_000L);
        assertThat(raw.value())
                .asString(UTF_8)
                .isEqualTo("{\"id\": 7,  \"name\": \"Amber \\u00e9\", \"n\": 1.50}");
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(RECORD);
        assertThat(raw.format()).isEqualTo("airbyte");
    }

    @Test
    void streamsOfTwoNamespacesAreToldApartOnDemand() {
        FeedAddress qualified = new FeedAddress("acme", "crm", "supabase", null, true);

        RawRecord raw = new TestingTopic("t", FeedFormat.AIRBYTE, qualified).read(RECORD);

        assertThat(raw.key().stream()).isEqualTo("public.accounts");
    }

    @Test
    void headersComeBeforeSettingsAndSettingsBeforeTheMessage() {
        FeedAddress settings = new FeedAddress(null, "c", "s", "t", false);
        TestingTopic topic = new TestingTopic("t", FeedFormat.AIRBYTE, settings);
        RecordHeaders headers = new RecordHeaders();
        headers.add("tenant", "globex".getBytes(UTF_8)).add("connection", "c2".getBytes(UTF_8));

        RawRecord raw = topic.read(null, RECORD, headers);

        assertThat(raw.key()).isEqualTo(new StreamKey("globex", "c2", "t"));
        assertThat(raw.source()).isEqualTo("s");
        assertThat(topic.read(RECORD).fault().code()).isEqualTo("AOS-101");
        assertThat(topic.read(RECORD).fault().field()).isEqualTo("tenant");
    }

    @Test
    void theTenantNeverComesFromTheRecord() {
        FeedAddress settings = new FeedAddress(null, "c", "s", null, false);

        RawRecord raw =
                new TestingTopic("t", FeedFormat.AIRBYTE, settings)
                        .read(
                                """
                                {"type":"RECORD","tenant":"evil","record":{"stream":"a",
                                 "tenant":"evil","data":{"tenant":"evil"},"emitted_at":1}}""");

        assertThat(raw.key().tenant()).isEqualTo(StreamKey.UNADDRESSED.tenant());
        assertThat(raw.fault().code()).isEqualTo("AOS-101");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'RECORD','record':{'stream':'a','data':{'id':1},'emitted_at':1}} # {'id':1}",
                "{'type':'RECORD','record':{'stream':'a','data':{},'emitted_at':1}} # {}",
                "{'type':'RECORD','record':{'stream':'a','emitted_at':1,'data':{'_ab_cdc_deleted_at':null,'id':1}}} # {'_ab_cdc_deleted_at':null,'id':1}",
                "{'type':'RECORD','record':{'stream':'a','emitted_at':1,'data':{'_ab_cdc_deleted_at':'2024-01-01T00:00:00Z','id':1}}} # delete {'_ab_cdc_deleted_at':'2024-01-01T00:00:00Z','id':1}",
                "{'_airbyte_ab_id':'u','_airbyte_stream':'a','_airbyte_emitted_at':1,'_airbyte_data':{'id':1}} # {'id':1}",
                "{'_airbyte_raw_id':'u','_airbyte_stream':'a','_airbyte_extracted_at':'2024-01-01T00:00:00Z','_airbyte_data':{'id':1}} # {'id':1}",
                "{'_airbyte_ab_id':'u','_airbyte_stream':'a','_airbyte_emitted_at':1,'_airbyte_data':'{\\'id\\':1}'} # {'id':1}",
                "{'_airbyte_stream':'a','_airbyte_extracted_at':1,'_airbyte_data':'{\\'id\\':1,\\'_ab_cdc_deleted_at\\':\\'2024-01-01\\'}'} # delete {'id':1,'_ab_cdc_deleted_at':'2024-01-01'}",
                "{'_airbyte_stream':'a','_airbyte_extracted_at':1,'_airbyte_data':'{\\'id\\':1,\\'_ab_cdc_deleted_at\\':null}'} # {'id':1,'_ab_cdc_deleted_at':null}",
                "{'_airbyte_raw_id':'u','_airbyte_extracted_at':1,'_airbyte_loaded_at':null,'_airbyte_meta':{'changes':[]},'_airbyte_generation_id':0,'_airbyte_data':{'id':1}} # AOS-101",
                "{'_airbyte_stream':'a','_airbyte_extracted_at':1,'_airbyte_data':null} # AOS-109",
                "{'_airbyte_stream':'a','_airbyte_extracted_at':1,'_airbyte_data':[{'id':1}]} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','data':{'id':1},'emitted_at':1,'meta':{'changes':[]}},'emitted_at':'x'} # {'id':1}",
                "{'type':'STATE','state':{'type':'STREAM','stream':{'stream_descriptor':{'name':'a'},'stream_state':{'cursor':1}}}} # skipped",
                "{'type':'LOG','log':{'level':'INFO','message':'RECORD'}} # skipped",
                "{'type':'TRACE','trace':{'type':'STREAM_STATUS','emitted_at':1.0}} # skipped",
                "{'type':'CONTROL','control':{}} # skipped",
                "{'type':'record','record':{'stream':'a','data':{},'emitted_at':1}} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','data':[1],'emitted_at':1}} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','data':'x','emitted_at':1}} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','emitted_at':1}} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','data':{},'emitted_at':'noon'}} # AOS-109",
                "{'type':'RECORD','record':{'data':{},'emitted_at':1}} # AOS-101",
                "{'type':'RECORD','record':{'stream':'','data':{},'emitted_at':1}} # AOS-102",
                "{'type':'RECORD','record':{'stream':7,'data':{},'emitted_at':1}} # AOS-101",
                "{'type':'RECORD','record':null} # AOS-109",
                "{'type':'RECORD'} # AOS-109",
                "{'op':'c','after':{'id':1},'source':{'table':'a'}} # AOS-109",
                "{'id':1} # AOS-109",
                "{} # AOS-109",
                "[] # AOS-206",
                "{'type':'RECORD','record':{'stream':'a','data':{'id':1 # AOS-202",
                "{'type':'RECORD'} {} # AOS-203",
                "Id,Name # AOS-201",
            })
    void eachMessageIsARecordOrSkippedOrAFault(String message, String told) {
        RawRecord raw = TestingTopic.of(FeedFormat.AIRBYTE).read(message.replace('\'', '"'));

        assertThat(TestingTopic.told(raw)).isEqualTo(told.replace('\'', '"'));
    }

    @Test
    void ofEqualNamesTheLastCounts() {
        RawRecord raw =
                TestingTopic.of(FeedFormat.AIRBYTE)
                        .read(
                                """
                                {"type":"LOG","type":"RECORD","record":{"stream":"a","stream":"b",
                                "emitted_at":1,"data":{"id":1,"id":2}}}""");

        assertThat(raw.key().stream()).isEqualTo("b");
        assertThat(raw.value()).asString(UTF_8).isEqualTo("{\"id\":2}");
    }

    @Test
    void noMessageAtAllIsAFault() {
        assertThat(TestingTopic.told(TestingTopic.of(FeedFormat.AIRBYTE).read(null)))
                .isEqualTo("AOS-103");
    }

    @Test
    void aMessageOverTheLimitIsAFaultThatKeepsItsBytes() {
        String message = RECORD + " ".repeat(1 << 16);

        RawRecord raw = TestingTopic.of(FeedFormat.AIRBYTE).read(message);

        assertThat(raw.fault().code()).isEqualTo("AOS-104");
        assertThat(raw.originalBytes()).hasSize(message.length());
    }
}
