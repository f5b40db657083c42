package io.autonomos.schemas.types;

import static io.autonomos.schemas.types.TestingRecords.read;
import static io.autonomos.schemas.types.TestingRecords.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.Retry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.ViewChange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Round trips over odd text and odd numbers; one serializer for all tries, as in a running task.
 */
class StreamTypePropertiesTest {

    private static final StreamKeySerializer KEYS = new StreamKeySerializer();
    private static final RawRecordSerializer RECORDS = new RawRecordSerializer();
    private static final CanonicalEventSerializer EVENTS = new CanonicalEventSerializer();
    private static final LedgerEntrySerializer ENTRIES = new LedgerEntrySerializer();

    private static final ViewChangeSerializer CHANGES = new ViewChangeSerializer();

    @Provide
    Arbitrary<String> odd() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "a".repeat(128),
                        "\u00fc".repeat(128),
                        "\uD83D\uDE80".repeat(64),
                        "\u0000",
                        "\uD800",
                        "\uDC00",
                        "x\uDC00\uD800y",
                        "?",
                        "\uFFFD",
                        "\u65E5\u672C",
                        "a/b%2F\"'\\\n"),
                Arbitraries.strings().all().ofMaxLength(40),
                Arbitraries.strings().ascii().ofMaxLength(20));
    }

    @Provide
    Arbitrary<String> oddOrNull() {
        return odd().injectNull(0.2);
    }

    @Provide
    Arbitrary<StreamKey> keys() {
        return Combinators.combine(odd(), odd(), odd()).as(StreamKey::new);
    }

    @Property
    void aKeyComesBackEqualAndKeepsItsHash(@ForAll("keys") StreamKey key) throws IOException {
        StreamKey back = read(KEYS, write(KEYS, key));

        assertThat(back).isEqualTo(key);
        assertThat(back.hashCode()).isEqualTo(key.hashCode());
    }

    @Property
    void keysAreEqualExactlyWhenTheirBytesAre(
            @ForAll("keys") StreamKey one, @ForAll("keys") StreamKey other) throws IOException {
        boolean sameBytes = Arrays.equals(write(KEYS, one), write(KEYS, other));

        assertThat(sameBytes).isEqualTo(one.equals(other));
    }

    @Property
    void aRawRecordComesBackEqual(
            @ForAll("keys") StreamKey key,
            @ForAll("oddOrNull") String source,
            @ForAll("oddOrNull") String recordId,
            @ForAll("oddOrNull") String origin,
            @ForAll long emittedAt,
            @ForAll int partition,
            @ForAll long position,
            @ForAll byte[] value,
            @ForAll("oddOrNull") String field,
            @ForAll("oddOrNull") String csvHeader,
            @ForAll int attempt)
            throws IOException {
        RawRecord record =
                new RawRecord(
                        key,
                        source,
                        RawRecord.UPSERT,
                        recordId,
                        emittedAt,
                        origin,
                        partition,
                        position,
                        null,
                        value,
                        value,
                        field == null ? null : new Fault("AOS-201", field, field),
                        csvHeader,
                        attempt < 0 ? null : new Retry(attempt, emittedAt),
                        null);

        RawRecord back = read(RECORDS, write(RECORDS, record));

        assertThat(back).usingRecursiveComparison().isEqualTo(record);
    }

    @Property
    void aCanonicalEventComesBackEqual(
            @ForAll("keys") StreamKey key,
            @ForAll("oddOrNull") String id,
            @ForAll("oddOrNull") String mapping,
            @ForAll int version,
            @ForAll long eventTime,
            @ForAll byte[] json,
            @ForAll int[] values,
            @ForAll int extrasStart)
            throws IOException {
        CanonicalEvent event =
                new CanonicalEvent(
                        id,
                        key,
                        "hubspot",
                        "contact",
                        RawRecord.DELETE,
                        id,
                        eventTime,
                        -eventTime,
                        mapping,
                        version,
                        json,
                        values,
                        extrasStart,
                        ~extrasStart);

        CanonicalEvent back = read(EVENTS, write(EVENTS, event));

        assertThat(back).usingRecursiveComparison().isEqualTo(event);
    }

    @Property
    void aLedgerEntryComesBackEqual(
            @ForAll("keys") StreamKey key, @ForAll("oddOrNull") String entity, @ForAll long count)
            throws IOException {
        LedgerEntry entry =
                new LedgerEntry(key, entity, entity, count, -count, ~count, 1, 0, count, count);

        assertThat(read(ENTRIES, write(ENTRIES, entry))).isEqualTo(entry);
    }

    @Property
    void aViewChangeComesBackEqual(
            @ForAll("odd") String tenant,
            @ForAll("odd") String id,
            @ForAll long eventTime,
            @ForAll byte[] json,
            @ForAll int[] values)
            throws IOException {
        ViewChange change = new ViewChange(tenant, "contact", id, eventTime, json, values);

        ViewChange back = read(CHANGES, write(CHANGES, change));

        assertThat(back).usingRecursiveComparison().isEqualTo(change);
        assertThat(back.isDelete()).isEqualTo(json.length == 0);
    }

    @Property
    void manyKeysShareOneStreamInOrder(@ForAll("keyLists") List<StreamKey> keys)
            throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        for (StreamKey key : keys) {
            KEYS.serialize(key, out);
        }

        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        for (StreamKey key : keys) {
            assertThat(KEYS.deserialize(in)).isEqualTo(key);
        }
        assertThat(in.available()).isZero();
    }

    @Provide
    Arbitrary<List<StreamKey>> keyLists() {
        return keys().list().ofMaxSize(20);
    }
}
