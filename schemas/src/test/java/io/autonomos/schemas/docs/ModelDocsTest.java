package io.autonomos.schemas.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelDocsTest {

    @Test
    void thePageOnTheModelIsFresh() {
        GeneratedDocs.check("docs/model.md", ModelDocs.model(EntityModel.shipped()));
    }

    @Test
    void thePageOnErrorsIsFresh() {
        GeneratedDocs.check("docs/errors.md", ModelDocs.errors());
    }

    @Test
    void theModelShowsTypesBoundsAndColumns() {
        String page = ModelDocs.model(EntityModel.shipped());

        assertThat(page)
                .contains("| `opportunity_id` | text | yes | `text` | `VARCHAR` |")
                .contains("| `probability` | decimal, 0 to 100 |  | `numeric` | `DECIMAL(38,18)` |")
                .contains("| `employees` | integer, at least 0 |  | `bigint` | `BIGINT` |")
                .contains("| `currency` | ISO 4217 code |  |")
                .contains("Identity: `resource_id`, `usage_type`, `region`, `period_start`.");
    }

    @Test
    void everyErrorCodeStandsOnItsPageOnceInItsRange() {
        String page = ModelDocs.errors();

        assertThat(page.lines().filter(line -> line.startsWith("| `AOS-")))
                .hasSameSizeAs(ErrorCode.values())
                .isSorted();
        assertThat(page).contains("## 2xx: parse\n\n| code |");
    }

    @Test
    void errorCodesAreUniqueAndWellFormed() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("AOS-[1-9][0-9]{2}"));
        assertThat(Arrays.asList(ErrorCode.values()))
                .allMatch(code -> code.summary().endsWith(".") && code.remedy().endsWith("."));
    }

    @Test
    void aStalePageFailsAndTellsTheCommand(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("docs/page.md");

        assertThatThrownBy(() -> GeneratedDocs.check(page, "one\n", false))
                .hasMessageContaining("docs/page.md is missing")
                .hasMessageContaining(GeneratedDocs.COMMAND);

        GeneratedDocs.check(page, "one\n", true);
        GeneratedDocs.check(page, "one\n", false);
        Files.writeString(page, Files.readString(page).replace("one", "two"));

        assertThatThrownBy(() -> GeneratedDocs.check(page, "one\n", false))
                .hasMessageContaining("docs/page.md is stale from line 3");
    }

    @Test
    void theRootIsTheOutermostFolderWithAPom(@TempDir Path folder) throws IOException {
        Path module = Files.createDirectories(folder.resolve("root/module"));
        Files.createFile(folder.resolve("root/pom.xml"));
        Files.createFile(module.resolve("pom.xml"));

        assertThat(GeneratedDocs.root(module)).isEqualTo(folder.resolve("root"));
    }
}
