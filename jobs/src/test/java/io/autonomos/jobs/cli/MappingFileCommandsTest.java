package io.autonomos.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint}, {@code test} and {@code preview}, and {@code canonicalize} with a mapping file. */
class MappingFileCommandsTest {

    private static final String MAPPING =
            """
            mapping: closebase-deals
            source: closebase
            stream: deals
            entity: opportunity
            filter: record.Kind != "test"
            fields:
              opportunity_id: No
              name: {expr: 'record.Customer + ": " + record.Title'}
              close_date: {from: Due, format: dd.MM.yyyy}
            tests:
              - name: a deal
                input: {No: 7, Customer: Acme, Title: Pipes, Due: 24.12.2026}
                output: {opportunity_id: "7", name: "Acme: Pipes", close_date: 2026-12-24}
            """;
    private static final String RECORDS =
            """
            No,Customer,Title,Due,Kind
            7,Acme,Pipes,24.12.2026,x
            8,Acme,Try,24.12.2026,test
            ,Beta,Tubes,31.12.2026,x
            """;

    private final TestingConsole console = new TestingConsole();

    @TempDir private Path folder;

    @Test
    void lintShowsTheLineAndWhatToWriteInstead() throws IOException {
        Path file = file("m.yaml", MAPPING.replace("name: {expr", "nmae: {expr"));

        assertThat(console.run("lint", file.toString())).isEqualTo(1);

        assertThat(console.out())
                .containsSequence(
                        file + ":8:3: error AOS-605: opportunity has no field nmae.",
                        "  8 |   nmae: {expr: 'record.Customer + \": \" + record.Title'}",
                        "    |   ^",
                        "  Did you mean name?")
                .endsWith("1 file: 2 errors, 0 warnings");
    }

    @Test
    void whatIsHiddenInAFolderIsNotRead() throws IOException {
        Files.createDirectories(folder.resolve(".git/x"));
        file("m.yaml", MAPPING);
        file(".hidden.yaml", "no mapping");
        file(".git/x/m.yaml", "no mapping");

        assertThat(console.run("lint", folder.toString())).isZero();
        assertThat(console.run("test", folder.toString())).isZero();

        Path hidden = Files.createDirectory(folder.resolve(".mine"));
        file(".mine/m.yaml", MAPPING);
        assertThat(console.run("lint", hidden.toString())).isZero();
        assertThat(console.run("lint", folder.resolve(".hidden.yaml").toString())).isEqualTo(1);
    }

    @Test
    void lintHoldsTheMappingAgainstASample() throws IOException {
        Path file = file("m.yaml", MAPPING);
        Path records = file("r.csv", RECORDS.replace("Due", "DueDate"));

        assertThat(console.run("lint", file.toString(), "--sample", records.toString())).isZero();
        assertThat(console.out())
                .anyMatch(l -> l.contains("warning AOS-657") && l.contains("close_date"));
        assertThat(console.run("lint", "--strict", file.toString(), "--sample", records.toString()))
                .isEqualTo(1);
        Path other = file("o.csv", "a,b\n1,2\n");
        console.run("lint", file.toString(), "--sample", other.toString());
        assertThat(console.out()).anyMatch(l -> l.contains("any of the mapping's fields"));
    }

    @Test
    void testRunsWhatTheFileStatesAndSaysWhatDiffers() throws IOException {
        Path good = file("m.yaml", MAPPING);
        Path bad = file("n.yaml", MAPPING.replace("Acme: Pipes", "Acme - Pipes"));
        Path xml = folder.resolve("junit.xml");

        assertThat(console.run("test", good.toString())).isZero();
        assertThat(console.run("test", folder.toString(), "--junit-xml", xml.toString()))
                .isEqualTo(1);

        assertThat(console.out())
                .anyMatch(
                        line ->
                                line.contains(bad + ":11:5: error AOS-613")
                                        && line.contains(
                                                "name is \"Acme: Pipes\", not \"Acme - Pipes\""));
        assertThat(Files.readString(xml)).contains("tests=\"1\" failures=\"1\"").contains("Acme");
    }

