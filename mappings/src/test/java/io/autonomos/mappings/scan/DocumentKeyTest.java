package io.autonomos.mappings.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentKeyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'tenant':1,'no':7}|{'no':7,'tenant':1}",
                "{ 'no' : 7 , 'tenant' : 1 }|{'no':7,'tenant':1}",
                "{'a':{'$numberInt':'7'}}|{'a':7}",
                "{'a':{'$numberLong':'-7'}}|{'a':-7}",
                "{'a':{'$numberDouble':'7.50'}}|{'a':7.50}",
                "{'a':{'$numberDouble':'-Infinity'}}|{'a':'-Infinity'}",
                "{'a':'7'}|{'a':'7'}",
                "{'a':{'$oid':'65f0'}}|{'a':'65f0'}",
                "{'a':{'$date':'2024-04-02T12:00:00.000+02:00'}}|{'a':'2024-04-02T10:00:00Z'}",
                "{'a':{'$date':{'$numberLong':'1712052000000'}}}|{'a':'2024-04-02T10:00:00Z'}",
                "{'a':{'$date':1712052000000}}|{'a':'2024-04-02T10:00:00Z'}",
                "{'a':{'$date':{'$numberLong':'-1000'}}}|{'a':'1969-12-31T23:59:59Z'}",
                "{'a':{'$date':'soon'}}|{'a':'soon'}",
                "{'a':{'$timestamp':{'t':1712052000,'i':3}}}|{'a':'2024-04-02T10:00:00.0000000000000003Z'}",
                "{'b':{'y':[1,{'z':2,'x':null}, []],'x':{}},'a':true}|{'a':true,'b':{'x':{},'y':[1,{'x':null,'z':2},[]]}}",
                "{'\\u0061':'\\u0062\\''}|{'a':'b\\''}",
            })
    void isItsJsonInOneForm(String key, String text) {
        ExtendedJson.Inside inside = DocumentKey.text(json(key), 0);

        assertThat(JsonText.decode(inside.bytes(), inside.from() + 1, inside.to() - 1))
                .isEqualTo(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'$oid':{}}", "{'a':1,'$b':2}", "{'_data':'8265E1'}"})
    void isNoKey(String object) {
        assertThat(DocumentKey.text(json(object), 0)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"_id,true", "account_id.$id,true", "id,false", "_id.a,false", "_id[0],false"})
    void standsUnderTheNamesOfMongoDb(String path, boolean stands) {
        assertThat(DocumentKey.standsAt(SourcePath.parse(path))).isEqualTo(stands);
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
