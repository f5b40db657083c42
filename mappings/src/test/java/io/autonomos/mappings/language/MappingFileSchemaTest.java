package io.autonomos.mappings.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.expression.Normalizer;
import io.autonomos.schemas.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema that editors complete by, and the reader, know the same language. */
class MappingFileSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @MethodSource("shipped")
    void takesTheShippedMappings(String file, byte[] content) {
        Object yaml =
                new Load(LoadSettings.builder().build())
                        .loadFromString(
                                new String(content, java.nio.charset.StandardCharsets.UTF_8));

        assertThat(schema().validate(JSON.valueToTree(yaml))).isEmpty();
    }

    @Test
    void knowsTheKeysThatTheReaderKnows() {
        JsonNode schema = node();

        assertThat(names(schema.path("properties")))
                .containsExactlyInAnyOrderElementsOf(MappingReader.KEYS);
        assertThat(names(schema.at("/$defs/field/oneOf/3/properties")))
                .containsExactlyInAnyOrderElementsOf(FieldReader.KEYS);
        assertThat(names(schema.at("/$defs/test/properties")))
                .containsExactlyInAnyOrderElementsOf(TestReader.KEYS);
        List<String> forms = new ArrayList<>();
        schema.at("/$defs/form/enum").forEach(form -> forms.add(form.textValue()));
        assertThat(forms).isEqualTo(Normalizer.keys());
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        JsonNode wrong =
                JSON.readTree("{\"mapping\": \"m\", \"fields\": {\"name\": {\"form\": \"x\"}}}");

        assertThat(schema().validate(wrong)).isNotEmpty();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static Stream<Arguments> shipped() {
        return Resources.list(MappingCatalog.class.getClassLoader(), "mappings", ".yaml").stream()
                .map(file -> Arguments.of(file.name(), file.bytes()));
    }

    private static JsonSchema schema() {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node());
    }

    private static JsonNode node() {
        try (InputStream in = MappingReader.class.getResourceAsStream(MappingReader.SCHEMA)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
