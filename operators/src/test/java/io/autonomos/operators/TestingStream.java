package io.autonomos.operators;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.mappings.CompiledMapping;
import io.autonomos.mappings.MappingCatalog;
import io.autonomos.mappings.match.SchemaMatcher;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.profile.Incident;
import io.autonomos.mappings.profile.MappingRun;
import io.autonomos.mappings.profile.RecordFields;
import io.autonomos.mappings.profile.StreamBaseline;
import io.autonomos.mappings.profile.StreamSchema;
import io.autonomos.operators.drift.DriftDetector;
import io.autonomos.operators.drift.DriftSettings;
import io.autonomos.operators.repair.Repair;
import io.autonomos.operators.repair.RepairPlanner;
import io.autonomos.operators.repair.RepairSettings;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.RepairHints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A stream of contacts or deals that changes, and what the stages make of that. */
public final class TestingStream {

    public static final StreamKey KEY = new StreamKey("acme", "shop", "things");
    public static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] FIRST = {"Ann", "Bob", "Cid", "Dora", "Eve", "Finn", "Gus"};
    private static final String[] LAST = {"Stone", "River", "Hill", "Frost", "Moor"};
    public static final String MAPPING =
            """
            mapping: things
            source: shop
            stream: things
            entity: opportunity
            fields:
              opportunity_id: id
              name: title
              stage: stage
              amount: amount
              currency: currency
              close_date: close_date
              probability: chance
              owner_id: owner_id
              type: contact_name
              created_at: created_at
              updated_at: [changed_at, touched_at]
            """;

    private final CompiledMapping mapping =
            MappingCatalog.compile("things", MAPPING.getBytes(UTF_8));
    private final StreamBaseline baseline;
    private final DriftDetector detector;
    private final MappingRun run = run();
    private final List<RawRecord> parked = new ArrayList<>();

    /** A stream of which forty records were seen. */
    public TestingStream() {
        this(record -> {});
    }

    /** The same with another form of record. */
    public TestingStream(Consumer<Map<String, Object>> form) {
        MappingRun before = run();
        StreamSchema schema = new StreamSchema();
        for (int i = 0; i < 40; i++) {
            Map<String, Object> record = record(i);
            form.accept(record);
            RawRecord raw = raw(record, i);
            schema.add(before.add(raw).recordId(), RecordFields.of(raw.value()));
        }
        // As a restart would leave it.
        baseline = StreamBaseline.of(before.baseline(schema).toBytes());
        detector =
                new DriftDetector(
                        KEY,
                        "shop",
                        mapping,
                        1,
                        baseline,
                        DriftSettings.DEFAULT,
                        SchemaMatcher.shipped());
    }

    /** A record of the old form. */
    public static Map<String, Object> record(int i) {
        Map<String, Object> record = new LinkedHashMap<>();
        String first = FIRST[i % FIRST.length];
        String last = LAST[i % LAST.length] + (char) ('a' + i % 26);
        record.put("id", "t-" + (1000 + i));
        record.put("title", "Deal no " + i);
        record.put("stage", i % 3 == 0 ? "open" : i % 3 == 1 ? "won" : "lost");
        record.put("amount", 1000 + 17 * i + 0.25);
        record.put("currency", i % 2 == 0 ? "EUR" : "USD");
        record.put("close_date", "2024-%02d-%02d".formatted(1 + i % 12, 1 + i % 28));
        record.put("chance", (i * 7) % 100);
        record.put("owner_id", "u-" + i % 5);
        record.put("contact_name", first + " " + last);
        record.put("created_at", "2024-03-%02dT08:00:%02dZ".formatted(1 + i % 28, i % 60));
        record.put("changed_at", "2024-04-%02dT09:00:%02dZ".formatted(1 + i % 28, i % 60));
        record.put("color", i % 2 == 0 ? "red" : "blue");
        record.put("billing_city", "Graz" + i);
        record.put("shipping_city", "Linz" + i);
        return record;
    }

    private MappingRun run() {
        return new MappingRun(new StreamTarget(KEY, "shop", mapping.plan()));
    }

    /** A record as it arrives. */
    public static RawRecord raw(Map<String, Object> record, int i) {
        try {
            byte[] json = JSON.writeValueAsBytes(record);
            return new RawRecord(
                    KEY, "shop", null, null, AT.toEpochMilli(), "t", 0, i, null, json, null, null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets records come, changed by what is given; numbers below 40 were seen before. */
    public TestingStream send(int from, int to, Consumer<Map<String, Object>> change) {
        for (int i = from; i < to; i++) {
            Map<String, Object> record = record(i);
            change.accept(record);
            RawRecord raw = raw(record, i);
            parked.add(raw);
            detector.observe(RecordFields.of(raw.value()), run.add(raw), AT);
        }
        return this;
    }

    /** What drifted, or null. */
    public Incident incident() {
        return detector.incident(AT);
    }

    /** What is proposed. */
    public List<Repair> repairs() {
        return repairs(RepairHints.NONE);
    }

    /** What is proposed with what else is known. */
    public List<Repair> repairs(RepairHints hints) {
        return new RepairPlanner(mapping, 1, baseline, RepairSettings.shipped(), hints)
                .plan(incident(), parked, parked.size(), AT);
    }

    /** What is proposed when the records that wait are others than those that told of the drift. */
    public Repair repairsOn(Consumer<Map<String, Object>> form) {
        Incident incident = incident();
        List<RawRecord> others = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            Map<String, Object> record = record(i);
            form.accept(record);
            others.add(raw(record, i));
        }
        return new RepairPlanner(mapping, 1, baseline, RepairSettings.shipped())
                .plan(incident, others, others.size(), AT)
                .get(0);
    }

    /** The repair that the detecting stage would ask for. */
    public RepairTask task() {
        Incident incident = incident();
        return new RepairTask(
                KEY,
                "shop",
                MAPPING,
                1,
                baseline.toBytes(),
                MessageJson.write(incident.event()),
                List.copyOf(incident.lost()),
                List.copyOf(incident.suspect()),
                parked,
                parked.size(),
                AT.toEpochMilli(),
                RepairHints.NONE);
    }

    /** Gives a field another name. */
    public static Consumer<Map<String, Object>> rename(String from, String to) {
        return record -> record.put(to, record.remove(from));
    }
}
