package io.autonomos.mappings.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.TestCase;
import io.autonomos.mappings.lint.Linter;
import io.autonomos.mappings.scan.SourcePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferenceTest {

    private static final String DEALS =
            """
            {"Deal No": "D-1", "Deal Name": "Pipes", "Customer": "Acme", "Phase": "won", "Net Amount": "1.250,50 €", "Currency": "EUR", "Closing Date": "24.12.2026", "Win Probability": 0.5, "Owner Mail": "ann@example.org", "Color": "red"}
            {"Deal No": "D-2", "Deal Name": "Tubes", "Customer": "Beta", "Phase": "new", "Net Amount": "99,00 €", "Currency": "USD", "Closing Date": "31.01.2027", "Win Probability": 1, "Owner Mail": "bob@example.org", "Color": "blue"}
            """;

    @Test
    void draftsAMappingThatLintsAndSaysWhy() {
        Inference inference = Inference.of(records(DEALS), "deals", null);
        String draft = Draft.write(inference, "closebase", "deals");

        assertThat(inference.entity()).isEqualTo("opportunity");
        Linter.Report report = Linter.lint("draft.yaml", draft.getBytes(StandardCharsets.UTF_8));
        assertThat(report.isUsable()).as(draft + report.problems()).isTrue();
        assertThat(draft)
                .contains("opportunity_id: '\"Deal No\"'")
                .contains("name: '\"Deal Name\"'")
                .containsPattern("amount: \\{expr: .*replace.*on-error: \"null\"\\}")
                .containsPattern("close_date: \\{from: .*Closing Date.*format: \"dd.MM.yyyy\"\\}")
                .containsPattern("probability: \\{from: .*Win Probability.*scale: 100\\}")
                .contains("currency: Currency")
                .contains("#   Color: red | blue");
    }

    @Test
    void isAsSureAsItIsRightOnVendorsItHasNeverSeen() {
        Map<Evidence, int[]> counts = new EnumMap<>(Evidence.class);
        int entities = 0;
        int streams = 0;
        int found = 0;
        int there = 0;
        for (Mapping mapping : MappingCatalog.shipped().mappings()) {
            List<byte[]> records = records(mapping);
            if (records.isEmpty() || !mapping.each().isEmpty()) {
                continue;
            }
            Inference free = Inference.of(records, mapping.streams().get(0), null, others(mapping));
            streams++;
            entities += free.entity().equals(mapping.entity()) ? 1 : 0;
            Inference known =
                    Inference.of(
                            records, mapping.streams().get(0), mapping.entity(), others(mapping));
            for (Proposal each : known.proposals()) {
                int[] count = counts.computeIfAbsent(each.evidence(), e -> new int[2]);
                count[isRight(mapping, each) ? 0 : 1]++;
                found += isRight(mapping, each) ? 1 : 0;
            }
            there += mapping.fields().size();
        }
        StringBuilder figures = new StringBuilder();
        counts.forEach(
                (evidence, count) ->
                        figures.append(
                                "%s %d of %d%n"
                                        .formatted(evidence, count[0], count[0] + count[1])));
        figures.append(
                "entities %d of %d, fields %d of %d".formatted(entities, streams, found, there));
        counts.forEach(
                (evidence, count) -> {
                    double precision = (double) count[0] / (count[0] + count[1]);
                    assertThat(evidence.confidence())
                            .as(figures.toString())
                            .isLessThanOrEqualTo(precision + 0.05);
                });
        assertThat((double) entities / streams).as(figures.toString()).isGreaterThan(0.8);
        assertThat((double) found / there).as(figures.toString()).isGreaterThan(0.5);
    }

    private static boolean isRight(Mapping mapping, Proposal proposal) {
        return mapping.fields().stream()
                .filter(rule -> rule.name().equals(proposal.field().name()))
                .flatMap(rule -> rule.from().stream())
                .anyMatch(path -> path.equals(proposal.path()));
    }

    private static Collection<Mapping> others(Mapping mapping) {
        return MappingCatalog.shipped().mappings().stream()
                .filter(each -> !each.sources().get(0).equals(mapping.sources().get(0)))
                .toList();
    }

    /** The input of the mapping's first test, which holds every field in one of its shapes. */
    private static List<byte[]> records(Mapping mapping) {
        List<byte[]> records = new ArrayList<>();
        for (TestCase test : mapping.tests().subList(0, Math.min(1, mapping.tests().size()))) {
            records.add(test.input().getBytes(StandardCharsets.UTF_8));
        }
        return records;
    }

    private static List<byte[]> records(String lines) {
        return lines.lines().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    }

    @Test
    void namesTheFieldsOfAnotherSystemsCustomersAndCases() {
        String client =
                """
                {"clientRef":"K-1","company":"Nord AG","contact":{"tel":"+49 30 1234567"},"headcount":"250","turnover":{"value":"12.500,50","ccy":"EUR"},"since":"03/11/2019","accountManager":"mara"}
                {"clientRef":"K-2","company":"Ost KG","contact":{"tel":"+49 30 7654321"},"headcount":"12","turnover":{"value":"450,00","ccy":"GBP"},"since":"21/01/2022","accountManager":"jon"}
                """;
        String ticket =
                """
                {"Case Ref":"T-1","Title":"Printer","Opened":"2026-11-01 10:00","Handler":"u9","Customer":"K-1","Labels":"hw,office"}
                """;

        Inference clients = Inference.of(records(client), "clients", null);
        Inference cases = Inference.of(records(ticket), "case", null);

        assertThat(clients.entity()).isEqualTo("account");
        assertThat(Draft.write(clients, "orbit", "clients"))
                .contains("account_id: clientRef", "name: company", "employees: headcount")
                .contains(
                        "phone: contact.tel", "currency: turnover.ccy", "owner_id: accountManager")
                .containsPattern("annual_revenue: \\{expr: .*turnover.value.*replace")
                .containsPattern("created_at: \\{from: since, format: \"dd/MM/yyyy\"\\}");
        assertThat(cases.entity()).isEqualTo("ticket");
        assertThat(Draft.write(cases, "desk", "case"))
                .contains("ticket_id: '\"Case Ref\"'", "subject: Title", "created_at: Opened")
                .contains("assignee_id: Handler", "account_id: Customer")
                .contains("tags: {from: Labels, split: \",\"}");
    }

    @Test
    void hostileNamesAndValuesNeverBreakTheDraft() {
        String record =
                "{\"a: b\\n# c\": \"x\\ny: z\", \"'\\\"\": 1, \"id\": \"1\", \"name\": \"- [\","
                        + " \"\\u0000\": \"\\u2028\", \"{{\": null}";
        Inference inference = Inference.of(records(record), "things", "account");
        String draft = Draft.write(inference, "odd: source", "odd # stream");

        Linter.Report report = Linter.lint("draft.yaml", draft.getBytes(StandardCharsets.UTF_8));

        assertThat(report.isUsable()).as(draft + report.problems()).isTrue();
        assertThat(report.mapping().sources()).containsExactly("odd: source");
        assertThat(SourcePath.parse("id").toString()).isEqualTo("id");
    }

    @Test
    void germanColumnsAndNumbersAreKnown() {
        String rows =
                """
                {"Kundennr.":"K-1","Firma":"Nord AG","Umsatz (EUR)":"1.234.567,89","Mitarbeiter":"250","Angelegt am":"01.02.2023","Telefon":"+49 30 1234567"}
                {"Kundennr.":"K-2","Firma":"Ost KG","Umsatz (EUR)":"0,00","Mitarbeiter":"1.200","Angelegt am":"28.02.2023","Telefon":"030/99887"}
                """;

        Inference customers = Inference.of(records(rows), "kunden", null);

        assertThat(customers.entity()).isEqualTo("account");
        assertThat(Draft.write(customers, "crm", "kunden"))
                .contains("account_id: '\"Kundennr.\"'", "name: Firma", "phone: Telefon")
                .containsPattern("annual_revenue: \\{expr: .*Umsatz.*replace")
                .containsPattern("employees: \\{expr: .*Mitarbeiter.*replace\\(\"\\.\", \"\"\\)")
                .containsPattern(
                        "created_at: \\{from: '\"Angelegt am\"', format: \"dd.MM.yyyy\"\\}");
    }

    @Test
    void anIdTellsRecordsApartAndIsOfTheEntity() {
        String lines =
                """
                {"deal":{"no":1,"label":"One","net":{"value":"1.50","cur":"EUR"}},"customer":{"ref":"K-1","title":"Nord"},"rep":{"id":7}}
                {"deal":{"no":2,"label":"Two","net":{"value":"2.50","cur":"EUR"}},"customer":{"ref":"K-2","title":"Nord"},"rep":{"id":7}}
                {"deal":{"no":3,"label":"Two","net":{"value":"3.50","cur":"EUR"}},"customer":{"ref":"K-3","title":"Nord"},"rep":{"id":7}}
                """;

        assertThat(Draft.write(Inference.of(records(lines), "deals", null), "crm", "deals"))
                .contains("opportunity_id: deal.no", "name: deal.label", "owner_id: rep.id")
                .contains("account_id: customer.ref", "currency: deal.net.cur");
    }
}
