package io.autonomos.mappings.edit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Code;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.language.Place;
import io.autonomos.mappings.scan.SourcePath;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MappingWriterTest {

    private static final RecursiveComparisonConfiguration RULES =
            RecursiveComparisonConfiguration.builder()
                    .withIgnoredFieldsOfTypes(Place.class)
                    .withIgnoredFields("tests", "places")
                    .withIgnoredFieldsMatchingRegexes(".*isBlock")
                    .build();

    static Stream<Mapping> shipped() {
        return MappingCatalog.shipped().mappings().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void aShippedMappingIsTheSameAfterItIsWrittenAndRead(Mapping mapping) {
        String text = MappingWriter.write(mapping);

        Mapping read = MappingReader.read("written", text.getBytes(UTF_8));

        assertThat(read).usingRecursiveComparison(RULES).isEqualTo(mapping);
    }

    @Test
    void everyKeyOfAFileIsWritten() {
        String file =
                """
                mapping: a
                version: 7
                source: [one, uno]
                stream: s
                entity: account
                note: "quotes \\" and \\\\ stay"
                record-id: {join: [A, [B, '"odd name".x[2]']]}
                clock: [T, U]
                each: Items[].Parts[]
                filter: record.A != "x"
                delete-when: record.Gone == true
                ignore: [I]
                format: [M/d/yyyy, iso]
                tables: {t: {"a: b": "c", d: null}}
                fields:
                  account_id: A
                  name: {expr: 'record.B + ": " + record.C', on-error: reject, note: n}
                  type: {from: T, values: t, keep-unmapped: true, when: record.T != ""}
                  industry: {const: "007"}
                  phone: {from: P, normalize: [spaces, phone], region: US}
                  employees: {from: E, scale: 0.5, default: "0", on-error: "null"}
                  external_ids: {from: X, split: ";"}
                  created_at: {from: C, format: [dd/MM/yyyy, iso], cast: timestamp}
                """;
        Mapping mapping = MappingReader.read("file", file.getBytes(UTF_8));

        Mapping read = MappingReader.read("written", MappingWriter.write(mapping).getBytes(UTF_8));

        assertThat(read).usingRecursiveComparison(RULES).isEqualTo(mapping);
    }

    @Test
    void aPathThatMovedIsTriedBeforeTheOldOneInRulesAndRecordId() {
        Mapping mapping =
                MappingReader.read(
                        "file",
                        """
                        mapping: a
                        source: s
                        stream: s
                        entity: account
                        record-id: Id
                        fields: {account_id: Id, name: {expr: "record.Name + record.NameX"}}
                        """
                                .getBytes(UTF_8));
        SourcePath to = SourcePath.parse("Key.\"a b\"");
        Mapping.FieldRule id = Rules.withPath(mapping.fields().get(0), to);
        Mapping.FieldRule name =
                Rules.withReference(mapping.fields().get(1), "record.Name", "record.Title");

        Mapping moved =
                Rules.with(
                        mapping,
                        4,
                        Map.of("account_id", id, "name", name),
                        Map.of(SourcePath.parse("Id"), to));

        assertThat(moved.version()).isEqualTo(4);
        assertThat(moved.recordId()).containsExactly(List.of(to, SourcePath.parse("Id")));
        assertThat(moved.fields().get(0).from()).containsExactly(to, SourcePath.parse("Id"));
        assertThat(moved.fields().get(1).expression())
                .extracting(Code::text)
                .isEqualTo("first([record.Title, record.Name]) + record.NameX");
    }
}
