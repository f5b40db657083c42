package io.autonomos.mappings.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEventsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "MongoDB insert|{'operationType':'insert','ns':{},'fullDocument':{'_id':1}}|upsert|{'_id':1}",
                "MongoDB update|{'operationType':'update','ns':{},'documentKey':{},'fullDocument':{'_id':1}}|upsert|{'_id':1}",
                "MongoDB delete|{'operationType':'delete','documentKey':{'_id':1}}|delete|{'_id':1}",
                "MongoDB image|{'operationType':'delete','documentKey':{'_id':1},'fullDocumentBeforeChange':{'_id':1,'a':2}}|delete|{'_id':1,'a':2}",
                "MongoDB trigger|{'id':'e','detail':{'operationType':'delete','documentKey':{'_id':1}}}|delete|{'_id':1}",
                "Supabase insert|{'type':'INSERT','table':'t','record':{'id':1},'old_record':null}|upsert|{'id':1}",
                "Supabase delete|{'type':'DELETE','table':'t','record':null,'old_record':{'id':1}}|delete|{'id':1}",
                "realtime update|{'eventType':'UPDATE','table':'t','new':{'id':1},'old':{'id':1}}|upsert|{'id':1}",
                "realtime delete|{'eventType':'DELETE','table':'t','new':{},'old':{'id':1}}|delete|{'id':1}",
                "realtime raw|{'event':'x','payload':{'data':{'type':'DELETE','table':'t','old_record':{'id':1}}}}|delete|{'id':1}",
                "Pipedrive 1|{'meta':{'action':'updated'},'current':{'id':1},'previous':{'id':1}}|upsert|{'id':1}",
                "Pipedrive 1 gone|{'meta':{'action':'deleted'},'current':null,'previous':{'id':1}}|delete|{'id':1}",
                "Pipedrive 2|{'meta':{'action':'change'},'data':{'id':1},'previous':{'name':'x'}}|upsert|{'id':1}",
                "Pipedrive 2 gone|{'meta':{'action':'delete'},'data':null,'previous':{'id':1}}|delete|{'id':1}",
                "PushTopic|{'data':{'event':{'type':'created'},'sobject':{'Id':'1'}}}|upsert|{'Id':'1'}",
                "PushTopic gone|{'event':{'type':'deleted'},'sobject':{'Id':'1'}}|delete|{'Id':'1'}",
                "Zendesk|{'type':'zen:event-type:ticket.created','detail':{'id':'1'}}|upsert|{'id':'1'}",
            })
    void findsTheRecordInside(String kind, String event, String op, String record) {
        ChangeEvent found = find(event);

        assertThat(found.problem()).isNull();
        assertThat(found.delete() ? "delete" : "upsert").isEqualTo(op);
        assertThat(found.ids()).isEmpty();
        assertThat(new String(found.record(), UTF_8)).isEqualTo(record.replace('\'', '"'));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Pipedrive 1|{'meta':{'action':'deleted','id':7},'current':null,'previous':null}|7",
                "Pipedrive 2|{'meta':{'action':'delete','id':'u','entity_id':'7'},'data':null,'previous':null}|7",
                "Salesforce|{'payload':{'ChangeEventHeader':{'changeType':'DELETE','recordIds':['7','8']}}}|7,8",
                "Salesforce gap|{'ChangeEventHeader':{'changeType':'GAP_DELETE','recordIds':['7']}}|7",
                "HubSpot|{'subscriptionType':'deal.deletion','portalId':1,'objectId':7}|7",
                "HubSpot privacy|{'subscriptionType':'contact.privacyDeletion','portalId':1,'objectId':7}|7",
                "Zendesk|{'type':'zen:event-type:ticket.soft_deleted','detail':{'id':'7'}}|7",
                "Dynamics|{'MessageName':'Delete','PrimaryEntityName':'account','PrimaryEntityId':'7'}|7",
            })
    void findsTheIdsOfWhatIsGone(String kind, String event, String ids) {
        ChangeEvent found = find(event);

        assertThat(found.problem()).isNull();
        assertThat(found.delete()).isTrue();
        assertThat(found.record()).isNull();
        assertThat(found.ids()).isEqualTo(List.of(ids.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'operationType':'update','ns':{},'updateDescription':{}}",
                "{'operationType':'drop','ns':{}}",
                "{'operationType':'invalidate','_id':{'_data':'8'}}",
                "{'operationType':'delete','ns':{}}",
                "{'type':'INSERT','table':'t','record':null}",
                "{'meta':{'action':'updated'},'current':null,'previous':null}",
                "{'ChangeEventHeader':{'changeType':'UPDATE','recordIds':['1']},'Name':'x'}",
                "{'ChangeEventHeader':{'changeType':'GAP_OVERFLOW','recordIds':['1']}}",
                "{'ChangeEventHeader':{'changeType':'DELETE','recordIds':['001*']}}",
                "{'ChangeEventHeader':{'changeType':'DELETE','recordIds':[null]}}",
                "{'ChangeEventHeader':{'changeType':'DELETE'}}",
                "{'subscriptionType':'deal.creation','portalId':1,'objectId':7}",
                "{'subscriptionType':'deal.deletion','portalId':1}",
                "{'type':'zen:event-type:user.identity_deleted','detail':{'id':'1'}}",
                "{'MessageName':'Update','PrimaryEntityName':'account','PrimaryEntityId':'7'}",
            })
    void saysWhyNoRecordCanBeMadeOfAnEvent(String event) {
        assertThat(find(event).problem()).isNotBlank();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "UPDATE|'001A'|holds only the fields that changed|read the record by its recordIds",
                "GAP_CREATE|'001A'|holds no fields|read the record by its recordIds",
                "GAP_UPDATE|'001A'|holds no fields|read the record by its recordIds",
                "GAP_UNDELETE|'001A'|holds no fields|read the record by its recordIds",
                "GAP_OVERFLOW|'000000000000000AAA'|says that more changed|changed since the event's commitTimestamp",
                "UPDATE|'001*'|stands for all records|changed since the event's commitTimestamp",
                "DELETE||names no record|Send the event as the system does",
            })
    void saysWhatToReadWhereSalesforceSendsNoWholeRecord(
            String type, String ids, String problem, String remedy) {
        ChangeEvent found =
                find(
                        "{'ChangeEventHeader':{'changeType':'%s','recordIds':[%s]},'Name':'x'}"
                                .formatted(type, ids == null ? "" : ids));

        assertThat(found.record()).isNull();
        assertThat(found.problem()).startsWith(problem);
        assertThat(found.remedy()).contains(remedy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[{'operationType':'delete','documentKey':{'_id':1}}]",
                "{'id':1,'operationType':'insert'}",
                "{'id':1,'type':'DELETE'}",
                "{'id':1,'type':'incident','table':'t'}",
                "{'data':[{'id':1}],'meta':{'count':1}}",
                "{'data':{'id':1},'meta':{'type':'contact'}}",
                "{'id':1,'event':'created','payload':'text'}",
                "{'id':7,'subscriptionType':'yearly'}",
                "{'MessageName':'Delete'}",
                "{'type':7,'detail':{'id':1}}",
                "{'a':{'b':{'c':{'d':{'operationType':'delete','documentKey':{'_id':1}}}}}}",
            })
    void aRecordIsNoEvent(String record) {
        assertThat(find(record)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'$date':'2024-04-02T10:00:00.500Z'}|1712052000500",
                "{'$date':{'$numberLong':'1712052000500'}}|1712052000500",
                "{'$date':1712052000500}|1712052000500",
                "{'$date':'soon'}|-9223372036854775808",
                "{}|-9223372036854775808",
            })
    void readsWhenItHappened(String wall, long at) {
        String event = "{'operationType':'delete','documentKey':{'_id':1},'wallTime':%s}";

        assertThat(find(event.formatted(wall)).at()).isEqualTo(at);
    }

    @Test
    void aTimeInSecondsOrInMicrosoftsFormIsReadToo() {
        assertThat(
                        find("{'meta':{'action':'deleted','id':7,'timestamp':1712052000},"
                                        + "'current':null,'previous':null}")
                                .at())
                .isEqualTo(1_712_052_000_000L);
        assertThat(
                        find("{'MessageName':'Delete','PrimaryEntityName':'a','PrimaryEntityId':'7',"
                                        + "'OperationCreatedOn':'/Date(1712052000500+0000)/'}")
                                .at())
                .isEqualTo(1_712_052_000_500L);
    }

    @Test
    void anEntityOfDynamicsBecomesTheRecordThatTheWebApiWouldSend() {
        ChangeEvent found =
                find(
                        "{'MessageName':'Update','PrimaryEntityName':'a','PrimaryEntityId':'7','PostEntityImages':"
                                + "[{'key':'i','value':null},{'key':'j','value':{'Attributes':["
                                + "{'key':'na\\u0022me','value':'A\\u0041'},{'key':'n','value':null},{'value':1},"
                                + "{'key':'kind','value':{'Value':3}},{'key':'o','value':{'x':[1]}},"
                                + "{'key':'at','value':'/Date(0)/'},"
                                + "{'key':'owner','value':{'LogicalName':'user','Id':'u1'}}],"
                                + "'FormattedValues':[{'key':'kind','value':'Three'},"
                                + "{'key':'owner','value':'Ann'}]}}]}");

        assertThat(found.ids()).containsExactly("7");
        assertThat(new String(found.record(), UTF_8).replace('"', '\''))
                .isEqualTo(
                        "{'na\\'me':'A\\u0041','n':null,'kind':3,'o':{'x':[1]},"
                                + "'at':'1970-01-01T00:00:00Z','_owner_value':'u1',"
                                + "'_owner_value@Microsoft.Dynamics.CRM.lookuplogicalname':'user',"
                                + "'kind@OData.Community.Display.V1.FormattedValue':'Three',"
                                + "'_owner_value@OData.Community.Display.V1.FormattedValue':'Ann'}");
    }

    @Property(tries = 1_000, seed = "5")
    void anyRecordComesOutAsItStandsInTheEvent(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        String record = new String(json.styled(json.object(3)), UTF_8).strip();
        String noise = new String(json.styled(json.object(3)), UTF_8);
        ChangeEvent found =
                find(
                        "{\"x\":%s,\"type\" : \"UPDATE\",\"table\":\"t\",\"record\": %s ,\"old_record\":null}"
                                .formatted(noise, record));

        assertThat(new String(found.record(), UTF_8)).isEqualTo(record);
    }

    private static ChangeEvent find(String event) {
        return ChangeEvents.find(
                (event.contains("\"") ? event : event.replace('\'', '"')).getBytes(UTF_8));
    }
}
