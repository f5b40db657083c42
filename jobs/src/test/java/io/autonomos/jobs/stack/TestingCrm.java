package io.autonomos.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Accounts and deals of two tenants, of which each version is newer than the one before; and what
 * the tenants' graphs and aggregates must say once all that was sent is in them.
 */
final class TestingCrm {

    // Both are prime, so that each stream has each id, and streams have domains in common.
    private static final int IDS = 401;
    private static final int DOMAINS = 149;

    private static final long EMITTED_AT = 1_700_000_000L;
    private static final String DEALS = "Opportunity";
    private static final List<String> STAGES = List.of("Proposal", "Closed Won", "Closed Lost");
    private static final List<StreamKey> STREAMS =
            List.of(
                    new StreamKey("acme", "crm", "Account"),
                    new StreamKey("acme", "crm-two", "Account"),
                    new StreamKey("globex", "crm", "Account"),
                    new StreamKey("acme", "crm", DEALS),
                    new StreamKey("globex", "crm", DEALS));

    private final Map<StreamKey, Integer> sent = new TreeMap<>();
    private final Map<String, Map<Integer, Integer>> deals = new TreeMap<>();
    private int count;

    /** How many records were sent. */
    int count() {
        return count;
    }

    /** Sends so many more. */
    void send(String brokers, int records) {
        try (RawTopicWriter writer = new RawTopicWriter(brokers, Map.of(), "autonomos.raw")) {
            for (int end = count + records; count < end; count++) {
                StreamKey stream = STREAMS.get(count % STREAMS.size());
                int id = (int) (count * 7L % IDS);
                String json = stream.stream().equals(DEALS) ? deal(id, count) : account(id, count);
                writer.send(
                        stream, "salesforce", null, null, EMITTED_AT * 1_000, json.getBytes(UTF_8));
                sent.merge(stream, 1, Integer::sum);
                if (stream.stream().equals(DEALS)) {
                    deals.computeIfAbsent(stream.tenant(), t -> new TreeMap<>()).put(id, count);
                }
            }
        }
    }

    private static String account(int id, int i) {
        return """
        {"Id":"%d","Name":"Account %d","Website":"https://d%d.org","Type":"%s",\
        "LastModifiedDate":"%s"}"""
                .formatted(id, i, (id + i / 1_000) % DOMAINS, "t".repeat(1 + i % 5), modified(i));
    }

    private static String deal(int id, int i) {
        return """
        {"Id":"%d","Name":"Deal","StageName":"%s","Amount":%d,"CurrencyIsoCode":"EUR",\
        "LastModifiedDate":"%s"}"""
                .formatted(id, STAGES.get(i % STAGES.size()), i, modified(i));
    }

    private static Instant modified(int i) {
        return Instant.ofEpochSecond(EMITTED_AT + i);
    }

    /** What the graphs' nodes say of each stream: tenant, stream, received, canonical. */
    List<String> nodes() {
        Map<String, Integer> received = new TreeMap<>();
        sent.forEach(
                (key, n) -> received.merge(key.tenant() + " " + key.stream(), n, Integer::sum));
        return received.entrySet().stream()
                .map(each -> "%s %2$d %2$d".formatted(each.getKey(), each.getValue()))
                .toList();
    }

    /** What the graphs' edges say of each mapping: tenant, connection, entity, events, applied. */
    List<String> edges() {
        return sent.entrySet().stream()
                .map(
                        each ->
                                "%s %s dcl_%s %4$d %4$d"
                                        .formatted(
                                                each.getKey().tenant(),
                                                each.getKey().connection(),
                                                each.getKey().stream().toLowerCase(Locale.ROOT),
                                                each.getValue()))
                .sorted()
                .toList();
    }

    /** What the aggregates say of each tenant: open deals and amount, won deals, lost deals. */
    List<String> aggregates() {
        return deals.entrySet().stream()
                .map(
                        each -> {
                            long[] counts = new long[STAGES.size()];
                            long open = 0;
                            for (int i : each.getValue().values()) {
                                counts[i % STAGES.size()]++;
                                open += i % STAGES.size() == 0 ? i : 0;
                            }
                            return "%s %d %d %d %d"
                                    .formatted(
                                            each.getKey(), counts[0], open, counts[1], counts[2]);
                        })
                .toList();
    }
}
