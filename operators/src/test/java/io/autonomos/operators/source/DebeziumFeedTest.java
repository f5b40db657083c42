package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebeziumFeedTest {

    private static final String SOURCE =
            "'source':{'version':'3.0.0.Final','connector':'postgresql','name':'srv','ts_ms':1700000000001,'snapshot':'false','db':'crm','schema':'public','table':'accounts','lsn':1}";

    private final TestingTopic topic = TestingTopic.of(FeedFormat.DEBEZIUM);

    @Test
    void anUpdateIsTheRowAfterItCutOutAsItStands() {
        String message =
                json(
                        "{'before':null, 'after':{'id': 7,  'name':'Amber \\u00e9'},%s,'transaction':null,'op':'u','ts_ms':1700000000009}");

        RawRecord raw = topic.read("{\"id\":7}", message);

        assertThat(raw.fault()).isNull();
        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "crm", "accounts"));
        assertThat(raw.op()).isEqualTo(RawRecord.UPSERT);
        assertThat(raw.emittedAt()).isEqualTo(1_700_000_000_001L);
        assertThat(raw.value())
                .asString(UTF_8)
                .isEqualTo("{\"id\": 7,  \"name\":\"Amber \\u00e9\"}");
        assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(message);
        assertThat(raw.format()).isEqualTo("debezium");
    }

    @Test
    void theMessageTellsSourceAndStreamWhereNothingElseDoes() {
        FeedAddress settings = new FeedAddress("acme", "crm", null, null, true);
        TestingTopic bare = new TestingTopic("t", FeedFormat.DEBEZIUM, settings);

        RawRecord raw = bare.read(json("{'op':'c','after':{'id':1},%s}"));

        assertThat(raw.source()).isEqualTo("postgresql");
        assertThat(raw.key().stream()).isEqualTo("public.accounts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'op':'r','before':null,'after':{'id':1},%s} # upsert {'id':1}",
                "{'op':'c','before':null,'after':{'id':1},%s} # upsert {'id':1}",
                "{'op':'u','before':{'id':1,'a':1},'after':{'id':1,'a':2},%s} # upsert {'id':1,'a':2}",
                "{'op':'d','before':{'id':1,'a':null},'after':null,%s} # delete {'id':1,'a':null}",
                "{'op':'d','before':null,'after':null,%s} # delete {'id':9}",
                "{'schema':null,'payload':{'op':'c','after':{'id':1},%s}} # upsert {'id':1}",
                "{'op':'c','after':{'price':{'scale':2,'value':'MDk='}},%s} # upsert {'price':123.45}",
                "{'op':'c','after':{'price':{'scale':2,'value':'!'}},%s} # upsert {'price':{'scale':2,'value':'!'}}",
                "{'op':'c','after':{'at':{'wkb':'AQEAAAA=','srid':null}},%s} # upsert {'at':{'wkb':'AQEAAAA=','srid':null}}",
                "{'op':'u','after':{'id':1,'doc':'__debezium_unavailable_value'},%s} # AOS-111",
                "{'op':'u','after':{'id':1,'doc':['__debezium_unavailable_value']},%s} # AOS-111",
                "{'op':'d','before':{'id':1,'doc':'__debezium_unavailable_value'},%s} # delete {'id':1,'doc':null}",
                "{'op':'u','before':{'id':1},'after':null,%s} # AOS-111",
                "{'op':'c',%s} # AOS-111",
                "{'op':'t','before':null,'after':null,%s} # AOS-110",
                "{'op':'m','message':{'prefix':'p','content':'aGk='},%s} # skipped",
                "{'status':'BEGIN','id':'571:53195829','event_count':null,'data_collections':null,'ts_ms':1} # skipped",
                "{'schema':{'type':'struct'},'payload':{'status':'END','id':'5','event_count':2,'ts_ms':1}} # skipped",
                "{'ts_ms':1700000000000} # skipped",
                "{'schema':{'type':'struct'},'payload':{'ts_ms':1700000000000}} # skipped",
                "{%s,'databaseName':'crm','schemaName':'public','ddl':'ALTER TABLE','tableChanges':[{'type':'ALTER'}]} # skipped",
                "{'op':'x','after':{},%s} # AOS-109",
                "{'op':1,'after':{},%s} # AOS-109",
                "{'after':{'id':1},%s} # AOS-109",
                "{'id':1,'name':'flat'} # AOS-109",
                "{'ts_ms':1,'id':2} # AOS-109",
                "{'id':7,'status':'END','name':'flat'} # AOS-109",
                "{'id':7,'ddl':'flat','tableChanges':1} # AOS-109",
                "{'id':7,'payload':null} # AOS-109",
                "{'tenant':'acme','stream':'accounts','data':{'id':1}} # AOS-109",
                "{'op':'CREATE','after':{'id':1},%s} # AOS-109",
                "{'op':'c','after':7,%s} # AOS-109",
                "{'type':'RECORD','record':{'stream':'a','data':{}}} # AOS-109",
                "{'op':'c','after':[1],%s} # AOS-109",
                "{'op':'c','after':{'id':1} # AOS-202",
                "[] # AOS-206",
                "Struct{id=1} # AOS-201",
            })
    void eachMessageIsARecordOrSkippedOrAFault(String message, String told) {
        String text = json(message);

        RawRecord raw = topic.read("{\"id\":9}", text);

        assertThat(TestingTopic.told(raw)).isEqualTo(told.replace('\'', '"'));
        if (raw != null) {
            assertThat(raw.originalBytes()).asString(UTF_8).isEqualTo(text);
        }
    }

    @Test
    void aFaultNamesTheColumnButKeepsItOutOfTheMessage() {
        RawRecord raw =
                topic.read(json("{'op':'u','after':{'my_doc':'__debezium_unavailable_value'},%s}"));

        assertThat(raw.fault().field()).isEqualTo("my_doc");
        assertThat(raw.fault().message())
                .contains("a column was not sent")
                .doesNotContain("my_doc");
        assertThat(raw.key().stream()).isEqualTo("accounts");
    }

    @Test
    void theRowOfADeleteGoesByTheSchemaOfTheRowBefore() {
        String date = "{'type':'int32','name':'io.debezium.time.Date','field':'day'}";
        String number = "{'type':'int32','field':'day'}";
        String schema =
                "{'schema':{'type':'struct','fields':[{'field':'before','type':'struct','fields':[%s]},{'field':'after','type':'struct','fields':[%s]}]},'payload':{'op':'d','before':{'day':0},";

        RawRecord raw = topic.read(json(schema.formatted(date, number) + "%s}}"));

        assertThat(TestingTopic.told(raw)).isEqualTo("delete {\"day\":\"1970-01-01\"}");
    }

    @Test
    void aTruncationIsCountedWithItsStream() {
        RawRecord raw = topic.read(json("{'op':'t',%s,'ts_ms':1}"));

        assertThat(raw.key()).isEqualTo(new StreamKey("acme", "crm", "accounts"));
        assertThat(raw.fault().message()).contains("t-0@0").contains("is a truncation");
    }

    @Test
    void aTombstoneAfterTheDeleteOfItsKeyIsSkippedAndAnyOtherIsADelete() {
        TestingTopic accounts =
                new TestingTopic(
                        "srv.public.accounts",
                        FeedFormat.DEBEZIUM,
                        new FeedAddress("acme", "crm", "supabase", null, false));
        String delete = json("{'op':'d','before':{'id':1},%s}");
        String create = json("{'op':'c','after':{'id':1},%s}");

        assertThat(TestingTopic.told(accounts.read("{\"id\":1}", delete)))
                .isEqualTo("delete {\"id\":1}");
        assertThat(accounts.read("{\"id\":1}", null)).isNull();
        RawRecord again = accounts.read("{\"id\":1}", null);
        assertThat(TestingTopic.told(again)).isEqualTo("delete {\"id\":1}");
        assertThat(again.key().stream()).isEqualTo("accounts");
        assertThat(again.originalBytes()).isEmpty();
        assertThat(again.emittedAt()).isEqualTo(TestingTopic.KAFKA_TIME);
        accounts.read("{\"id\":1}", delete);
        assertThat(TestingTopic.told(accounts.read("{\"id\":2}", null)))
                .isEqualTo("delete {\"id\":2}");
        accounts.read("{\"id\":1}", delete);
        accounts.read("{\"id\":1}", create);
        assertThat(TestingTopic.told(accounts.read("{\"id\":1}", null)))
                .isEqualTo("delete {\"id\":1}");
    }

    @Test
    void aTombstoneByTheConverterIsOneToo() {
        String key =
                json(
                        "{'schema':{'type':'struct','fields':[{'type':'int32','name':'io.debezium.time.Date','field':'day'}]},'payload':{'day':19675}}");

        RawRecord raw = topic.read(key, "{\"schema\":null,\"payload\":null}");

        assertThat(TestingTopic.told(raw)).isEqualTo("delete {\"day\":\"2023-11-14\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {"Struct{id=1}", "7", "{'id':", "[1]"})
    void aDeleteWithoutAKeyThatTellsTheRowIsAFault(String key) {
        String delete = json("{'op':'d','before':null,%s}");

        assertThat(TestingTopic.told(topic.read(json(key), delete))).isEqualTo("AOS-111");
        assertThat(TestingTopic.told(topic.read(null, delete))).isEqualTo("AOS-111");
        assertThat(TestingTopic.told(topic.read(json(key), null))).isEqualTo("AOS-111");
        assertThat(TestingTopic.told(topic.read(null, null))).isEqualTo("AOS-111");
    }

    @Test
    void aDocumentOfMongoDbIsReadFromItsText() {
        String source =
                "'source':{'connector':'mongodb','db':'crm','collection':'leads','ts_ms':5}";
        String id = "{'id':'{\\'$oid\\':\\'65a\\'}'}";

        RawRecord create =
                topic.read(
                        json(id),
                        json(
                                "{'op':'c','after':'{\\'_id\\': {\\'$oid\\': \\'65a\\'}, \\'n\\': \\'\\u00e9\\\\n\\'}',"
                                        + source
                                        + "}"));
        RawRecord delete = topic.read(json(id), json("{'op':'d','before':null," + source + "}"));
        RawRecord partial =
                topic.read(
                        json(id),
                        json(
                                "{'op':'u','after':null,'updateDescription':{'updatedFields':'{}'},"
                                        + source
                                        + "}"));

        assertThat(TestingTopic.told(create))
                .isEqualTo("upsert {\"_id\": {\"$oid\": \"65a\"}, \"n\": \"\u00e9\\n\"}");
        assertThat(create.key().stream()).isEqualTo("leads");
        assertThat(TestingTopic.told(delete)).isEqualTo("delete {\"_id\":{\"$oid\":\"65a\"}}");
        assertThat(TestingTopic.told(partial)).isEqualTo("AOS-111");
    }

    private static String json(String text) {
        return text.replace("%s", SOURCE).replace('\'', '"');
    }
}
