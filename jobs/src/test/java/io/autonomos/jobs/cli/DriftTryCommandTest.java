package io.autonomos.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.messages.DriftEvent;
import io.autonomos.schemas.messages.MessageException;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairProposal;
import io.autonomos.schemas.messages.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTryCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestingConsole console = new TestingConsole();

    @TempDir private Path folder;

    @Test
    void aRenamedFieldIsRepairedAndTheParkedRecordsAreReleasedInOrder() throws Exception {
        Path before = file("before.jsonl", 20, i -> deal(i, "amount"));
        Path after = file("after.jsonl", 12, i -> deal(i, "deal_amount"));

        int exit = run("hubspot", "deals", "--json", before, after);

        assertThat(exit).isZero();
        assertThat(types()).startsWith("drift", "proposal", "event").endsWith("ledger");
        DriftEvent drift = read(DriftEvent.class, "drift");
        assertThat(drift.severity()).isEqualTo("high");
        assertThat(drift.records()).isEqualTo(12);
        assertThat(drift.changes())
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.kind()).isEqualTo("renamed");
                            assertThat(change.canonicalFields()).containsExactly("amount");
                        });
        RepairProposal proposal = read(RepairProposal.class, "proposal");
        assertThat(proposal.tier()).isEqualTo(Tier.APPLY);
        assertThat(proposal.driftId()).isEqualTo(drift.id());
        assertThat(proposal.parked()).isEqualTo(12);
        assertThat(one("proposal").path("applied").asBoolean()).isTrue();
        List<JsonNode> events = all("event");
        assertThat(events).extracting(e -> e.at("/source/record_id").asText()).isSorted();
        assertThat(events).extracting(e -> e.at("/mapping/version").asInt()).containsOnly(2);
        assertThat(events).extracting(e -> e.at("/data/amount").asText()).doesNotContain("");
        assertLedger(12, 12, 0, 0);
    }

    @Test
    void anIdThatTheMappingNamesTwiceIsFollowedInBothPlaces() throws Exception {
        Path before = file("before.jsonl", 30, i -> account(i, "accountid"));
        Path after = file("after.jsonl", 30, i -> account(i, "account_guid"));

        run("dynamics", "accounts", "--json", before, after);

        assertThat(one("proposal").path("applied").asBoolean()).isTrue();
        assertThat(one("proposal").path("mapping").asText())
                .contains("record-id: [\"account_guid\", \"accountid\"")
                .contains("account_id: [\"account_guid\", \"accountid\"");
        assertLedger(30, 30, 0, 0);
    }

    @Test
    void aFieldThatIsGoneKeepsItsRecordsParkedUntilAPersonAccepts() throws Exception {
        Path before = file("before.jsonl", 20, i -> deal(i, "amount"));
        Path after = file("after.jsonl", 10, i -> deal(i, null));

        run("hubspot", "deals", "--json", before, after);

        assertThat(one("proposal").path("tier").asText()).isEqualTo("review");
        assertThat(one("proposal").path("applied").asBoolean()).isFalse();
        assertLedger(10, 0, 10, 0);

        run("hubspot", "deals", "--json", "--accept-reviews", before, after);

        assertThat(one("proposal").path("applied").asBoolean()).isTrue();
        assertLedger(10, 10, 0, 0);
    }

    @Test
    void theSameRecordsAgainAreNoDrift() throws Exception {
        Path records = file("same.jsonl", 10, i -> deal(i, "amount"));

        run("hubspot", "deals", "--json", records, records);

        assertThat(types()).doesNotContain("drift", "proposal");
        assertLedger(10, 10, 0, 0);
    }

    @Test
    void oneOddRecordAndABrokenLineHoldNothingUp() throws Exception {
        Path before = file("before.jsonl", 20, i -> deal(i, "amount"));
        Path after = file("after.jsonl", 20, i -> i == 7 ? "{" : deal(i, i == 3 ? null : "amount"));

        run("hubspot", "deals", "--json", before, after);

        assertThat(all("proposal")).isEmpty();
        assertThat(one("dead-letter").path("line").asInt()).isEqualTo(8);
        assertLedger(20, 19, 0, 1);
    }

    @Test
    void theReportForPeopleNamesWhatChangedAndWhy() throws Exception {
        Path before = file("before.jsonl", 20, i -> deal(i, "amount"));
        Path after = file("after.jsonl", 12, i -> deal(i, "deal_amount"));

        run("hubspot", "deals", null, before, after);

        assertThat(console.out())
                .anyMatch(line -> line.matches("high +renamed +properties.amount.*"))
                .anyMatch(line -> line.contains("12 of 12 records known from before"))
                .anyMatch(line -> line.startsWith("ledger: in 12 = canonical 12"));
        assertThat(String.join("\n", console.out()).split("ledger")[0].split("\\{\"id\"")[0])
                .as("no values are shown")
                .doesNotContain("Renewal");
    }

    @Test
    void aStreamWithoutAMappingIsSaid() throws Exception {
        Path records = file("x.jsonl", 1, i -> "{}");

        int exit = run("hubspot", "widgets", "--json", records, records);

        assertThat(exit).isEqualTo(1);
        assertThat(String.join("\n", console.err()))
                .contains("source hubspot has no mapping for stream widgets", "deals", "--mapping");
    }

    @Test
    void recordsOfPagesAreReadWhereTheFormatSaysSo() throws Exception {
        Path before =
                file("before.jsonl", 10, i -> "{\"results\":[%s]}".formatted(deal(i, "amount")));
        Path after = file("after.txt", 5, i -> "{\"results\":[%s]}".formatted(deal(i, "amount")));

        assertThat(run("hubspot", "deals", "--json", "--format", "pages", before, after)).isZero();

        assertLedger(5, 5, 0, 0);
    }

    @Test
    void aMappingFileTakesThePlaceOfAShippedOne() throws Exception {
        Path mapping = folder.resolve("m.yaml");
        Files.writeString(
                mapping,
                """
                mapping: m
                source: shop
                stream: things
                entity: account
                fields: {account_id: key, name: label, website: site}
                """);
        Path before = file("b.jsonl", 9, i -> thing(i, "site"));
        Path after = file("a.jsonl", 9, i -> thing(i, "web_site"));

        int exit =
                console.run(
                        "drift",
                        "try",
                        "--source",
                        "shop",
                        "--stream",
                        "things",
                        "--json",
                        "--mapping",
                        mapping.toString(),
                        before.toString(),
                        after.toString());

        assertThat(exit).isZero();
        assertThat(all("event"))
                .extracting(e -> e.at("/data/website").asText())
                .contains("https://site3.example.com");
    }

    private static String thing(int i, String site) {
        return "{\"key\":\"k-%d\",\"label\":\"Thing %d\",\"%s\":\"https://site%d.example.com\"}"
                .formatted(i, i, site, i);
    }

    private static String account(int i, String id) {
        return """
               {"%s":"%08x-1111-4111-8111-%012x","name":"Works %d","websiteurl":"https://w%d.example.com",\
               "numberofemployees":%d,"createdon":"2025-03-%02dT10:00:00Z"}"""
                .formatted(id, 7919 * i, i, i, i, 10 + 3 * i, 1 + i % 28);
    }

    private static String deal(int i, String amount) {
        String field = amount == null ? "" : "\"%s\":\"%d.50\",".formatted(amount, 1000 + 37 * i);
        return """
               {"id":"%d","properties":{"hs_object_id":"%d","dealname":"Renewal %d",%s\
               "dealstage":"closedwon","closedate":"2024-05-%02dT00:00:00Z"},"archived":false}"""
                .formatted(100 + i, 100 + i, i, field, 1 + i);
    }

    private Path file(String name, int records, IntFunction<String> record) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            lines.add(record.apply(i));
        }
        return Files.write(folder.resolve(name), lines);
    }

    private int run(String source, String stream, Object... more) {
        List<String> arguments =
                new ArrayList<>(List.of("drift", "try", "--source", source, "--stream", stream));
        for (Object each : more) {
            if (each != null) {
                arguments.add(each.toString());
            }
        }
        return console.run(arguments.toArray(String[]::new));
    }

    private List<String> types() throws IOException {
        List<String> types = new ArrayList<>();
        for (String line : console.out()) {
            types.add(JSON.readTree(line).path("type").asText());
        }
        return types;
    }

    private List<JsonNode> all(String type) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (String line : console.out()) {
            JsonNode node = JSON.readTree(line);
            if (node.path("type").asText().equals(type)) {
                found.add(node);
            }
        }
        return found;
    }

    private JsonNode one(String type) throws IOException {
        assertThat(all(type)).hasSize(1);
        return all(type).get(0);
    }

    private <T> T read(Class<T> type, String name) throws IOException, MessageException {
        JsonNode node = one(name);
        ((com.fasterxml.jackson.databind.node.ObjectNode) node).remove(List.of("type", "applied"));
        return MessageJson.read(type, node.toString().getBytes(UTF_8));
    }

    private void assertLedger(int in, int canonical, int parked, int dead) throws IOException {
        JsonNode ledger = one("ledger");
        assertThat(ledger.path("in").asInt()).isEqualTo(in);
        assertThat(ledger.path("canonical").asInt()).isEqualTo(canonical);
        assertThat(ledger.path("parked").asInt()).isEqualTo(parked);
        assertThat(ledger.path("dead_lettered").asInt()).isEqualTo(dead);
        assertThat(ledger.path("residual").asInt()).isZero();
    }
}
