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

class PagesTest {

    private static final Pages PAGES = new Pages(1 << 16);

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "HubSpot|{\"results\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"paging\":{\"next\":{\"after\":\"2\"}}}|results|{\"id\":\"1\"} {\"id\":\"2\"}",
                "Pipedrive|{\"success\":true,\"data\":[{\"id\":1}],\"additional_data\":{}}|data|{\"id\":1}",
                "Dynamics|{\"@odata.context\":\"x\",\"value\":[{\"a\":1} , {\"a\":2}]}|value|{\"a\":1} {\"a\":2}",
                "Salesforce|{\"totalSize\":1,\"done\":true,\"records\":[{\"Id\":\"1\"}]}|records|{\"Id\":\"1\"}",
                "Zendesk list|{\"tickets\":[{\"id\":1}],\"next_page\":null,\"count\":1}|tickets|{\"id\":1}",
                "Zendesk one|{\"ticket\":{\"id\":3}}|ticket|{\"id\":3}",
                "a change stream elsewhere|{\"at\":7,\"fullDocument\":{\"_id\":1}}|fullDocument|{\"_id\":1}",
                "array|[{\"id\":1},{\"id\":2}]||{\"id\":1} {\"id\":2}",
                "Zendesk with sideloads|{\"users\":[{\"id\":9}],\"Tickets\":[{\"id\":1}],\"count\":1}|Tickets|{\"id\":1}",
                "Pipedrive search|{\"success\":true,\"data\":{\"items\":[{\"item\":{\"id\":1}}]}}|data|{\"item\":{\"id\":1}}",
                "empty|{\"results\":[]}|results|",
                "array of others| [ 1 , \"a,]\" ] ||1 \"a,]\"",
            })
    void findsTheRecordsThatApisAnswer(String vendor, String page, String member, String records) {
        Pages.Found found = PAGES.find(page.getBytes(UTF_8), "ticket");

        assertThat(found.member()).isEqualTo(member);
        assertThat(found.records().stream().map(r -> new String(r, UTF_8)).toList())
                .isEqualTo(records == null ? List.of() : List.of(records.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "7",
                "{}",
                "{\"id\":1}",
                "{\"id\":1,\"tags\":[\"a\"]}",
                "{\"a\":[{}],\"b\":[{}]}",
                "{\"id\":1,\"properties\":{}}",
                "{\"results\":[{\"id\":1}",
                "{\"data\":7}",
                "{\"operationType\":\"insert\",\"ns\":{},\"fullDocument\":{\"_id\":1}}",
                "{\"type\":\"INSERT\",\"table\":\"t\",\"record\":{\"id\":1},\"old_record\":null}",
                "[1,"
            })
    void whatIsNoPageIsNone(String record) {
        assertThat(PAGES.find(record.getBytes(UTF_8))).isNull();
    }

    @Property(tries = 1_000, seed = "5")
    void anyRecordsComeOutOfAnyPageAsTheyStandThere(@ForAll Random random) {
        RandomJson json = new RandomJson(random);
        byte[] first = json.styled(json.object(3));
        byte[] second = json.styled(json.object(3));
        String page = "{\"n\":{},\"results\" :[ %s\n,%s ]}".formatted(text(first), text(second));
        List<byte[]> found = PAGES.find(page.getBytes(UTF_8)).records();

        assertThat(found).hasSize(2);
        assertThat(text(found.get(0))).isEqualTo(text(first).strip());
        assertThat(text(found.get(1))).isEqualTo(text(second).strip());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    @Test
    void aLongPageIsLeftAlone() {
        assertThat(new Pages(10).find("[{\"a\":\"long enough\"}]".getBytes(UTF_8))).isNull();
    }
}
