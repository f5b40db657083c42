package io.autonomos.mappings.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.model.EntityModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RecordIdTest {

    private static final StreamKey KEY = new StreamKey("acme", "billing", "lines");
    private static final String JOINED = "record-id: {join: [a, [b, old_b], c]}";

    @Test
    void isTheFirstPresentPath() {
        String mapping = "record-id: [a, b]";

        assertThat(id(mapping, "{\"name\":\"n\",\"k\":\"k\",\"a\":\"\",\"b\":7}")).isEqualTo("7");
        assertThat(id(mapping, "{\"name\":\"n\",\"k\":\"k\"}"))
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
    }

    @Test
    void isJoinedFromPartsOfWhichSomeMayBeAbsent() {
        assertThat(id(JOINED, "{\"name\":\"n\",\"k\":\"k\",\"a\":\"x\",\"old_b\":\"y\",\"c\":3}"))
                .isEqualTo("x|y|3");
        assertThat(id(JOINED, "{\"name\":\"n\",\"k\":\"k\",\"c\":3}")).isEqualTo("||3");
        assertThat(id(JOINED, "{\"name\":\"n\",\"k\":\"k\"}"))
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
    }

    @Test
    void doesNotMixUpPartsThatHoldTheSeparator() {
        String one = id(JOINED, "{\"name\":\"n\",\"k\":\"k\",\"a\":\"x|y\",\"c\":\"z\"}");
        String other =
                id(JOINED, "{\"name\":\"n\",\"k\":\"k\",\"a\":\"x\",\"b\":\"y\",\"c\":\"z\"}");
        String third =
                id(JOINED, "{\"name\":\"n\",\"k\":\"k\",\"a\":\"x\\\\\",\"b\":\"y\",\"c\":\"z\"}");

        assertThat(one).isNotEqualTo(other);
        assertThat(third).isNotEqualTo(one).isNotEqualTo(other);
    }

    @Test
    void joinsAtLeastTwoParts() {
        assertThatThrownBy(() -> plan("record-id: {join: [a]}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("t.yaml:1:12 AOS-603")
                .hasMessageContaining("at least two parts");
    }

    /** The record's id, or the code of what is wrong. */
    private static String id(String recordId, String json) {
        RawRecord record =
                new RawRecord(
                        KEY,
                        "test",
                        null,
                        null,
                        0,
                        "t",
                        0,
                        1,
                        null,
                        json.getBytes(StandardCharsets.UTF_8),
                        null,
                        null);
        Translation translation =
                new Translator(ScanLimits.DEFAULT)
                        .translate(record, new StreamTarget(KEY, "test", plan(recordId)));
        return translation.fault() == null
                ? translation.events().get(0).recordId()
                : translation.fault().code();
    }

    private static Plan plan(String recordId) {
        String mapping =
                recordId
                        + """

                        mapping: test-account
                        source: test
                        stream: lines
                        entity: account
                        fields: {account_id: k, name: name}
                        """;
        return PlanCompiler.compile(
                MappingReader.read("t.yaml", mapping.getBytes(StandardCharsets.UTF_8)),
                EntityModel.shipped());
    }
}
