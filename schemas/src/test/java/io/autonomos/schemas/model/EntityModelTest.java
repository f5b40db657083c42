package io.autonomos.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityModelTest {

    private static final String PROPERTIES = "\"properties\":{\"dog_id\":{\"type\":\"string\"}}";

    /** The model that consumers depend on, in words of its own: fields may be added, never lost. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    account | account_id | account_id* name* external_ids:TEXT_LIST type industry owner_id status website phone employees:INTEGER annual_revenue:DECIMAL currency created_at:TIMESTAMP updated_at:TIMESTAMP
                    contact | contact_id | contact_id* account_id first_name last_name name email phone title department role owner_id created_at:TIMESTAMP updated_at:TIMESTAMP
                    opportunity | opportunity_id | opportunity_id* name* account_id stage amount:DECIMAL currency close_date:DATE probability:DECIMAL owner_id type created_at:TIMESTAMP updated_at:TIMESTAMP
                    lead | lead_id | lead_id* first_name last_name name company email phone title status source owner_id converted_account_id converted_contact_id converted_opportunity_id created_at:TIMESTAMP updated_at:TIMESTAMP
                    ticket | ticket_id | ticket_id* subject description status priority type requester_id assignee_id account_id tags:TEXT_LIST created_at:TIMESTAMP updated_at:TIMESTAMP
                    user | user_id | user_id* name email role active:BOOLEAN created_at:TIMESTAMP updated_at:TIMESTAMP
                    aws_resources | resource_id | resource_id* resource_type* region* instance_type vcpus:INTEGER memory:INTEGER storage:INTEGER db_engine instance_class allocated_storage:INTEGER storage_type storage_class size_gb:DECIMAL object_count:INTEGER versioning cpu_utilization:DECIMAL memory_utilization:DECIMAL network_in:DECIMAL network_out:DECIMAL db_connections:INTEGER read_latency:DECIMAL write_latency:DECIMAL get_requests:INTEGER put_requests:INTEGER data_transfer_out:DECIMAL monthly_cost:DECIMAL tags:TEXT_MAP
                    cost_reports | resource_id usage_type region period_start | service_category* region* usage_type* cost*:DECIMAL currency resource_id usage:DECIMAL monthly_cost:DECIMAL period_start:TIMESTAMP period_end:TIMESTAMP
                    health | account_id | account_id* health_score:DECIMAL risk_level last_updated:TIMESTAMP
                    usage | account_id | account_id* last_login_days:INTEGER sessions_30d:INTEGER avg_session_duration:DECIMAL features_used:INTEGER
                    """)
    void everyEntityHasItsIdentityAndFields(String name, String identity, String fields) {
        EntitySchema entity = EntityModel.shipped().entity(name);

        assertThat(entity.identity()).containsExactly(identity.split(" "));
        assertThat(entity.fields().stream().map(EntityModelTest::inWords))
                .containsExactly(fields.split(" "));
    }

    @Test
    void thereAreTenEntitiesEachDescribedAndNumbered() {
        assertThat(EntityModel.shipped().entities()).hasSize(10);
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            assertThat(entity.version()).isEqualTo(1);
            assertThat(entity.description()).endsWith(".");
            for (int i = 0; i < entity.fields().size(); i++) {
                EntityField field = entity.fields().get(i);
                assertThat(field.index()).isEqualTo(i);
                assertThat(field.description()).as(entity + " " + field.name()).endsWith(".");
                assertThat(entity.field(field.name())).isSameAs(field);
            }
        }
    }

    @Test
    void boundsAndFormatsAreRead() {
        EntitySchema opportunity = EntityModel.shipped().entity("opportunity");

        assertThat(opportunity.field("probability").minimum()).isEqualTo(BigDecimal.ZERO);
        assertThat(opportunity.field("probability").maximum()).isEqualTo(new BigDecimal(100));
        assertThat(opportunity.field("amount").minimum()).isNull();
        assertThat(opportunity.field("currency").format()).isEqualTo("currency");
        assertThat(opportunity.field("name").format()).isNull();
    }

    @Test
    void whatMakesRecordsOneRowIsDeclared() {
        EntitySchema account = EntityModel.shipped().entity("account");

        assertThat(account.unify().stream().map(IdentityRule::name))
                .containsExactly("external", "domain", "name");
        assertThat(account.unify().get(1).except()).contains("facebook.com");
        assertThat(account.field("currency").merge().follows()).isEqualTo("annual_revenue");
        assertThat(account.field("owner_id").merge().rule()).isEqualTo(MergeRule.SOURCE_PRIORITY);
        assertThat(account.field("owner_id").merge().references()).containsExactly("user");
        assertThat(account.field("industry").merge().rule()).isEqualTo(MergeRule.NEWEST);
        assertThat(EntityModel.shipped().entity("opportunity").unify()).isEmpty();
    }

    @Test
    void everyReferenceNamesAnEntity() {
        for (EntitySchema entity : EntityModel.shipped().entities()) {
            for (EntityField field : entity.fields()) {
                for (String target : field.merge().references()) {
                    assertThat(EntityModel.shipped().entity(target)).as(target).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"x-merge": "oldest"} | dog_id has the merge rule oldest, which is not one of
                    {"x-merge": "union"} | dog_id has the merge rule union, which is not one of
                    {"x-merge": "source-priority"} | dog_id needs x-sources for source-priority
                    {"x-sources": ["crm"]} | dog_id needs x-sources for source-priority, and only
                    {"x-follows": "cat"} | x-follows names cat, which is no property
                    {"x-follows": "dog_id"} | dog_id follows dog_id, which follows itself
                    """)
    void aMergeRuleThatCannotWorkIsRefused(String words, String problem) {
        String field = "{\"type\":\"string\"," + words.substring(1);

        assertThatThrownBy(() -> EntityModel.parse("dog.json", dog(field, "[]")))
                .hasMessageStartingWith("AOS-")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [{"rule": "record", "fields": {"dog_id": "text"}}] | a rule's name must be
                    [{"rule": "tag"}] | rule tag needs fields
                    [{"rule": "tag", "fields": {"cat": "text"}}] | x-unify names cat, which is no
                    """)
    void anIdentityRuleThatCannotWorkIsRefused(String rules, String problem) {
        assertThatThrownBy(() -> EntityModel.parse("dog.json", dog("{\"type\":\"string\"}", rules)))
                .hasMessageContaining(problem);
    }

    private static byte[] dog(String field, String rules) {
        return """
               {"title": "dog", "x-identity": ["dog_id"], "x-unify": %s, "properties": {"dog_id": %s}}
               """
                .formatted(rules, field)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsUnknownIsNull() {
        assertThat(EntityModel.shipped().entity("dog")).isNull();
        assertThat(EntityModel.shipped().entity("account").field("dog")).isNull();
    }

    @Test
    void aNewEntityIsOneNewFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("entities/dog.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, dog("\"x-version\":3,\"required\":[\"dog_id\"]"));

        try (URLClassLoader loader = loader(folder)) {
            EntityModel model = EntityModel.load(loader);

            assertThat(model.entities()).hasSize(1);
            assertThat(model.entity("dog").version()).isEqualTo(3);
            assertThat(model.entity("dog").field("dog_id").required()).isTrue();
        }
    }

    @Test
    void twoFilesOfOneEntityAreRefused(@TempDir Path folder) throws IOException {
        Path entities = Files.createDirectories(folder.resolve("entities"));
        Files.writeString(entities.resolve("dog.json"), dog("\"x-version\":1"));
        Files.writeString(entities.resolve("puppy.json"), dog("\"x-version\":1"));

        try (URLClassLoader loader = loader(folder)) {
            assertThatThrownBy(() -> EntityModel.load(loader))
                    .hasMessage(
                            "AOS-402: entity file puppy.json: another file has the title dog too.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            textBlock =
                    """
                    {                                             | it is not JSON
                    {"title":"dog","title":"dog"}                 | it is not JSON
                    []                                            | title must be the entity's name
                    {"title":"Dog"}                               | title must be the entity's name
                    {"title":"dog; drop table"}                   | title must be the entity's name
                    {"title":"dog"}                               | properties must name at least one
                    {"title":"dog","properties":{"dogId":{"type":"string"}}} | property dogId must be in snake_case
                    {"title":"dog","properties":{"a":{"type":"blob"}}} | a has the unknown type blob
                    {"title":"dog","properties":{"a":{}}}         | a has the unknown type
                    {"title":"dog","properties":{"a":{"type":"string","format":"email"}}} | a has the unknown format email
                    {"title":"dog","properties":{"a":{"type":"array"}}} | a must hold strings
                    {"title":"dog","properties":{"a":{"type":"array","items":{"type":"object"}}}} | a must hold strings
                    {"title":"dog","properties":{"a":{"type":"object","additionalProperties":true}}} | a must hold strings
                    {"title":"dog","properties":{"a":{"type":"number","minimum":"0"}}} | a has a minimum that is no number
                    {"title":"dog","properties":{"a":{"type":"number","minimum":2,"maximum":1}}} | a has a minimum above its maximum
                    {"title":"dog","properties":{"a":{"type":"string"}}} | x-identity must name at least one
                    {"title":"dog","properties":{"a":{"type":"string"}},"x-identity":["b"]} | x-identity names b, which is no property
                    {"title":"dog","properties":{"a":{"type":"string"}},"required":["b"]} | required names b, which is no property
                    {"title":"dog","properties":{"a":{"type":"string"}},"x-identity":["a"],"x-version":0} | x-version must be at least 1
                    """)
    void aFileThatIsNoEntityIsRefusedWithItsNameAndTheReason(String json, String why) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> EntityModel.parse("dog.json", bytes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("AOS-402: entity file dog.json: ")
                .hasMessageContaining(why);
    }

    @Test
    void theListsOfAnEntityCannotBeChanged() {
        EntitySchema account = EntityModel.shipped().entity("account");

        for (List<?> list : List.of(account.fields(), account.identity())) {
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThatThrownBy(EntityModel.shipped().entities()::clear)
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theColumnTypesOfBothDatabasesAreFixed() {
        assertThat(
                        List.of(FieldType.values()).stream()
                                .map(t -> t + " " + t.postgresType() + " " + t.duckDbType())
                                .collect(Collectors.joining("\n")))
                .isEqualTo(
                        """
                        TEXT text VARCHAR
                        INTEGER bigint BIGINT
                        DECIMAL numeric DECIMAL(38,18)
                        BOOLEAN boolean BOOLEAN
                        DATE date DATE
                        TIMESTAMP timestamptz TIMESTAMPTZ
                        TEXT_LIST text[] VARCHAR[]
                        TEXT_MAP jsonb JSON""");
    }

    private static String inWords(EntityField field) {
        String type = field.type() == FieldType.TEXT ? "" : ":" + field.type();
        return field.name() + (field.required() ? "*" : "") + type;
    }

    private static String dog(String more) {
        return "{\"title\":\"dog\",\"x-identity\":[\"dog_id\"],%s,%s}".formatted(PROPERTIES, more);
    }

    private static URLClassLoader loader(Path folder) throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }
}
