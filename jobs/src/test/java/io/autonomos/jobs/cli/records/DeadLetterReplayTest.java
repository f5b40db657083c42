package io.autonomos.jobs.cli.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.jobs.cli.TestingSinkContext;
import io.autonomos.operators.sink.kafka.DeadLetterSerializer;
import io.autonomos.schemas.DeadLetter;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterReplayTest {

    private static final StreamKey ACME = new StreamKey("acme", "crm", "accounts");
    private static final int MAX_SIZE = 1 << 20;

    private final List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();

    @Test
    void wholeRecordsGoWhereverTheyCameFrom() {
        add("autonomos.raw", ErrorCode.REQUIRED_MISSING, "{}", null, 1, 10);
        add("acme/crm/accounts_salesforce.jsonl", ErrorCode.JSON_SYNTAX, "{", null, 1, 11);
        add("acme/crm/accounts_salesforce.csv", ErrorCode.CSV_ROW, "1", "Id,Name", 1, 12);
        DeadLetterReplay replay = new DeadLetterReplay(letters);

        assertThat(replay.letters()).containsExactlyElementsOf(letters);
        assertThat(replay.isWhole()).isTrue();
        assertThat(replay.leftOut()).isEqualTo(".");
    }

    @Test
    void aRecordThatFailedAgainGoesOnceWithItsLastTry() {
        add("autonomos.raw", ErrorCode.REQUIRED_MISSING, "{}", null, 1, 10);
        add("autonomos.raw", ErrorCode.REQUIRED_MISSING, "{\"other\":1}", null, 1, 10);
        add("autonomos.raw", ErrorCode.VALUE_TYPE, "{}", null, 2, 10);

        assertThat(new DeadLetterReplay(letters).letters())
                .containsExactly(letters.get(2), letters.get(1));
    }

    @Test
    void whatDoesNotHoldAWholeRecordIsLeftOutAndTheReasonCounted() {
        add("x", ErrorCode.HEADER_MISSING, "{}", null, 1, 1);
        add("x", ErrorCode.HEADER_INVALID, "{}", null, 1, 2);
        add("acme/crm/x.csv", ErrorCode.FILE_NAME, "1", "Id", 1, 3);
        add("acme/crm/accounts_salesforce.csv", ErrorCode.RECORD_TOO_LARGE, "1", "Id", 1, 4);
        add("autonomos.raw", ErrorCode.RECORD_TOO_LARGE, "x".repeat(2 * MAX_SIZE), null, 1, 5);
        add("acme/crm/accounts_salesforce.csv", ErrorCode.FILE_UNREADABLE, "", "Id", 1, 6);
        add("acme/crm/accounts_salesforce.csv", ErrorCode.CSV_HEADER, "1", null, 1, 7);
        add("autonomos.raw", ErrorCode.RECORD_TOO_LARGE, "whole", null, 1, 8);
        DeadLetterReplay replay = new DeadLetterReplay(letters);

        assertThat(replay.letters()).containsExactly(letters.get(7));
        assertThat(replay.isWhole()).isFalse();
        assertThat(replay.leftOut())
                .isEqualTo(
                        ", 7 left out: 3 whose headers or file name the sender must mend, 2 cut as"
                                + " they were too large, 1 of files that could not be read, 1 of CSV"
                                + " files whose header cannot be used.");
    }

    /** A dead letter as the job writes it. */
    private void add(
            String origin, ErrorCode code, String value, String csvHeader, int attempt, long at) {
        RawRecord record =
                new RawRecord(
                        ACME,
                        "salesforce",
                        null,
                        null,
                        5,
                        origin,
                        0,
                        letters.size(),
                        null,
                        value.getBytes(UTF_8),
                        null,
                        null,
                        csvHeader,
                        null,
                        null);
        DeadLetter letter =
                new DeadLetter(record, Fault.of(code, "why"), null, null, 0, attempt, at);
        ProducerRecord<byte[], byte[]> message =
                new DeadLetterSerializer("autonomos", MAX_SIZE)
                        .serialize(letter, new TestingSinkContext(), null);
        letters.add(
                new ConsumerRecord<>(
                        message.topic(),
                        0,
                        letters.size(),
                        0,
                        TimestampType.CREATE_TIME,
                        0,
                        message.value().length,
                        message.key(),
                        message.value(),
                        message.headers(),
                        Optional.empty()));
    }
}
