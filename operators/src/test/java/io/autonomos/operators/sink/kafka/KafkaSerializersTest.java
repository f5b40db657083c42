package io.autonomos.operators.sink.kafka;

import static io.autonomos.operators.TestingEvents.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSerializersTest {

    private static final KafkaSinkContext SUBTASK_3 = new TestingContext(3);
    private static final StreamKey ACME = new StreamKey("acme", "crm/prod", "Account");

    private final CanonicalEventSerializer events = new CanonicalEventSerializer("autonomos");
    private final DeadLetterSerializer letters = new DeadLetterSerializer("autonomos", 1 << 20);
    private final LedgerSerializer ledger = new LedgerSerializer("autonomos");

    @BeforeEach
    void openSerializer() {
        events.open(null, SUBTASK_3);
    }

    @Test
    void anEventGoesToTheTopicOfItsEntityWithItsEnvelopeUntouched() {
        CanonicalEvent event = event("account", "001").with("name", "Acme").build();

        ProducerRecord<byte[], byte[]> message = events.serialize(event, SUBTASK_3, 7L);

        assertThat(message.topic()).isEqualTo("autonomos.canonical.account");
        assertThat(message.value()).isSameAs(event.json());
        assertThat(message.timestamp()).isNull();
        assertThat(message.partition()).isNull();
    }

    @Test
    void anEventCarriesTheHeadersOfCloudEvents() {
        CanonicalEvent event =
                event("account", "001").connection("crm/prod").stream("Account")
                        .id("id-1")
                        .at(1_700_000_000_250_000L)
                        .build();

        assertThat(headers(events.serialize(event, SUBTASK_3, null)))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", "id-1",
                                "ce_source", "/acme/crm%2Fprod/Account",
                                "ce_type", "io.autonomos.canonical.account.upsert",
                                "ce_time", "2023-11-14T22:13:20.250000Z",
                                "ce_subject", "001",
                                "content-type", "application/json"));
    }

    @Test
    void repeatingHeadersFollowTheStreamTheEntityAndTheOperation() {
        CanonicalEvent first = event("account", "1").build();
        CanonicalEvent other = event("account", "1").tenant("globex").build();
        CanonicalEvent gone = event("account", "1").delete().build();
        CanonicalEvent contact = event("contact", "1").build();

        assertThat(List.of(first, other, first, gone, contact, first))
                .extracting(each -> events.serialize(each, SUBTASK_3, null))
                .extracting(
                        m -> m.topic() + headers(m).get("ce_source") + headers(m).get("ce_type"))
                .containsExactly(
                        "autonomos.canonical.account/acme/crm-prod/Thingsio.autonomos.canonical.account.upsert",
                        "autonomos.canonical.account/globex/crm-prod/Thingsio.autonomos.canonical.account.upsert",
                        "autonomos.canonical.account/acme/crm-prod/Thingsio.autonomos.canonical.account.upsert",
                        "autonomos.canonical.account/acme/crm-prod/Thingsio.autonomos.canonical.account.delete",
                        "autonomos.canonical.contact/acme/crm-prod/Thingsio.autonomos.canonical.contact.upsert",
                        "autonomos.canonical.account/acme/crm-prod/Thingsio.autonomos.canonical.account.upsert");
    }

    @Test
    void aDeadLetterOfAFeedHoldsTheWholeMessageAndItsFormat() {
        byte[] message = {'{', '}', ' '};
        RawRecord record =
                new RawRecord(
                        ACME,
                        "salesforce",
                        "delete",
                        null,
                        5,
                        "cdc",
                        2,
                        42,
                        null,
                        new byte[] {'{', '}'},
                        message,
                        null,
                        null,
                        null,
                        "debezium");
        Fault fault = Fault.of(ErrorCode.REQUIRED_MISSING, "name", "x");

        ProducerRecord<byte[], byte[]> letter =
                letters.serialize(
                        new DeadLetter(record, fault, null, null, 0, 1, 1_000), SUBTASK_3, null);

        assertThat(letter.value()).isSameAs(message);
        assertThat(headers(letter)).containsEntry("autonomos.format", "debezium");
    }

    @Test
    void aDeadLetterKeepsItsKeyBytesAndHeadersAndSaysWhy() {
        byte[] key = {0, 1};
        byte[] value = {'{', (byte) 0xFF};
        RawRecord record =
                new RawRecord(
                        ACME,
                        "salesforce",
                        "upsert",
                        "001",
                        5,
                        "raw",
                        2,
                        42,
                        key,
                        value,
                        null,
                        null);
        Fault fault = Fault.of(ErrorCode.UTF8_INVALID, "name", "Zeichen \u00fc\u6f22");

        ProducerRecord<byte[], byte[]> message =
                letters.serialize(
                        new DeadLetter(record, fault, "ab", "sf.account", 3, 2, 1_000),
                        SUBTASK_3,
                        null);

        assertThat(message.topic()).isEqualTo("autonomos.dead-letter");
        assertThat(message.key()).isSameAs(key);
        assertThat(message.value()).isSameAs(value);
        assertThat(headers(message))
                .containsEntry("__connect.errors.topic", "raw")
                .containsEntry("__connect.errors.partition", "2")
                .containsEntry("__connect.errors.offset", "42")
                .containsEntry("__connect.errors.connector.name", "autonomos")
                .containsEntry("__connect.errors.task.id", "3")
                .containsEntry("__connect.errors.stage", "VALUE_CONVERTER")
                .containsEntry("__connect.errors.exception.message", "Zeichen \u00fc\u6f22")
                .containsEntry("autonomos.tenant", "acme")
                .containsEntry("autonomos.connection", "crm/prod")
                .containsEntry("autonomos.stream", "Account")
                .containsEntry("autonomos.source", "salesforce")
                .containsEntry("autonomos.error-code", "AOS-204")
                .containsEntry("autonomos.field", "name")
                .containsEntry("autonomos.fingerprint", "ab")
                .containsEntry("autonomos.mapping", "sf.account")
                .containsEntry("autonomos.mapping-version", "3")
                .containsEntry("autonomos.attempt", "2")
                .containsEntry("autonomos.first-failed-at", "1970-01-01T00:00:01Z")
                .containsEntry("tenant", "acme")
                .containsEntry("connection", "crm/prod")
                .containsEntry("source", "salesforce")
                .containsEntry("stream", "Account")
                .containsEntry("op", "upsert")
                .containsEntry("record-id", "001")
                .containsEntry("emitted-at", "5")
                .containsEntry("ce_id", "raw/2/42/2")
                .doesNotContainKey("autonomos.value-size");
    }

    @Test
    void aDeadLetterWithoutAnAddressHasNoHeadersOfTheRawTopic() {
        RawRecord record =
                new RawRecord(
                        StreamKey.UNADDRESSED,
                        null,
                        null,
                        null,
                        5,
                        "raw",
                        0,
                        1,
                        null,
                        null,
                        null,
                        null);
        DeadLetter letter =
                new DeadLetter(
                        record,
                        Fault.of(ErrorCode.HEADER_MISSING, "no tenant"),
                        null,
                        null,
                        0,
                        1,
                        0);

        assertThat(headers(letters.serialize(letter, SUBTASK_3, null)))
                .doesNotContainKeys("tenant", "connection", "source", "stream", "op", "record-id")
                .containsEntry("autonomos.tenant", "_unaddressed");
    }

    @Test
    void aDeadLetterThatNoTopicWouldTakeIsCutAndSaysSo() {
        byte[] value = new byte[2 << 20];
        RawRecord record =
                new RawRecord(
                        ACME,
                        "files",
                        null,
                        null,
                        5,
                        "big.json",
                        0,
                        1,
                        new byte[3 << 20],
                        value,
                        null,
                        null,
                        "h".repeat(1 << 16),
                        null,
                        null);
        DeadLetter letter =
                new DeadLetter(
                        record,
                        Fault.of(ErrorCode.RECORD_TOO_LARGE, "x".repeat(1 << 20)),
                        null,
                        null,
                        0,
                        1,
                        0);

        ProducerRecord<byte[], byte[]> message = letters.serialize(letter, SUBTASK_3, null);

        assertThat(headers(message))
                .containsEntry("autonomos.value-size", "2097152")
                .containsEntry("autonomos.key-size", "3145728");
        assertThat(message.key()).hasSize(1 << 16);
        assertThat(message.value().length).isGreaterThan(900_000);
        assertThat(sizeInATopic(message)).isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void theLongestEventAllowedFitsIntoAMessageWithTheLongestNames() {
        String odd = "\uD83D\uDE00".repeat(128);
        int most = settings().maxEventBytes();
        CanonicalEvent event =
                new CanonicalEvent(
                        "0".repeat(32),
                        new StreamKey(odd, odd, odd),
                        odd,
                        "account",
                        "upsert",
                        "\"".repeat(512),
                        1,
                        0,
                        "m",
                        1,
                        new byte[most],
                        new int[0],
                        0,
                        0);

        ProducerRecord<byte[], byte[]> message = events.serialize(event, SUBTASK_3, null);

        assertThat(sizeInATopic(message)).isLessThanOrEqualTo(8 << 20);
    }

    private static KafkaSinkSettings settings() {
        return KafkaSinkSettings.from(
                Configuration.fromMap(Map.of("kafka.bootstrap-servers", "localhost:9092")));
    }

    /** As the producer reckons before it sends. */
    private static int sizeInATopic(ProducerRecord<byte[], byte[]> message) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                message.key(),
                message.value(),
                message.headers().toArray());
    }

    @Test
    void aLedgerEntryIsKeyedByItsStreamAndStatesItsResidual() throws Exception {
        LedgerEntry entry = new LedgerEntry(ACME, "salesforce", "account", 9, 4, 1, 1, 1, 4, 1_000);

        ProducerRecord<byte[], byte[]> message = ledger.serialize(entry, SUBTASK_3, null);

        assertThat(message.topic()).isEqualTo("autonomos.ledger");
        assertThat(new String(message.key(), UTF_8))
                .isEqualTo("[\"acme\",\"crm/prod\",\"Account\"]");
        assertThat(new ObjectMapper().readTree(message.value()).path("residual").asLong())
                .isEqualTo(2);
        assertThat(headers(message)).containsEntry("ce_type", "io.autonomos.ledger");
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> message) {
        Map<String, String> headers = new LinkedHashMap<>();
        message.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
        return headers;
    }

    private record TestingContext(int getParallelInstanceId) implements KafkaSinkContext {

        @Override
        public int getNumberOfParallelInstances() {
            return 4;
        }

        @Override
        public int[] getPartitionsForTopic(String topic) {
            return new int[] {0};
        }
    }
}
