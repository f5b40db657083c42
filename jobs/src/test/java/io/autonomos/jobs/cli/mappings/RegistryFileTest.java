package io.autonomos.jobs.cli.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.language.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries in CSV that are wrong, and what is said to their rows. */
class RegistryFileTest {

    private static final String HEAD =
            "tenant,connection,source,stream,canonical field,source field,cast,confidence,entity\n";
    private static final String ROWS =
            """
            acme,shop,acmeshop,orders,opportunity_id,order_no,,0.99,opportunity
            acme,shop,acmeshop,orders,name,title,,0.99,opportunity
            """;

    @TempDir private Path folder;

    @Test
    void aRightOneHasNoProblem() throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            RegistryFile read = read((HEAD + ROWS).replace("\n", end));

            assertThat(read.problems()).isEmpty();
            assertThat(ofStream(read)).isEmpty();
        }
        assertThat(read("\uFEFF" + HEAD + ROWS).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount,sum,money,0.9,opportunity | 4:38: AOS-615: there is no cast money.
                    amount,sum,date,0.9,opportunity  | 4:1: AOS-608: the cast date does not make
                    amount,sum,,1.7,opportunity      | 4:39: AOS-615: the confidence is not a number from 0 to 1. Write it as 0.97.
                    amount,sum,,-0.1,opportunity     | 4:39: AOS-615: the confidence is not a number
                    amount,sum,,NaN,opportunity      | 4:39: AOS-615: the confidence is not a number
                    amount,sum,,97%,opportunity      | 4:39: AOS-615: the confidence is not a number
                    amount,sum,,1e400,opportunity    | 4:39: AOS-615: the confidence is not a number
                    amount,sum,,0.9,account          | 4:1: AOS-615: the stream is account here and opportunity above.
                    stag,sum,,0.9,opportunity        | 4:1: AOS-605: opportunity has no field stag. Did you mean stage?
                    """)
    void aRowIsRefusedWithItsPlaceAndWhatToWrite(String row, String said) throws IOException {
        RegistryFile read = read(HEAD + ROWS + "acme,shop,acmeshop,orders," + row + "\n");

        assertThat(read.problems()).isEmpty();
        assertThat(ofStream(read)).hasSize(1).allMatch(each -> each.contains(said));
    }

    @Test
    void rowsThatContradictEachOtherAreRefused() throws IOException {
        String more =
                "acme,shop,acmeshop,orders,amount,a,int,,\nacme,shop,%s,orders,amount,b,%s,,\n";

        assertThat(ofStream(read(HEAD + ROWS + more.formatted("acmeshop", "text"))))
                .containsExactly(
                        "5:1: AOS-615: amount is cast to text here and to integer in line 4. Keep"
                                + " one of them.");
        assertThat(ofStream(read(HEAD + ROWS + more.formatted("other", "int"))))
                .containsExactly(
                        "5:1: AOS-615: the source is other here and acmeshop above. Keep one of"
                                + " them.");
    }

    @Test
    void theSameRowAgainChangesNothing() throws IOException {
        String once = read(HEAD + ROWS).streams().get("acme/shop/orders").mapping().text();
        RegistryFile twice = read(HEAD + ROWS + ROWS);

        assertThat(ofStream(twice)).isEmpty();
        assertThat(twice.streams().get("acme/shop/orders").mapping().text()).isEqualTo(once);
    }

    @Test
    void whatIsWrongWithTheWholeFileIsSaidOnce() throws IOException {
        assertThat(whole("")).containsExactly(saidOfNoRow());
        assertThat(whole(HEAD)).containsExactly(saidOfNoRow());
        assertThat(whole(HEAD.replace("source field", "src field") + ROWS))
                .containsExactly(
                        "1:1: AOS-615: the header lacks source field. Instead it has src field.");
        assertThat(whole("source,stream,Source\na,b,c\n"))
                .containsExactly(
                        "1:1: AOS-615: the header lacks canonical field, source field. Add it there"
                                + " and to each row.",
                        "1:1: AOS-615: the column source stands twice. Keep one of them.");
        assertThat(strings(read(HEAD + ROWS, StandardCharsets.UTF_16).problems()))
                .containsExactly(
                        "1:1: AOS-212: The CSV header cannot be used. Save as UTF-8, columns"
                                + " named once.");
    }

    @Test
    void aRowOfWhichTheStreamCannotBeToldIsAProblemOfTheFile() throws IOException {
        assertThat(whole(HEAD + ROWS + "acme,shop\n")).allMatch(p -> p.startsWith("4:1: AOS-210"));
        assertThat(whole(HEAD + ROWS + "acme,\"shop,a,orders,x,y,,,\n"))
                .allMatch(p -> p.startsWith("4:1: AOS-211"));
        assertThat(whole(HEAD + ROWS + "acme,shop,acmeshop,orders,amount,,,0.9,opportunity\n"))
                .containsExactly(
                        "4:1: AOS-615: there is no value in the column source field. Each row needs"
                                + " source, stream, canonical field, source field.");
    }

    @Test
    void anEntityThatCannotBeGuessedIsAskedFor() throws IOException {
        assertThat(
                        ofStream(
                                read(
                                        """
                                        source,stream,canonical field,source field
                                        shop,orders,nme,title
                                        """)))
                .containsExactly(
                        "2:1: AOS-615: no entity has all fields of the stream's rows. Name it in the"
                                + " column entity, or mend the fields' names.");
    }

    private static String saidOfNoRow() {
        return "1:1: AOS-615: there is no row. Write a line with the columns tenant, connection,"
                + " source, stream, canonical field, source field, cast, confidence, entity.";
    }

    private List<String> whole(String csv) throws IOException {
        return strings(read(csv).problems());
    }

    private static List<String> ofStream(RegistryFile read) {
        return strings(read.streams().values().iterator().next().problems());
    }

    private static List<String> strings(List<Problem> problems) {
        return problems.stream()
                .map(
                        each ->
                                "%d:%d: %s: %s %s"
                                        .formatted(
                                                each.place().line(),
                                                each.place().column(),
                                                each.code().code(),
                                                each.message(),
                                                each.hint()))
                .toList();
    }

    private RegistryFile read(String csv) throws IOException {
        return read(csv, StandardCharsets.UTF_8);
    }

    private RegistryFile read(String csv, Charset encoding) throws IOException {
        Path file = Files.write(folder.resolve("registry.csv"), csv.getBytes(encoding));
        return RegistryFile.read(file, 0);
    }
}
