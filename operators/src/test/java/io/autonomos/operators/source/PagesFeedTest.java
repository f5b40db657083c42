package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesFeedTest {

    private final TestingTopic topic =
            new TestingTopic(
                    "t",
                    FeedFormat.PAGES,
                    new FeedAddress("acme", "hubspot-prod", "hubspot", "deals", false));

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'results':[{'id':1}, {'id':2}],'paging':null} # {'id':1} {'id':2}",
                "[{'id':1},{'id':2}] # {'id':1} {'id':2}",
                "{'id':1} # {'id':1}",
                "{'results':[]} # ``",
                "[] # ``",
                "nonsense # nonsense",
                "{'objectId':7,'portalId':1,'subscriptionType':'deal.deletion'} # {'objectId':7,'portalId':1,'subscriptionType':'deal.deletion'}",
            })
    void eachElementIsARecordAndWhatIsNoPageIsOneItself(String message, String records) {
        assertThat(texts(read(message)))
                .isEqualTo(
                        List.of(records.split(" ")).stream()
                                .filter(each -> !each.isEmpty())
                                .map(each -> each.replace('\'', '"'))
                                .toList());
    }

    @Test
    void aRecordOfAPageHasItsAddressAndPlaceAndIsReplayedByItself() {
        topic.read("{}");
        List<RawRecord> records = read("[{'id':1},{'id':2}]");

        assertThat(records)
                .allSatisfy(
                        each -> {
                            assertThat(each.key())
                                    .isEqualTo(new StreamKey("acme", "hubspot-prod", "deals"));
                            assertThat(each.source()).isEqualTo("hubspot");
                            assertThat(each.position()).isEqualTo(1);
                            assertThat(each.emittedAt()).isEqualTo(TestingTopic.KAFKA_TIME);
                            assertThat(each.originalBytes()).isSameAs(each.value());
                            assertThat(each.format()).isNull();
                        });
    }

    @Test
    void aPageWithoutAnAddressIsOneDeadLetter() {
        TestingTopic nowhere = new TestingTopic("t", FeedFormat.PAGES, FeedAddress.NONE);

        assertThat(TestingTopic.told(nowhere.read("[{\"id\":1},{\"id\":2}]"))).isEqualTo("AOS-101");
    }

    @Test
    void aHeaderMakesOneMessageAPage() {
        TestingTopic raw =
                new TestingTopic(
                        "t",
                        FeedFormat.RAW,
                        new FeedAddress("acme", "c", "hubspot", "deals", false));
        byte[] page = "[{},{}]".getBytes(UTF_8);

        assertThat(
                        raw.readAll(
                                null,
                                page,
                                new RecordHeaders()
                                        .add("autonomos.format", "pages".getBytes(UTF_8))))
                .hasSize(2);
        assertThat(raw.readAll(null, page, new RecordHeaders())).hasSize(1);
    }

    private List<RawRecord> read(String message) {
        return topic.readAll(null, message.replace('\'', '"').getBytes(UTF_8), new RecordHeaders());
    }

    private static List<String> texts(List<RawRecord> records) {
        return records.stream().map(each -> new String(each.value(), UTF_8)).toList();
    }
}
