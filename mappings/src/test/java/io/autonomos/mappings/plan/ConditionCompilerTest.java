package io.autonomos.mappings.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.language.Problem;
import io.autonomos.schemas.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions are checked against what they stand for before anything runs. */
class ConditionCompilerTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filter: 1 + 1|filter must be true or false, but the expression gives int.",
                "delete-when: lower(record.A)|delete-when must be true or false, but the expression gives string.",
                "record-id: {expr: record.A == 1}|the expression gives bool, which cannot be a record-id.",
                "clock: {expr: 'has(record.A)'}|the expression gives bool, which cannot be a clock.",
            })
    void whatCannotBeWhatItStandsForIsNamed(String line, String message) {
        Problem problem = sole(line + "\nfields: {contact_id: id}\n");

        assertThat(problem.code()).isEqualTo(ErrorCode.MAPPING_CAST);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.hint()).isNotBlank();
    }

    @Test
    void aFieldWithAnExpressionOfAnotherTypeIsRefusedWithWhatToWrite() {
        Problem flag = sole("fields: {contact_id: id, title: {expr: record.A == 1}}\n");
        Problem list = sole("fields: {contact_id: id, title: {expr: '[1]'}}\n");

        assertThat(flag.message())
                .isEqualTo("the expression gives bool, which does not fit title.");
        assertThat(flag.hint()).contains("condition ? 'text'");
        assertThat(list.message())
                .isEqualTo("the expression gives list, which does not fit title.");
        assertThat(list.hint()).isEqualTo("Convert the value inside the expression.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title: {expr: record.A == 1, values: {true: a, false: b}}",
                "title: {expr: record.A}",
                "title: {expr: 'null'}",
                "title: {expr: 1 + 1}",
                "updated_at: {expr: record.A + 1}"
            })
    void whatFitsOrOnlyARecordCanTellCompiles(String field) {
        assertThat(
                        TestingTranslator.ofContacts(
                                        "fields: {contact_id: id, %s}\n".formatted(field))
                                .event("{\"id\":1,\"A\":1}")
                                .recordId())
                .isEqualTo("1");
    }

    @Test
    void anExpressionThatDoesNotCompileIsPlacedInsideItsText() {
        Problem problem = sole("filter: record.A +\nfields: {contact_id: id}\n");

        assertThat(problem.code()).isEqualTo(ErrorCode.MAPPING_EXPRESSION);
        assertThat(problem.message()).startsWith("the expression cannot be compiled: ");
        assertThat(problem.place().line()).isEqualTo(5);
        assertThat(problem.place().column()).isGreaterThan(9);
    }

    @Test
    void aConditionIsAskedOfEachRecord() {
        TestingTranslator translator =
                TestingTranslator.ofContacts(
                        """
                        filter: record.K != 'no'
                        delete-when: record.D == true
                        fields: {contact_id: id, title: {from: T, when: record.W == 1}}
                        """);

        assertThat(translator.translate("{\"id\":1,\"K\":\"no\"}".getBytes(UTF_8)).events())
                .isEmpty();
        assertThat(translator.event("{\"id\":1,\"D\":true}").isDelete()).isTrue();
        assertThat(translator.envelope("{\"id\":1,\"T\":\"a\",\"W\":1}").at("/data/title").asText())
                .isEqualTo("a");
        assertThat(translator.envelope("{\"id\":1,\"T\":\"a\",\"W\":2}").at("/data").has("title"))
                .isFalse();
    }

    private static Problem sole(String lines) {
        MappingException refused =
                catchThrowableOfType(
                        MappingException.class, () -> TestingTranslator.ofContacts(lines));
        List<Problem> problems = refused.problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
