package io.autonomos.schemas.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageJsonTest {

    @Test
    void aReviewIsWrittenInSnakeCaseWithoutNulls() {
        Review review =
                new Review("r", "p", "acme", "approve", null, "jo", null, TestingMessages.AT);

        assertThat(new String(MessageJson.write(review), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"r\",\"proposal_id\":\"p\",\"tenant\":\"acme\","
                                + "\"decision\":\"approve\",\"by\":\"jo\","
                                + "\"at\":\"2026-01-31T08:00:00.250Z\"}");
    }

    @Test
    void theLedgerNamesItsResidualAndItsNulls() {
        LedgerEntry entry =
                new LedgerEntry(new StreamKey("t", "c", "s"), null, null, 3, 1, 0, 0, 0, 1, 0);

        assertThat(new String(LedgerJson.write(entry), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"tenant\":\"t\",\"connection\":\"c\",\"source\":null,\"stream\":\"s\","
                                + "\"entity\":null,\"in\":3,\"canonical\":1,\"filtered\":0,"
                                + "\"parked\":0,\"dead_lettered\":0,\"events\":1,\"residual\":2,"
                                + "\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void anAccountThatDoesNotAddUpToItsResidualIsRefused() {
        String json =
                new String(LedgerJson.write(TestingMessages.ledger()), StandardCharsets.UTF_8);
        String forged = json.replace("\"residual\":0", "\"residual\":5");

        assertThatThrownBy(() -> LedgerJson.read(forged.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MessageException.class)
                .hasMessageContaining("AOS-403: Ledger, property residual");
    }

    @Test
    void aTimeWithAnotherOffsetIsTheSameInstant() throws MessageException {
        Review review = review("\"at\":\"2026-01-31T09:00:00.250+01:00\"");

        assertThat(review.at()).isEqualTo(TestingMessages.AT);
    }

    @Test
    void aViewRowKeepsItsNumbersExactly() throws MessageException {
        ViewRow row = TestingMessages.view();

        assertThat(MessageJson.read(ViewRow.class, MessageJson.write(row)).data())
                .isEqualTo(
                        "{\"account_id\":\"a-1\","
                                + "\"annual_revenue\":12345678901234567890.123456789}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{\"id\":\"hush\"",
                "{\"id\":\"hush\",\"id\":\"hush\"}",
                "{\"id\":\"hush\"} hush",
                "{\"id\":[\"hush\"]}",
                "{\"decision\":\"hush\"}",
                "{\"at\":\"hush\"}",
                "{\"at\":17}",
                "hush",
                "\u0000"
            })
    void whatIsNoMessageIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(
                        () -> MessageJson.read(Review.class, text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MessageException.class)
                .hasMessageStartingWith("AOS-403: Review")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aRefusalNamesThePropertyAndWhatIsExpected() {
        assertThatThrownBy(() -> review("\"at\":\"yesterday\""))
                .isInstanceOfSatisfying(
                        MessageException.class,
                        e -> {
                            assertThat(e.fault().field()).isEqualTo("at");
                            assertThat(e).hasMessageContaining("date and time with an offset");
                        });
        assertThatThrownBy(() -> review("\"at\":\"2026-01-31T09:00:00Z\",\"because\":\"x\""))
                .hasMessageContaining("property because")
                .hasMessageContaining("reason");
    }

    @Test
    void aRepeatedPropertyIsRefused() {
        assertThatThrownBy(
                        () -> review("\"at\":\"2026-01-31T09:00:00Z\"," + "\"tenant\":\"other\""))
                .isInstanceOf(MessageException.class)
                .hasMessageContaining("repeats a property");
    }

    @Test
    void listsOfAMessageCannotBeChanged() {
        List<DriftEvent.Change> changes = TestingMessages.drift().changes();

        assertThatThrownBy(changes::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Review review(String rest) throws MessageException {
        String json =
                "{\"id\":\"r\",\"proposal_id\":\"p\",\"tenant\":\"acme\","
                        + "\"decision\":\"reject\",\"by\":\"jo\","
                        + rest
                        + "}";
        return MessageJson.read(Review.class, json.getBytes(StandardCharsets.UTF_8));
    }
}
