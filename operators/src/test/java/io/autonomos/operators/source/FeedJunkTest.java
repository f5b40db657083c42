package io.autonomos.operators.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.scan.RecordScanner;
import io.autonomos.mappings.scan.ScanException;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.ScanPlan;
import io.autonomos.schemas.RawRecord;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Whatever stands on a topic becomes a record, a fault or nothing; no reader throws. */
class FeedJunkTest {

    private static final String[] SEEDS = {
        "{\"type\":\"RECORD\",\"record\":{\"stream\":\"a\",\"namespace\":\"n\",\"emitted_at\":1,\"data\":{\"id\":1,\"x\":\"\\u00e9\"}}}",
        "{\"_airbyte_stream\":\"a\",\"_airbyte_data\":\"{\\\"id\\\":1}\",\"_airbyte_extracted_at\":\"2024-01-01T00:00:00Z\"}",
        "{\"tenant\":\"acme\",\"connection\":\"c\",\"source\":\"s\",\"stream\":\"t\",\"op\":\"delete\",\"record_id\":7,\"emitted_at\":1,\"data\":{\"a\":[1,{}]}}",
        "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"after\",\"type\":\"struct\",\"fields\":[{\"field\":\"d\",\"type\":\"bytes\",\"name\":\"org.apache.kafka.connect.data.Decimal\",\"parameters\":{\"scale\":\"2\"}},{\"field\":\"t\",\"type\":\"int32\",\"name\":\"io.debezium.time.Date\"},{\"field\":\"j\",\"type\":\"string\",\"name\":\"io.debezium.data.Json\"},{\"field\":\"v\",\"type\":\"struct\",\"name\":\"io.debezium.data.VariableScaleDecimal\"}]}]},\"payload\":{\"op\":\"u\",\"before\":null,\"after\":{\"d\":\"MDk=\",\"t\":1,\"j\":\"[1]\",\"v\":{\"scale\":1,\"value\":\"AQ==\"}},\"source\":{\"connector\":\"mysql\",\"db\":\"d\",\"table\":\"t\",\"ts_ms\":1},\"ts_ms\":2}}",
        "{\"op\":\"d\",\"before\":{\"id\":{\"scale\":1,\"value\":\"AQ==\"},\"x\":\"__debezium_unavailable_value\"},\"source\":{\"connector\":\"mongodb\",\"collection\":\"t\"}}",
        "{\"id\":\"{\\\"$oid\\\":\\\"1\\\"}\"}",
        "{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":{\"id\":1}}",
    };
    private static final String BYTES =
            "{}[]\",:\\0123456789.eE+-tfn \n\u0000\u00c3\u00ff'idopbefratgsmu";

    private final RecordScanner scanner = new ScanPlan().newScanner(ScanLimits.DEFAULT);

    @Property(tries = 2_000)
    void junkNeverThrows(@ForAll byte[] key, @ForAll byte[] value) {
        for (FeedFormat format : FeedFormat.values()) {
            check(TestingTopic.of(format).read(key, value, new RecordHeaders()), key, value);
        }
    }

    @Property(tries = 4_000)
    void damagedMessagesNeverThrowAndOnlySoundRecordsPass(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] key = damaged(random);
        byte[] value = random.nextInt(10) == 0 ? null : damaged(random);
        for (FeedFormat format : FeedFormat.values()) {
            check(TestingTopic.of(format).read(key, value, new RecordHeaders()), key, value);
        }
    }

    private void check(RawRecord read, byte[] key, byte[] value) {
        if (read == null) {
            return;
        }
        assertThat(read.originalBytes()).isEqualTo(value == null ? new byte[0] : value);
        // Text within text (MongoDB, Airbyte's destination) is judged when it is translated.
        boolean cutOut = read.format() != null && read.value().length > 0;
        if (read.fault() == null && cutOut && !isText(key) && !isText(value)) {
            assertThat(isObject(read.value())).as(new String(read.value(), UTF_8)).isTrue();
        }
    }

    private static boolean isText(byte[] bytes) {
        return bytes != null && new String(bytes, UTF_8).contains("\\\"");
    }

    private boolean isObject(byte[] json) {
        try {
            scanner.scan(json);
            return true;
        } catch (ScanException e) {
            return false;
        }
    }

    private static byte[] damaged(Random random) {
        byte[] bytes = SEEDS[random.nextInt(SEEDS.length)].getBytes(UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) BYTES.charAt(random.nextInt(BYTES.length()));
                case 1 -> {
                    byte[] shorter = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, shorter, 0, at);
                    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
                default -> {
                    int to = at + random.nextInt(bytes.length - at);
                    byte[] longer = new byte[bytes.length + to - at];
                    System.arraycopy(bytes, 0, longer, 0, to);
                    System.arraycopy(bytes, at, longer, to, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
