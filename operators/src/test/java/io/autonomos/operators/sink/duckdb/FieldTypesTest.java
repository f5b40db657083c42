package io.autonomos.operators.sink.duckdb;

import static io.autonomos.operators.TestingEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.EntityModel;
import io.autonomos.schemas.model.EntitySchema;
import io.autonomos.schemas.model.FieldType;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldTypesTest {

    private static final String ACME = "acme";

    private static final Map<FieldType, String> TOKENS =
            new EnumMap<>(
                    Map.of(
                            FieldType.TEXT, "\"O\\\"Brien \\u00e9 😀\"",
                            FieldType.INTEGER, "-9223372036854775808",
                            FieldType.DECIMAL, "-12345678901234567890.123456789012345678",
                            FieldType.BOOLEAN, "true",
                            FieldType.DATE, "\"1600-02-29\"",
                            FieldType.TIMESTAMP, "\"1969-12-31T23:59:59.000001Z\"",
                            FieldType.TEXT_LIST, "[\"a,b\",\"\\\"\",\"\"]",
                            FieldType.TEXT_MAP, "{\"k\":\"v\"}"));

    private static final Map<FieldType, String> EXPECTED =
            new EnumMap<>(
                    Map.of(
                            FieldType.TEXT, "O\"Brien é 😀",
                            FieldType.INTEGER, "-9223372036854775808",
                            FieldType.DECIMAL, "-12345678901234567890.123456789012345678",
                            FieldType.BOOLEAN, "true",
                            FieldType.DATE, "1600-02-29",
                            FieldType.TIMESTAMP, "1969-12-31 23:59:59.000001+00",
                            FieldType.TEXT_LIST, "['a,b', '\"', '']",
                            FieldType.TEXT_MAP, "{\"k\":\"v\"}"));

    @TempDir private Path directory;

    @Test
    void everyFieldOfEveryEntityKeepsItsValue() throws Exception {
        Set<FieldType> seen = EnumSet.noneOf(FieldType.class);
        try (TestingFiles files = new TestingFiles(directory)) {
            for (EntitySchema entity : EntityModel.shipped().entities()) {
                var full = event(entity, "full").extras("{\"x\":[1,null]}");
                entity.fields()
                        .forEach(field -> full.withJson(field.name(), TOKENS.get(field.type())));
                files.merge(full.build(), event(entity, "empty").build());

                for (EntityField field : entity.fields()) {
                    seen.add(field.type());
                    String sql =
                            "SELECT \"%s\"::VARCHAR FROM %s_current ORDER BY record_id DESC"
                                    .formatted(field.name(), entity.name());
                    assertThat(files.rows(ACME, sql))
                            .as("%s.%s", entity.name(), field.name())
                            .containsExactly(EXPECTED.get(field.type()), "null");
                }
            }
            assertThat(files.rows(ACME, "SELECT extras->>'$.x[0]' FROM account_current"))
                    .containsExactlyInAnyOrder("1", "null");
        }
        assertThat(seen).isEqualTo(EnumSet.allOf(FieldType.class));
    }

    @Test
    void theEnvelopeKeepsItsValues() throws Exception {
        try (TestingFiles files = new TestingFiles(directory)) {
            files.merge(
                    event("account", "r'1").connection("c\"1").stream("s;1")
                            .at(1_700_000_000_123_456L, 42)
                            .id("e1")
                            .build());

            assertThat(
                            files.rows(
                                    ACME,
                                    "SELECT tenant, connection, stream, record_id, event_id,"
                                            + " event_time::VARCHAR, position, deleted, mapping,"
                                            + " mapping_version FROM canonical_account"))
                    .containsExactly(
                            "acme|c\"1|s;1|r'1|e1|2023-11-14 22:13:20.123456+00|42|false|testing|1");
        }
    }
}
