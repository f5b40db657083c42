package io.autonomos.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.schemas.StreamKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Records of 1 KB, every second of which is new; the others change the amount of one of those so
 * far, which is chosen by Zipf's law of exponent 1, the first records most often.
 */
final class ChangingRecords {

    /** The clock of the first record, in milliseconds. */
    static final long EPOCH = 1_767_225_600_000L;

    private static final int FIELDS = 33;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'")
                    .withZone(ZoneOffset.UTC);

    private final SplittableRandom random = new SplittableRandom(7);
    private final int tenants;
    private int sent;

    /**
     * @param tenants among which the records alternate
     */
    ChangingRecords(int tenants) {
        this.tenants = tenants;
    }

    /** How many distinct ones there are among the first so many. */
    static int keys(int records) {
        return (records + 1) / 2;
    }

    /** Sends the next record as if it had changed at that time. */
    void sendNext(RawTopicWriter writer, long clock) {
        int known = keys(sent);
        boolean isNew = sent % 2 == 0;
        int key = isNew ? known : (int) Math.exp(random.nextDouble() * Math.log(known));
        send(writer, "tenant-" + key % tenants, Math.min(key, known), clock);
        sent++;
    }

    /** Sends one record as if it had changed at that time. */
    static void send(RawTopicWriter writer, String tenant, int key, long clock) {
        writer.send(
                new StreamKey(tenant, "salesforce-prod", SampleRecords.STREAM),
                SampleRecords.SOURCE,
                "upsert",
                SampleRecords.id(key),
                clock,
                record(key, clock));
    }

    private static byte[] record(int key, long clock) {
        String json = new String(SampleRecords.record(key, FIELDS), UTF_8);
        json = json.replaceFirst("\"Amount\":\\d+", "\"Amount\":" + clock % 1_000_000);
        String at = CLOCK.format(Instant.ofEpochMilli(clock));
        for (String field : new String[] {"LastModifiedDate", "SystemModstamp"}) {
            json = json.replaceFirst("\"" + field + "\":\"[^\"]*", "\"" + field + "\":\"" + at);
        }
        return json.getBytes(UTF_8);
    }
}