    @Test
    void previewShowsSourceAndCanonicalSideBySide() throws IOException {
        Path file = file("m.yaml", MAPPING);
        Path records = file("r.csv", RECORDS);

        int exit =
                console.run(
                        "preview", "--mapping", file.toString(), "--sample", records.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(console.out())
                .contains("record 1: upsert opportunity 7", "record 2: filtered")
                .anyMatch(l -> l.matches("Due +\"24.12.2026\" +close_date +\"2026-12-24\""))
                .anyMatch(l -> l.startsWith("record 3: dead letter AOS-310"));
    }

    @Test
    void previewSaysHowADateOfAnotherLocaleIsRead() throws IOException {
        String plain = MAPPING.replace("{from: Due, format: dd.MM.yyyy}", "Due");
        Path file = file("m.yaml", plain);
        Path records = file("r.csv", RECORDS.replace("24.12.2026", "4/5/2026"));
        String[] preview = {
            "preview", "--mapping", file.toString(), "--sample", records.toString()
        };

        console.run(preview);
        assertThat(said()).contains("AOS-304").contains("format: M/d/yyyy");

        file("m.yaml", plain.replace("fields:", "format: M/d/yyyy\nfields:"));
        console.run(preview);
        assertThat(console.out())
                .anyMatch(l -> l.matches("Due +\"4/5/2026\" +close_date +\"2026-04-05\""));
    }

    @Test
    void previewShowsWhatTheFileItselfRefuses() throws IOException {
        Path file = file("m.yaml", MAPPING);
        Path records = file("r.csv", RECORDS + "9,Acme\n");

        int exit =
                console.run(
                        "preview",
                        "--limit",
                        "9",
                        "--mapping",
                        file.toString(),
                        "--sample",
                        records.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(console.out()).anyMatch(l -> l.startsWith("record 4: dead letter AOS-210"));
    }

    @Test
    void everyCommandSaysTheSameOfAFileThatCannotBeUsed() throws IOException {
        Path wrong = file("m.yaml", MAPPING.replace("fields:", "fields: !include /etc/passwd #"));
        Path records = file("r.csv", RECORDS);
        String first = wrong + ":6:9: error AOS-601: tags such as !include are not allowed.";

        for (String[] command : commands(wrong, records)) {
            assertThat(console.run(command)).as(command[0]).isEqualTo(1);
            assertThat(said()).as(command[0]).contains(first).doesNotContain("\tat ");
        }
    }

    @Test
    void aFileThatIsNoneHasACodeOfItsOwn() throws IOException {
        Path records = file("r.csv", RECORDS);

        for (String[] command : commands(folder.resolve("absent.yaml"), records)) {
            assertThat(console.run(command)).as(command[0]).isEqualTo(1);
            assertThat(said()).as(command[0]).contains("AOS-614").contains("does not exist");
        }
        Path inner = Files.createDirectory(folder.resolve("inner"));
        for (String[] command : commands(inner, records)) {
            assertThat(console.run(command)).as(command[0]).isEqualTo(1);
            assertThat(said()).as(command[0]).contains("AOS-614");
        }
    }

    @Test
    void whatATerminalWouldActOnIsNotPrinted() throws IOException {
        Path file = file("m.yaml", "x".repeat(5_000) + "\u001B[31m: \u0000");

        assertThat(console.run("lint", file.toString())).isEqualTo(1);

        assertThat(said()).contains(":1:5001: error AOS-601: the character U+001B");
        assertThat(console.out()).allMatch(l -> l.length() < 300 && l.indexOf(0x1B) < 0);
    }

    @Test
    void lintKnowsTheFieldsThatATestExpects() throws IOException {
        Path output = file("m.yaml", MAPPING.replace("\"7\", name:", "\"7\", nme:"));
        Path error =
                file(
                        "n.yaml",
                        MAPPING + "  - input: {No: 8}\n    error: {code: AOS-313, field: nme}\n");

        for (Path each : List.of(output, error)) {
            assertThat(console.run("lint", each.toString())).isEqualTo(1);
            assertThat(said())
                    .contains("AOS-605: the test expects nme, which is no field of opportunity.")
                    .contains("Did you mean name?");
            assertThat(console.run("test", each.toString())).isEqualTo(1);
        }
    }

    private static List<String[]> commands(Path mapping, Path records) {
        String file = mapping.toString();
        return List.of(
                new String[] {"lint", file},
                new String[] {"test", file},
                new String[] {"preview", "--mapping", file, "--sample", records.toString()},
                new String[] {"mappings", "publish", "--bootstrap", "localhost:1", file},
                new String[] {
                    "canonicalize",
                    "--mapping",
                    file,
                    "--source",
                    "s",
                    "--stream",
                    "t",
                    records.toString()
                });
    }

    private String said() {
        return String.join("\n", console.out()) + "\n" + String.join("\n", console.err());
    }

    @Test
    void canonicalizeTakesAMappingFile() throws IOException {
        Path file = file("m.yaml", MAPPING);
        Path records = file("r.csv", RECORDS);

        int exit =
                console.run(
                        "canonicalize",
                        "--mapping",
                        file.toString(),
                        "--source",
                        "closebase",
                        "--stream",
                        "deals",
                        records.toString());

        assertThat(exit).isEqualTo(2);
        JsonNode event = new ObjectMapper().readTree(console.out().get(0));
        assertThat(event.at("/data/name").asText()).isEqualTo("Acme: Pipes");
        assertThat(event.at("/mapping/id").asText()).isEqualTo("closebase-deals");
        assertThat(console.err())
                .anyMatch(l -> l.startsWith("3 records: 1 canonical (opportunity 1), 1 filtered"));
    }

    @Test
    void inferDraftsAFileThatLints() throws IOException {
        Path records = file("closebase_deals.csv", RECORDS);

        assertThat(console.run("mappings", "infer", records.toString())).isZero();

        Path draft = file("draft.yaml", String.join("\n", console.out()));
        assertThat(console.out()).contains("source: closebase", "stream: deals");
        assertThat(console.run("lint", draft.toString())).isZero();
        assertThat(console.run("mappings", "infer", records.toString(), "--entity", "dael"))
                .isEqualTo(1);
    }

    @Test
    void lintPrintsTheSchemaForEditors() throws IOException {
        assertThat(console.run("lint", "--schema")).isZero();

        JsonNode schema = new ObjectMapper().readTree(String.join("\n", console.out()));
        assertThat(schema.at("/properties/fields").isObject()).isTrue();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
