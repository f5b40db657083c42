package io.autonomos.schemas.types;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.Observation;
import io.autonomos.schemas.ParkedRecord;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.RepairTask;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.TenantRow;
import io.autonomos.schemas.ViewChange;
import io.autonomos.schemas.messages.GraphChange;
import io.autonomos.schemas.messages.GraphNode;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RepairHints;
import io.autonomos.schemas.messages.RepairThreshold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** One full and one sparse value of each stream type, and a way through a serializer. */
final class TestingRecords {

    static final StreamKey ACME = new StreamKey("acme", "salesforce-prod", "Opportunity");

    private TestingRecords() {}

    static RawRecord fullRecord() {
        return new RawRecord(
                ACME,
                "salesforce",
                RawRecord.UPSERT,
                "006-1",
                1_700_000_000_123L,
                "autonomos.raw",
                7,
                Long.MAX_VALUE,
                bytes("key"),
                bytes("{\"Id\":\"006-1\"}"),
                bytes("Id\n006-1"),
                Fault.of(ErrorCode.CSV_ROW, "Id", "Row 2 has 1 field, but the header has 2."),
                "Id,Name",
                new Retry(3, 1_690_000_000_000L),
                "debezium");
    }

    static RawRecord sparseRecord() {
        return new RawRecord(ACME, null, null, null, 0, null, 0, -1, null, new byte[0], null, null);
    }

    static CanonicalEvent fullEvent() {
        return new CanonicalEvent(
                "00ff",
                ACME,
                "salesforce",
                "opportunity",
                RawRecord.DELETE,
                "006-1",
                -1L,
                42,
                "salesforce/Opportunity",
                3,
                bytes("{\"id\":\"00ff\"}"),
                new int[] {6, 12, -1, -1, 2, 4, Integer.MAX_VALUE, Integer.MIN_VALUE, 0, -2},
                5,
                9);
    }

    static CanonicalEvent sparseEvent() {
        return new CanonicalEvent(
                null, ACME, null, null, null, null, Long.MIN_VALUE, 0, null, 0, null, null, -1, -1);
    }

    static DeadLetter fullDeadLetter() {
        return new DeadLetter(
                fullRecord(),
                Fault.of(ErrorCode.VALUE_TIME, "close_date", "Cannot be read."),
                "0123456789abcdef",
                "salesforce/Opportunity",
                3,
                2,
                1_700_000_000_123L);
    }

    static DeadLetter sparseDeadLetter() {
        return new DeadLetter(sparseRecord(), null, null, null, 0, 1, 0);
    }

    static LedgerEntry fullLedgerEntry() {
        return new LedgerEntry(
                ACME, "salesforce", "opportunity", 10, 4, 3, 2, 1, 5, Long.MAX_VALUE);
    }

    static LedgerEntry sparseLedgerEntry() {
        return new LedgerEntry(StreamKey.UNADDRESSED, null, null, 0, 0, 0, 0, 0, 0, 0);
    }

    static ViewChange fullViewChange() {
        return new ViewChange(
                "acme",
                "contact",
                "ada@example.com",
                1_700_000_000_123_456L,
                bytes("{\"data\":{\"email\":\"ada@example.com\"}}"),
                new int[] {-1, -1, 17, 34});
    }

    static ViewChange sparseViewChange() {
        return ViewChange.delete("", "", "", Long.MIN_VALUE);
    }

    static GraphChange graphChange() {
        return GraphChange.of(
                GraphNode.of("acme", "dcl_account", "entity", "account"), Instant.EPOCH);
    }

    static RegistryMessage fullRegistryMessage() {
        return new RegistryMessage(
                ACME,
                bytes("[]"),
                bytes("{}"),
                Fault.of(ErrorCode.MESSAGE_INVALID, "Not a version."),
                0,
                17);
    }

    static RegistryMessage sparseRegistryMessage() {
        return new RegistryMessage(StreamKey.UNADDRESSED, new byte[0], new byte[0], null, 0, -1);
    }

    static Observation fullObservation() {
        return new Observation(
                ACME,
                "salesforce",
                "id: a",
                7,
                fullRecord(),
                List.of("name", "amount"),
                true,
                12,
                1_700_000_000_123L);
    }

    static Observation sparseObservation() {
        return new Observation(ACME, "", null, 0, sparseRecord(), List.of(), false, 0, -1);
    }

    static ParkedRecord fullParkedRecord() {
        return new ParkedRecord(fullRecord(), "006-1", List.of("name"), 1_700_000_000_123L);
    }

    static ParkedRecord sparseParkedRecord() {
        return new ParkedRecord(sparseRecord(), null, List.of(), 0);
    }

    static RepairTask fullRepairTask() {
        return new RepairTask(
                ACME,
                "salesforce",
                "id: a",
                7,
                bytes("baseline"),
                bytes("{}"),
                List.of("name"),
                List.of("amount"),
                List.of(fullRecord(), sparseRecord()),
                12,
                1_700_000_000_123L,
                new RepairHints(
                        List.of(
                                new KnownRepair(
                                        "a",
                                        "b",
                                        null,
                                        1,
                                        0,
                                        "accepted",
                                        true,
                                        Map.of("word", 1.0))),
                        List.of(new RepairThreshold("salesforce", null, "name", 0.9, null))));
    }

    static RepairTask sparseRepairTask() {
        return new RepairTask(
                ACME,
                "",
                null,
                0,
                new byte[0],
                new byte[0],
                List.of(),
                List.of(),
                List.of(),
                0,
                0,
                RepairHints.NONE);
    }

    static List<Object> all() {
        return List.of(
                ACME,
                new StreamKey("", "", ""),
                fullRecord(),
                sparseRecord(),
                fullEvent(),
                sparseEvent(),
                fullDeadLetter(),
                sparseDeadLetter(),
                fullLedgerEntry(),
                sparseLedgerEntry(),
                fullViewChange(),
                sparseViewChange(),
                TenantRow.of(fullEvent()),
                TenantRow.of(fullViewChange()),
                TenantRow.of(graphChange()),
                TenantRow.of(GraphChange.gone("acme", "edge", "e", Instant.EPOCH)),
                fullRegistryMessage(),
                sparseRegistryMessage(),
                fullObservation(),
                sparseObservation(),
                fullParkedRecord(),
                sparseParkedRecord(),
                fullRepairTask(),
                sparseRepairTask());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static <T> byte[] write(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return out.getCopyOfBuffer();
    }

    /** Reads one value and demands that nothing is left over. */
    static <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        T value = serializer.deserialize(in);
        if (in.available() != 0) {
            throw new AssertionError(in.available() + " bytes were not read");
        }
        return value;
    }
}
