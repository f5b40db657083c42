package io.autonomos.jobs.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/** Opportunities as Salesforce sends them; the same number always gives the same record. */
final class SimulatedRecords {

    static final String SOURCE = "salesforce";
    static final String STREAM = "Opportunity";
    static final String ENTITY = "opportunity";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-01-01T08:00:00Z");
    private static final List<String> STAGES =
            List.of("Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won");
    private static final List<String> TYPES =
            List.of("New Business", "Existing Business", "Renewal");
    private static final List<String> COMPANIES =
            List.of("Aurora", "Borealis", "Cascade", "Delta", "Ember", "Fjord", "Glacier");
    private static final List<String> GOODS = List.of("licences", "support", "migration", "pilot");

    private SimulatedRecords() {}

    /**
     * A record.
     *
     * @param version rises with each change of the record at its source
     * @param drift how the system changed its records, or null
     */
    static byte[] of(int number, int version, SimulatedDrift drift) {
        SplittableRandom random = new SplittableRandom(number);
        ObjectNode record = JSON.createObjectNode();
        record.putObject("attributes").put("type", STREAM);
        record.put("Id", "006%012dAAA".formatted(number));
        record.put("AccountId", "001%012dAAA".formatted(random.nextInt(1_000)));
        record.put("Name", pick(COMPANIES, random) + " " + pick(GOODS, random) + " " + number);
        record.put("StageName", pick(STAGES, random));
        record.put("Amount", BigDecimal.valueOf(100_000 + random.nextInt(9_000_000), 2));
        record.put("CurrencyIsoCode", random.nextInt(4) == 0 ? "EUR" : "USD");
        LocalDate close = LocalDate.of(2026, 3, 1).plusDays(random.nextInt(300));
        record.put("CloseDate", close.toString());
        record.put("Probability", 5 * random.nextInt(21));
        record.put("OwnerId", "005%012dAAA".formatted(random.nextInt(20)));
        record.put("Type", pick(TYPES, random));
        record.put("Description", "Asked for %d seats.".formatted(5 + random.nextInt(500)));
        Instant created = START.plusSeconds(60L * number);
        record.put("CreatedDate", created.toString());
        record.put("LastModifiedDate", created.plusSeconds(3_600L * version).toString());
        record.put("SystemModstamp", created.plusSeconds(3_600L * version).toString());
        record.put("IsDeleted", false);
        if (drift != null) {
            drift.apply(record, number);
        }
        try {
            return JSON.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pick(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
