package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchEvalCommandTest {

    private static final String FIELDS =
            """
            "before":[{"name":"FirstName","type":"string"},{"name":"LastName","type":"string"},\
            {"name":"Score","type":"integer"}],\
            "after":[{"name":"first_name","type":"string"},{"name":"last_name","type":"string"},\
            {"name":"photo_url","type":"string"}]""";

    private static final String TRUTH =
            """
            "truth":[{"before":"FirstName","after":"first_name","kind":"renamed",\
            "difficulty":"case_only"},\
            {"before":"LastName","after":"last_name","kind":"renamed","difficulty":"case_only"},\
            {"before":"Score","after":null,"kind":"removed"},\
            {"before":null,"after":"photo_url","kind":"added"}]""";

    private final TestingConsole console = new TestingConsole();
    private final JsonMapper mapper = new JsonMapper();

    @TempDir private Path folder;
    private Path judged;
    private Path open;

    @BeforeEach
    void writeCases() throws IOException {
        judged = folder.resolve("judged.jsonl");
        open = folder.resolve("open.jsonl");
        Files.writeString(
                judged,
                "{\"case_id\":\"a\",\"case_type\":\"api_migration\",%s,%s}\n"
                        .formatted(FIELDS, TRUTH));
        Files.writeString(open, "{\"case_id\":\"b\",%s}\n".formatted(FIELDS));
    }

    @Test
    void printsOneJsonLinePerCaseAndOneWithTheTotals() throws IOException {
        int exit = console.run("match-eval", "--json", folder.toString());

        assertThat(exit).isZero();
        assertThat(console.out()).hasSize(3);
        JsonNode first = mapper.readTree(console.out().get(0));
        assertThat(first.path("case_id").asText()).isEqualTo("a");
        assertThat(first.path("decisions")).hasSize(3);
        JsonNode name = first.path("decisions").get(0);
        assertThat(name.path("before").asText()).isEqualTo("FirstName");
        assertThat(name.path("after").asText()).isEqualTo("first_name");
        assertThat(name.path("tier").asText()).isEqualTo("apply");
        assertThat(name.path("confidence").asDouble()).isBetween(0.85, 1.0);
        JsonNode totals = mapper.readTree(console.out().get(2)).path("totals");
        assertThat(totals.path("cases").asInt()).isEqualTo(2);
        assertThat(totals.path("all").path("renames").asInt()).isEqualTo(2);
        assertThat(totals.path("all").path("applied_precision").asDouble()).isEqualTo(1);
        assertThat(totals.path("baselines")).isNotEmpty();
    }

    @Test
    void decidesCasesWithoutTruthAndSaysSo() {
        int exit = console.run("match-eval", open.toString());

        assertThat(exit).isZero();
        assertThat(console.out())
                .anyMatch(line -> line.contains("FirstName -> first_name"))
                .anyMatch(line -> line.contains("1 cases have no truth"));
    }

    @Test
    void saysWhichLineIsNoCase() throws IOException {
        Files.writeString(judged, "\n{\"case_id\":\"x\"}\n");

        int exit = console.run("match-eval", judged.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(console.err()).anyMatch(line -> line.contains("judged.jsonl:2"));
    }

    @Test
    void saysThatAPathDoesNotExist() {
        assertThat(console.run("match-eval", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(console.err()).anyMatch(line -> line.contains("does not exist"));
    }

    @Test
    void refusesThresholdsInTheWrongOrder() {
        int exit =
                console.run("match-eval", "--apply", "0.5", "--review", "0.6", judged.toString());

        assertThat(exit).isEqualTo(1);
        assertThat(console.err()).anyMatch(line -> line.contains("review <= apply"));
    }
}
