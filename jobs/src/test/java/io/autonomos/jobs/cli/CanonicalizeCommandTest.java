package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalizeCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestingConsole console = new TestingConsole();

    @TempDir private Path folder;

    @Test
    void printsEventsInInputOrderAndCountsEveryRecord() throws IOException {
        String one =
                file("a.jsonl", "{\"Id\":\"1\",\"Name\":\"A\"}\n\n{\"Id\":\"2\",\"Name\":\"B\"}\n");
        String two = file("b.json", "{\n\"Id\": \"3\",\n\"Name\": \"C\"\n}");

        int exit = account("--tenant", "acme", "--connection", "sf", one, two);

        assertThat(exit).isZero();
        assertThat(console.out()).hasSize(3);
        assertThat(ids()).containsExactly("1", "2", "3");
        JsonNode event = JSON.readTree(console.out().get(0));
        assertThat(event.at("/tenant").asText()).isEqualTo("acme");
        assertThat(event.at("/source/connection").asText()).isEqualTo("sf");
        assertThat(console.err())
                .containsExactly("3 records: 3 canonical (account 3), 0 filtered, 0 dead-lettered");
    }

    @Test
    void theSameInputTwiceMakesTheSameEvents() throws IOException {
        String file = file("a.jsonl", "{\"Id\":\"1\",\"Name\":\"A\"}\n");

        account(file);
        List<String> first = console.out();
        account(file);

        assertThat(console.out()).isEqualTo(first);
    }

    @Test
    void deadLettersSayWhatWhereAndHoldTheOriginal() throws IOException {
        String csv = file("x.csv", "Id,Name\n1,ok\n2,\"open\n3\n4,M\u00FCller\n5,ok\n", true);
        Path letters = folder.resolve("letters.jsonl");

        int exit = account("--json", "--dead-letters", letters.toString(), csv);

        assertThat(exit).isEqualTo(2);
        assertThat(ids()).containsExactly("1", "5");
        List<JsonNode> dead = trees(Files.readAllLines(letters));
        assertThat(dead)
                .extracting(d -> d.get("code").asText() + " " + d.get("line") + " " + d.get("raw"))
                .containsExactly(
                        "AOS-211 3 \"2,\\\"open\"",
                        "AOS-210 4 \"3\"",
                        "AOS-204 5 \"4,M\uFFFDller\"");
        assertThat(dead).allMatch(d -> d.get("file").asText().equals(csv));
        assertThat(dead).allMatch(d -> d.get("field").isNull());
        assertThat(dead.get(0).has("raw_base64")).isFalse();
        assertThat(dead.get(2).get("raw_base64").binaryValue())
                .isEqualTo("4,M\u00FCller".getBytes(ISO_8859_1));
        JsonNode summary = JSON.readTree(console.err().get(0));
        assertThat(summary.at("/in").asInt()).isEqualTo(5);
        assertThat(summary.at("/canonical/account").asInt()).isEqualTo(2);
        assertThat(summary.at("/dead_lettered").asInt()).isEqualTo(3);
        assertThat(summary.at("/codes/AOS-204").asInt()).isEqualTo(1);
    }

    @Test
    void deadLettersGoToStderrWithoutAFileAndNameTheField() {
        byte[] input = "{\"Id\":\"1\"}\n{\"Id\":\"2\",\"Name\":\"B\"}".getBytes(UTF_8);

        int exit =
                console.run(
                        input,
                        "canonicalize",
                        "--source",
                        "salesforce",
                        "--stream",
                        "Account",
                        "-");

        assertThat(exit).isEqualTo(2);
        assertThat(ids()).containsExactly("2");
        assertThat(console.err()).hasSize(2);
        JsonNode dead = trees(console.err().subList(0, 1)).get(0);
        assertThat(dead.get("code").asText()).isEqualTo("AOS-310");
        assertThat(dead.get("field").asText()).isEqualTo("name");
        assertThat(dead.get("file").asText()).isEqualTo("-");
        assertThat(dead.get("line").asInt()).isEqualTo(1);
        assertThat(dead.get("raw").asText()).isEqualTo("{\"Id\":\"1\"}");
    }

    @Test
    void theFileNameTellsSourceAndStreamAndCanonicalColumnsTheIdentity() throws IOException {
        String named = file("accounts_salesforce.csv", "Id,Name\n1,A\n");
        String canonical = file("account_salesforce.csv", "account_id,name\n2,B\n");

        int exit = console.run("canonicalize", named, canonical);

        assertThat(exit).isZero();
        assertThat(trees(console.out()))
                .extracting(e -> e.at("/mapping/id").asText())
                .containsExactly("salesforce-account", "files-account");
    }

    @ParameterizedTest
    @CsvSource({
        "nope, Account, 'source nope is not known; there are aws,'",
        "salesforce, 100%s, 'source salesforce has no stream 100%s; there are Account,'"
    })
    void anUnknownStreamFailsAndNamesTheKnownOnes(String source, String stream, String message)
            throws IOException {
        String file = file("a.jsonl", "{}\n");

        int exit = console.run("canonicalize", "--source", source, "--stream", stream, file);

        assertThat(exit).isEqualTo(1);
        assertThat(console.err().get(0)).contains("AOS-401").contains(message);
    }

    @Test
    void nothingIsPrintedWhereALaterFileCannotBeRead() throws IOException {
        String good = file("a.jsonl", "{\"Id\":\"1\",\"Name\":\"A\"}\n");

        assertThat(account(good, folder.resolve("none.jsonl").toString())).isEqualTo(1);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().get(0)).contains("none.jsonl does not exist");
        assertThat(account(good, folder.toString())).isEqualTo(1);
        assertThat(console.err().get(0)).contains("is a folder");
        assertThat(account(good, file("a.txt", ""))).isEqualTo(1);
        assertThat(console.err().get(0)).contains("AOS-105").contains("--format");
        assertThat(console.run("canonicalize", good)).isEqualTo(1);
        assertThat(console.err().get(0)).contains("AOS-106").contains("--source");
    }

    @Test
    void pagesAreReadWhereTheFormatSaysSoAndElseNamed() throws IOException {
        String page =
                file(
                        "page.json",
                        "{\"totalSize\":2,\"records\":[{\"Id\":\"1\",\"Name\":\"A\"},"
                                + "{\"Id\":\"2\",\"Name\":\"B\"}]}");

        assertThat(account("--format", "pages", page)).isZero();
        assertThat(ids()).containsExactly("1", "2");
        assertThat(account(page)).isEqualTo(2);
        assertThat(String.join("\n", console.err()))
                .contains("AOS-208")
                .contains("what it holds as records")
                .contains("--format pages");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "*"})
    void aTenantThatIsNotUsableFails(String tenant) throws IOException {
        assertThat(account("--tenant", tenant, file("a.jsonl", "{}"))).isEqualTo(1);
        assertThat(console.err().get(0)).contains("AOS-801").contains("--tenant");
    }

    @Test
    void anUnknownFormatIsWrongUsage() throws IOException {
        assertThat(account("--format", "xml", file("a.jsonl", "{}"))).isEqualTo(1);
        assertThat(console.err().get(0))
                .contains("expected jsonl, json, csv or pages, but was xml");
    }

    @ParameterizedTest
    @CsvSource({
        "file_csv/hubspot_company.csv, hubspot, companies, 24",
        "file_csv/hubspot_owner.csv, hubspot, owners, 100",
        "file_csv/salesforce_account.csv, salesforce, Account, 10",
        "file_csv/salesforce_lead.csv, salesforce, Lead, 1",
        "file_csv/zendesk_organization.csv, zendesk, organizations, 10",
        "file_csv/zendesk_user.csv, zendesk, users, 10",
        "zendesk/user.jsonl, zendesk, users, 2",
        "zendesk/ticket_audit.jsonl, zendesk, tickets, 1",
        "dynamics365/account.jsonl, dynamics365, account, 8",
        "dynamics365/lead.jsonl, dynamics365, lead, 1",
        "aws/instance.jsonl, aws, instance, 1",
        "aws/function.jsonl, aws, function, 4",
        "aws/nat_gateway.jsonl, aws, nat_gateway, 2",
        "aws/security_group.jsonl, aws, security_group, 1",
        "supabase/users.jsonl, supabase, users, 5",
        "aws/cost_explorer_cost_and_usage.jsonl, aws, cost-explorer-cost-and-usage, 1"
    })
    void theOutsideRecordsOfShippedStreamsAreAllTranslated(
            String path, String source, String stream, int records) {
        String file = SharedData.require("records").resolve(path).toString();

        int exit =
                console.run("canonicalize", "--json", "--source", source, "--stream", stream, file);

        assertThat(console.err()).hasSize(1);
        assertThat(trees(console.err()).get(0).at("/in").asInt()).isEqualTo(records);
        assertThat(exit).isZero();
    }

    private int account(String... more) {
        String[] arguments = new String[5 + more.length];
        System.arraycopy(
                new String[] {"canonicalize", "--source", "salesforce", "--stream", "Account"},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return console.run(arguments);
    }

    private List<String> ids() {
        return trees(console.out()).stream()
                .map(event -> event.at("/source/record_id").asText())
                .toList();
    }

    private static List<JsonNode> trees(List<String> lines) {
        return lines.stream().map(CanonicalizeCommandTest::tree).toList();
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private String file(String name, String content) throws IOException {
        return file(name, content, false);
    }

    private String file(String name, String content, boolean latin1) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content.getBytes(latin1 ? ISO_8859_1 : UTF_8));
        return file.toString();
    }
}
