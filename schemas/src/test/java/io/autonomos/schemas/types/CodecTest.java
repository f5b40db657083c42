package io.autonomos.schemas.types;

import static io.autonomos.schemas.types.TestingRecords.ACME;
import static io.autonomos.schemas.types.TestingRecords.bytes;
import static io.autonomos.schemas.types.TestingRecords.fullRecord;
import static io.autonomos.schemas.types.TestingRecords.read;
import static io.autonomos.schemas.types.TestingRecords.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

class CodecTest {

    @Test
    void aKeySeenBeforeIsNotBuiltAgain() throws IOException {
        StreamKeySerializer serializer = new StreamKeySerializer();
        byte[] bytes = write(serializer, ACME);

        StreamKey first = read(serializer, bytes);

        assertThat(read(serializer, bytes)).isSameAs(first);
        assertThat(read(serializer.duplicate(), bytes)).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void repeatedNamesOfARecordAreNotBuiltAgain() throws IOException {
        RawRecordSerializer serializer = new RawRecordSerializer();
        byte[] bytes = write(serializer, fullRecord());

        RawRecord first = read(serializer, bytes);
        RawRecord second = read(serializer, bytes);

        assertThat(second.key()).isSameAs(first.key());
        assertThat(second.source()).isSameAs(first.source());
        assertThat(second.op()).isSameAs(first.op());
        assertThat(second.origin()).isSameAs(first.origin());
    }

    @Test
    void headersThatDifferInOnePartOnlyStillShareTheKey() throws IOException {
        RawRecordSerializer serializer = new RawRecordSerializer();

        RawRecord first = read(serializer, write(serializer, record("upsert", 0)));
        RawRecord other = read(serializer, write(serializer, record("delete", 1)));

        assertThat(other.op()).isEqualTo("delete");
        assertThat(other.partition()).isEqualTo(1);
        assertThat(other.key()).isSameAs(first.key());
    }

    @Test
    void headersThatDifferInAnyPartAreToldApart() throws IOException {
        CanonicalEventSerializer serializer = new CanonicalEventSerializer();
        String[] parts = {"Aa", "Aa", "Aa", "Aa", "Aa"};
        for (int differs = 0; differs < parts.length; differs++) {
            String[] other = parts.clone();
            other[differs] = "BB";

            for (String[] names : new String[][] {parts, other}) {
                CanonicalEvent copy = read(serializer, write(serializer, event(names)));

                assertThat(copy).usingRecursiveComparison().isEqualTo(event(names));
            }
        }
    }

    @Test
    void moreStreamsThanTheTableHoldsAreStillReadRight() throws IOException {
        RawRecordSerializer serializer = new RawRecordSerializer();

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3 * RecentTable.MAX_SLOTS; i++) {
                StreamKey key = new StreamKey("tenant-" + i, "c", "s");
                RawRecord record =
                        new RawRecord(key, "x", null, null, 0, "o", i, 0, null, null, null, null);

                RawRecord copy = read(serializer, write(serializer, record));

                assertThat(copy.key()).isEqualTo(key);
                assertThat(copy.partition()).isEqualTo(i);
            }
        }
    }

    @Test
    void theTableKeepsToItsBoundAndFindsWhatIsStillThere() {
        RecentTable<TestingEntry> table = new RecentTable<>();
        for (int i = 0; i < 2 * RecentTable.MAX_SLOTS; i++) {
            table.put(new TestingEntry(i));
        }

        int found = 0;
        for (int i = 0; i < 2 * RecentTable.MAX_SLOTS; i++) {
            byte[] bytes = bytes("entry " + i + "#");
            TestingEntry entry = table.find(bytes, bytes.length - 1);
            if (entry != null) {
                assertThat(entry.number).isEqualTo(i);
                found++;
            }
        }

        assertThat(table.size()).isBetween(RecentTable.MAX_SLOTS / 2, RecentTable.MAX_SLOTS);
        assertThat(found).isEqualTo(table.size());
    }

    @Test
    void aHeaderTooLargeToRememberIsReadAllTheSame() throws IOException {
        RawRecordSerializer serializer = new RawRecordSerializer();
        String origin = "d/".repeat(50_000) + "file.jsonl";
        RawRecord record =
                new RawRecord(ACME, "x", null, null, 0, origin, 0, 0, null, null, null, null);

        RawRecord first = read(serializer, write(serializer, record));
        RawRecord second = read(serializer, write(serializer, record));

        assertThat(first.origin()).isEqualTo(origin);
        assertThat(second.origin()).isEqualTo(origin).isNotSameAs(first.origin());
    }

    @Test
    void aRecordCostsFewBytesBesideItsPayload() throws IOException {
        byte[] bytes = write(new RawRecordSerializer(), fullRecord());
        int payload =
                fullRecord().value().length
                        + fullRecord().original().length
                        + fullRecord().rawKey().length
                        + fullRecord().fault().message().length()
                        + fullRecord().csvHeader().length()
                        + fullRecord().format().length();

        assertThat(bytes.length - payload).isLessThan(120);
    }

    @Test
    void aFirstTryPaysNothingForWhatARetryTells() throws IOException {
        RawRecord first = record(null, 0);
        RawRecord again =
                new RawRecord(
                        ACME,
                        "x",
                        null,
                        null,
                        0,
                        "topic",
                        0,
                        0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new Retry(1, 0),
                        null);

        int extra =
                write(new RawRecordSerializer(), again).length
                        - write(new RawRecordSerializer(), first).length;

        assertThat(extra).isEqualTo(1 + Long.BYTES);
    }

    @Test
    void corruptBytesEndInAClearError() {
        byte[] endless = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        byte[] truncated = {100, 3, 't'};

        for (byte[] bytes : new byte[][] {endless, negative, truncated}) {
            assertThatThrownBy(
                            () ->
                                    new StreamKeySerializer()
                                            .deserialize(new DataInputDeserializer(bytes)))
                    .isInstanceOf(IOException.class);
        }
    }

    private static CanonicalEvent event(String[] names) {
        return new CanonicalEvent(
                "id",
                new StreamKey(names[0], "c", "s"),
                names[1],
                names[2],
                names[3],
                "1",
                0,
                0,
                names[4],
                1,
                new byte[0],
                new int[0],
                0,
                0);
    }

    private static RawRecord record(String op, int partition) {
        return new RawRecord(ACME, "x", op, null, 0, "topic", partition, 0, null, null, null, null);
    }

    private static final class TestingEntry extends RecentTable.Entry {
        private final int number;

        TestingEntry(int number) {
            super(bytes("entry " + number));
            this.number = number;
        }
    }
}
