package io.autonomos.mappings.plan;

import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.StreamKey;
import java.nio.charset.StandardCharsets;

/**
 * One stream's translation: its plan, and the parts of the envelope that are the same for all its
 * events, rendered once. Small, so that a task can hold one for each of its streams.
 */
public final class StreamTarget {

    private final StreamKey key;
    private final String source;
    private final Plan plan;
    private final int version;
    private final long hash;

    final byte[] afterId;
    final byte[] beforeRecordId;
    final byte[] afterFingerprint;
    final byte[] tail;

    /** A translation by the plan's own version. */
    public StreamTarget(StreamKey key, String source, Plan plan) {
        this(key, source, plan, plan.version());
    }

    /**
     * A translation by a version of the stream's own, whose number the registry gives.
     *
     * @param version stamped on each event
     */
    public StreamTarget(StreamKey key, String source, Plan plan, int version) {
        this.key = key;
        this.source = source;
        this.plan = plan;
        this.version = version;
        this.hash = Hashing.xxh3_64().hashBytesToLong(key.path().getBytes(StandardCharsets.UTF_8));
        afterId =
                new JsonBuffer(128)
                        .ascii("\",\"tenant\":")
                        .quoted(key.tenant())
                        .ascii(",\"entity\":")
                        .quoted(plan.entity().name())
                        .ascii(",\"op\":\"")
                        .toBytes();
        beforeRecordId =
                new JsonBuffer(128)
                        .ascii(",\"source\":{\"system\":")
                        .quoted(source)
                        .ascii(",\"connection\":")
                        .quoted(key.connection())
                        .ascii(",\"stream\":")
                        .quoted(key.stream())
                        .ascii(",\"record_id\":")
                        .toBytes();
        afterFingerprint =
                new JsonBuffer(128)
                        .ascii("\"},\"mapping\":{\"id\":")
                        .quoted(plan.mapping())
                        .ascii(",\"version\":")
                        .number(version)
                        .ascii("},\"changes\":[")
                        .toBytes();
        tail =
                new JsonBuffer(32)
                        .ascii("\",\"schema_version\":")
                        .number(plan.entity().version())
                        .put('}')
                        .toBytes();
    }

    public StreamKey key() {
        return key;
    }

    public String source() {
        return source;
    }

    public Plan plan() {
        return plan;
    }

    /** The version of the mapping, as events name it. */
    public int version() {
        return version;
    }

    /** A hash of the stream's address, equal on every machine. */
    long hash() {
        return hash;
    }
}
