package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.mappings.edit.MappingWriter;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The record's id and its clock may be expressions. */
class ComputedIdAndClockTest {

    private static final String LINES =
            """
            record-id: {expr: 'lower(record.Region) + "/" + string(record.No)'}
            clock: {expr: 'record.Day + "T" + record.Time + "Z"'}
            fields:
              contact_id: No
            """;

    @Test
    void areWorkedOutFromTheRecord() {
        CanonicalEvent event =
                TestingTranslator.ofContacts(LINES)
                        .event(
                                """
                                {"No":7,"Region":"EU","Day":"2026-01-31","Time":"10:00:00"}""");

        assertThat(event.recordId()).isEqualTo("eu/7");
        assertThat(event.eventTime())
                .isEqualTo(Instant.parse("2026-01-31T10:00:00Z").toEpochMilli() * 1_000);
    }

    @Test
    void theAddressIdWinsAndSaysItForADelete() {
        TestingTranslator translator = TestingTranslator.ofContacts(LINES).recordId("eu/9");

        assertThat(translator.event("{\"No\":7,\"Region\":\"EU\"}").recordId()).isEqualTo("eu/9");
        assertThat(translator.op("delete").event("{}").recordId()).isEqualTo("eu/9");
    }

    @Test
    void anExpressionWithoutAValueIsADeadLetterForTheIdAndNoTimeForTheClock() {
        TestingTranslator translator = TestingTranslator.ofContacts(LINES);

        assertThat(translator.fault("{\"No\":7}").code())
                .isEqualTo(ErrorCode.VALUE_EXPRESSION.code());
        assertThat(translator.event("{\"No\":7,\"Region\":\"EU\"}").eventTime())
                .isEqualTo(TestingTranslator.EMITTED_AT * 1_000);
    }

    @ParameterizedTest
    @CsvSource({"7,7", "1.50,1.50", "a,a"})
    void theIdIsTheTextOfATextOrNumber(String value, String id) {
        String json = value.equals("a") ? "\"a\"" : value;

        assertThat(
                        TestingTranslator.ofContacts(
                                        "record-id: {expr: record.X}\nfields: {contact_id: No}\n")
                                .event("{\"No\":1,\"X\":%s}".formatted(json))
                                .recordId())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "true", "[1]", "{}"})
    void aValueOfAnotherKindIsNoId(String value) {
        assertThat(
                        TestingTranslator.ofContacts(
                                        "record-id: {expr: record.X}\nfields: {contact_id: No}\n")
                                .fault("{\"No\":1,\"X\":%s}".formatted(value))
                                .code())
                .isEqualTo(ErrorCode.RECORD_ID_MISSING.code());
    }

    @Test
    void anIdentityByExpressionIsTheRecordsId() {
        assertThat(
                        TestingTranslator.ofContacts(
                                        "fields: {contact_id: {expr: '\"c-\" + string(record.No)'}}\n")
                                .event("{\"No\":1}")
                                .recordId())
                .isEqualTo("c-1");
    }

    @Test
    void isWrittenAsItWasRead() {
        String file = "mapping: m\nsource: s\nstream: t\nentity: contact\n" + LINES;
        Mapping mapping = MappingReader.read("t.yaml", file.getBytes(UTF_8));
        Mapping again = MappingReader.read("t.yaml", MappingWriter.write(mapping).getBytes(UTF_8));

        assertThat(again.idBy().text()).isEqualTo(mapping.idBy().text());
        assertThat(again.clockBy().text()).isEqualTo(mapping.clockBy().text());
        assertThat(again.recordId()).isEmpty();
        assertThat(again.clock()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record-id: {expr: record.A == 1}",
                "clock: {expr: 'true'}",
                "record-id: {expr: record.A +}",
                "clock: {expr: record.A, from: B}"
            })
    void whatCannotBeAnIdOrTimeIsRefused(String line) {
        assertThatThrownBy(
                        () -> TestingTranslator.ofContacts(line + "\nfields: {contact_id: No}\n"))
                .isInstanceOf(MappingException.class);
    }
}
