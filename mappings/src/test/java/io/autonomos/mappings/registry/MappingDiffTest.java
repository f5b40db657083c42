package io.autonomos.mappings.registry;

import static io.autonomos.mappings.registry.TestingVersions.mapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.registry.MappingDiff.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingDiffTest {

    @Test
    void layoutCommentsAndOrderAreNoDifference() {
        String other =
                """
                # the same
                fields:

                  name: [Name]   # the name
                  account_id: Id
                entity: account
                stream: Account
                source: salesforce
                record-id: Id
                mapping: own
                """;

        assertThat(diff(mapping("Name"), other)).isEmpty();
    }

    @Test
    void namesWhatIsNewGoneAndDifferent() {
        String before = mapping("Name") + "  phone: Phone\n  website: Web\n";
        String after =
                mapping("[Alias, Name]")
                        + "  phone: {from: Phone, default: none}\n  industry: Industry\n";

        assertThat(diff(before, after))
                .containsExactly(
                        new Change("name", "from", "Name", "Alias, Name"),
                        new Change("phone", "default", null, "none"),
                        new Change("website", null, "from: Web", null),
                        new Change("industry", null, null, "from: Industry"));
    }

    @Test
    void keysOfTheWholeMappingCountToo() {
        String after =
                mapping("Name").replace("record-id: Id", "record-id: Key") + "ignore: [Junk]\n";

        assertThat(diff(mapping("Name"), after))
                .extracting(Change::field, Change::key)
                .containsExactly(tuple(null, "record-id"), tuple(null, "ignore"));
    }

    private static List<Change> diff(String before, String after) {
        return MappingDiff.of(read(before), read(after));
    }

    private static Mapping read(String yaml) {
        return MappingCatalog.compile("test.yaml", yaml.getBytes(UTF_8)).mapping();
    }
}
