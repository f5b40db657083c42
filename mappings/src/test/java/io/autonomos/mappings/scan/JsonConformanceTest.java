package io.autonomos.mappings.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonConformanceTest {

    private static final Set<ErrorCode> UNREADABLE =
            EnumSet.of(
                    ErrorCode.VALUE_EMPTY,
                    ErrorCode.JSON_SYNTAX,
                    ErrorCode.JSON_TRUNCATED,
                    ErrorCode.JSON_TRAILING,
                    ErrorCode.UTF8_INVALID);

    private final RecordScanner scanner = new ScanPlan().newScanner(ScanLimits.DEFAULT);

    @Test
    void theCorpusIsWhatItSays() {
        List<byte[]> allowed = JsonCorpus.allowed();
        List<byte[]> forbidden = JsonCorpus.forbidden();

        assertThat(allowed.size()).isGreaterThan(150);
        assertThat(forbidden.size()).isGreaterThan(200);
        assertThat(allowed)
                .allSatisfy(text -> assertThat(Rfc8259.accepts(text)).as(show(text)).isTrue());
        assertThat(forbidden)
                .allSatisfy(text -> assertThat(Rfc8259.accepts(text)).as(show(text)).isFalse());
    }

    @Test
    void theGrammarAndJacksonAgreeOnEveryText() {
        for (List<byte[]> texts :
                List.of(JsonCorpus.allowed(), JsonCorpus.forbidden(), JsonCorpus.generated())) {
            for (byte[] text : texts) {
                assertThat(StrictJackson.accepts(text))
                        .as(show(text))
                        .isEqualTo(Rfc8259.accepts(text));
            }
        }
    }

    @Test
    void everyAllowedTextIsReadWhereverItStands() {
        for (byte[] text : JsonCorpus.allowed()) {
            JsonCorpus.inPlaces(text).forEach(this::agree);
        }
    }

    @Test
    void everyForbiddenTextIsRefusedWhereverItStands() {
        for (byte[] text : JsonCorpus.forbidden()) {
            JsonCorpus.inPlaces(text).forEach(this::agree);
        }
    }

    @Test
    void everyGeneratedTextIsReadOrRefusedAsTheGrammarSays() {
        for (byte[] text : JsonCorpus.generated()) {
            agree(text);
            agree(JsonCorpus.inPlaces(text).get(1));
            agree(JsonCorpus.inPlaces(text).get(3));
        }
    }

    @Test
    void aTextThatEndsAnywhereTooEarlyIsTruncated() {
        for (byte[] text : JsonCorpus.allowed()) {
            for (byte[] record : JsonCorpus.inPlaces(text)) {
                if (outcome(record) != null) {
                    continue; // not an object: its beginning may be a value too
                }
                int first = firstToken(record);
                for (int length = 0; length < lastToken(record); length++) {
                    assertThat(outcome(Arrays.copyOf(record, length)))
                            .as(show(Arrays.copyOf(record, length)))
                            .isEqualTo(
                                    length <= first
                                            ? ErrorCode.VALUE_EMPTY
                                            : ErrorCode.JSON_TRUNCATED);
                }
            }
        }
    }

    @Test
    void whatFollowsTheRecordIsTrailingUnlessItIsSpace() {
        for (int b = 0; b < 256; b++) {
            byte[] record = {'{', '}', ' ', (byte) b};
            assertThat(outcome(record))
                    .as(show(record))
                    .isEqualTo(" \t\r\n".indexOf((char) b) >= 0 ? null : ErrorCode.JSON_TRAILING);
        }
    }

    private void agree(byte[] text) {
        ErrorCode outcome = outcome(text);
        if (!Rfc8259.accepts(text)) {
            assertThat(outcome).as(show(text)).isIn(UNREADABLE);
        } else {
            boolean isObject = text[firstToken(text)] == '{';
            assertThat(outcome)
                    .as(show(text))
                    .isEqualTo(isObject ? null : ErrorCode.JSON_NOT_OBJECT);
        }
    }

    private ErrorCode outcome(byte[] text) {
        try {
            scanner.scan(text);
            return null;
        } catch (ScanException e) {
            assertThat(e.offset()).as(show(text)).isBetween(0, text.length);
            return e.code();
        }
    }

    private static int firstToken(byte[] text) {
        int at = 0;
        while (" \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
        return at;
    }

    private static int lastToken(byte[] text) {
        int at = text.length - 1;
        while (" \t\r\n".indexOf(text[at]) >= 0) {
            at--;
        }
        return at;
    }

    static String show(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
