package io.autonomos.operators.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumValuesTest {

    private static final String DECIMAL =
            "{'type':'bytes','name':'org.apache.kafka.connect.data.Decimal','version':1,'parameters':{'scale':'%d','connect.decimal.precision':'10'}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "int32 # io.debezium.time.Date # 19675 # '2023-11-14'",
                "int32 # io.debezium.time.Date # -1 # '1969-12-31'",
                "int32 # io.debezium.time.Date # 2147483647 # '+5881580-07-11'",
                "int32 # io.debezium.time.Date # -2147483648 # '-5877641-06-23'",
                "int32 # io.debezium.time.Date # 2932897 # '+10000-01-01'",
                "int32 # io.debezium.time.Date # null # null",
                "int32 # org.apache.kafka.connect.data.Date # 0 # '1970-01-01'",
                "int64 # io.debezium.time.Timestamp # 1700000000123 # '2023-11-14T22:13:20.123Z'",
                "int64 # io.debezium.time.Timestamp # -1 # '1969-12-31T23:59:59.999Z'",
                "int64 # org.apache.kafka.connect.data.Timestamp # 1700000000000 # '2023-11-14T22:13:20Z'",
                "int64 # io.debezium.time.MicroTimestamp # 1700000000123456 # '2023-11-14T22:13:20.123456Z'",
                "int64 # io.debezium.time.NanoTimestamp # 1700000000123456789 # '2023-11-14T22:13:20.123456789Z'",
                "int64 # io.debezium.time.MicroTimestamp # 9223372036825200000 # '+294247-01-10T04:00:25.200Z'",
                "int64 # io.debezium.time.MicroTimestamp # -9223372036832400000 # '-290308-12-21T19:59:27.600Z'",
                "int32 # io.debezium.time.Time # 37815000 # '10:30:15'",
                "int64 # io.debezium.time.MicroTime # 37815000001 # '10:30:15.000001'",
                "int64 # io.debezium.time.NanoTime # 37815000000001 # '10:30:15.000000001'",
                "int32 # org.apache.kafka.connect.data.Time # 0 # '00:00'",
                "int32 # io.debezium.time.Time # 86400000 # 86400000",
                "string # io.debezium.time.ZonedTimestamp # '2023-11-14T22:13:20.123456Z' # '2023-11-14T22:13:20.123456Z'",
                "string # io.debezium.time.IsoDate # '2023-11-14Z' # '2023-11-14Z'",
                "int32 # io.debezium.time.Year # 2024 # 2024",
                "int64 # io.debezium.time.MicroDuration # 5 # 5",
                "int64 #  # 1700000000123 # 1700000000123",
                "string # io.debezium.data.Json # '{\\'a\\': [1, \\'\\u00e9\\']}' # {'a': [1, '\u00e9']}",
                "string # io.debezium.data.Json # 'null' # null",
                "string # io.debezium.data.Json # '{\\'a\\':' # '{\\'a\\':'",
                "string # io.debezium.data.Json # '' # ''",
                "string # io.debezium.data.Json # '1 2' # '1 2'",
                "string # io.debezium.data.Uuid # 'u' # 'u'",
                "struct # io.debezium.data.geometry.Geometry # {'wkb':'AQEAAAA=','srid':4326} # {'wkb':'AQEAAAA=','srid':4326}",
                "struct # io.debezium.data.geometry.Point # {'x':1.0,'y':2,'wkb':'A','srid':null} # {'x':1.0,'y':2,'wkb':'A','srid':null}",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':3,'value':'AeJA'} # 123.456",
                "struct # io.debezium.data.VariableScaleDecimal # {'value':'AeJA','scale':0} # 123456",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':-2,'value':'AQ=='} # 100",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':1000000000,'value':'AQ=='} # 1E-1000000000",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':3} # AOS-213",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':'3','value':'AQ=='} # AOS-213",
                "struct # io.debezium.data.VariableScaleDecimal # {'scale':99999999999,'value':'AQ=='} # AOS-213",
                "double #  # 12.5 # 12.5",
                "string #  # '12.50' # '12.50'",
            })
    void aValueIsReadByTheNameOfItsSchema(String type, String name, String value, String plain) {
        String schema = "{'type':'%s','name':'%s'}".formatted(type, name == null ? "" : name);

        assertThat(converted(schema, value)).isEqualTo(plain.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "2 # 'MDk=' # 123.45",
                "2 # '/w==' # -0.01",
                "0 # 'AA==' # 0",
                "5 # 'AQ==' # 0.00001",
                "2 # null # null",
                "2 # 123.45 # 123.45",
                "2 # '' # AOS-213",
                "2 # '12.5' # AOS-213",
                "2 # 'not base64' # AOS-213",
            })
    void aDecimalIsItsExactNumber(int scale, String value, String plain) {
        assertThat(converted(DECIMAL.formatted(scale), value)).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'type':'array','items':{'type':'int32','name':'io.debezium.time.Date'}} # [0, 1,null] # ['1970-01-01', '1970-01-02',null]",
                "{'type':'array','items':{'type':'int32'}} # [0] # [0]",
                "{'type':'map','keys':{'type':'string'},'values':{'type':'int32','name':'io.debezium.time.Date'}} # {'a':0,'b':{}} # {'a':'1970-01-01','b':{}}",
                "{'type':'struct','fields':[{'field':'a','type':'int32'},{'field':'d','type':'int32','name':'io.debezium.time.Date'}]} # {'a':0,'d': 0} # {'a':0,'d': '1970-01-01'}",
                "{'type':'struct','fields':[{'field':'a','type':'int32'},{'field':'d','type':'int32','name':'io.debezium.time.Date'}]} # {'d':0,'x':[],'a':0} # {'d':'1970-01-01','x':[],'a':0}",
            })
    void valuesInsideOthersAreReadToo(String schema, String value, String plain) {
        assertThat(converted(schema, value)).isEqualTo(plain.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'scale':'two'}", "{'scale':'99999999999'}"})
    void aDecimalWhoseSchemaTellsNoScaleIsAFault(String parameters) {
        String schema =
                "{'type':'bytes','name':'org.apache.kafka.connect.data.Decimal','parameters':%s}";

        assertThat(converted(schema.formatted(parameters), "'MDk='")).isEqualTo("AOS-213");
    }

    @Property(tries = 500)
    void anyDecimalComesBackExact(
            @ForAll BigInteger unscaled, @ForAll @IntRange(max = 60) int scale) {
        String base64 = Base64.getEncoder().encodeToString(unscaled.toByteArray());

        String text = converted(DECIMAL.formatted(scale), "'" + base64 + "'");

        assertThat(new BigDecimal(text)).isEqualTo(new BigDecimal(unscaled, scale));
    }

    /** What becomes of one column of a row, between two others. */
    private static String converted(String schema, String value) {
        String column = schema.substring(0, schema.length() - 1) + ",'field':'v'}";
        String message =
                ("{'schema':{'type':'struct','fields':[{'type':'struct','field':'before'},{'type':'struct','field':'after','fields':["
                                + "{'field':'id','type':'int32'},%s,{'field':'z','type':'int32','name':'io.debezium.time.Date'}]}]},"
                                + "'payload':{'op':'c','after':{'id':1,'v':%s,'z':0},'source':{'table':'t'}}}")
                        .formatted(column, value)
                        .replace('\'', '"');
        RawRecord raw = TestingTopic.of(FeedFormat.DEBEZIUM).read(message);
        String told = TestingTopic.told(raw);
        String head = "upsert {\"id\":1,\"v\":";
        String tail = ",\"z\":\"1970-01-01\"}";
        return told.startsWith(head) && told.endsWith(tail)
                ? told.substring(head.length(), told.length() - tail.length())
                : told;
    }
}
