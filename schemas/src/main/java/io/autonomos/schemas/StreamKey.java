package io.autonomos.schemas;

import io.autonomos.schemas.types.StreamKeySerializer;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The address of one stream: a tenant's connection and the object or table read through it.
 *
 * <p>Everything that concerns a stream is keyed by this, tenant first. The parts are opaque data
 * from outside; they are never spliced into SQL, paths or metric names.
 */
@TypeInfo(StreamKeySerializer.Factory.class)
public record StreamKey(String tenant, String connection, String stream)
        implements Comparable<StreamKey> {

    /** Where records are counted whose own address cannot be read. */
    public static final StreamKey UNADDRESSED = new StreamKey("_unaddressed", "_", "_");

    public StreamKey {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(connection, "connection");
        Objects.requireNonNull(stream, "stream");
    }

    /** The three parts as one line of text, for messages; each part is escaped, so it is unique. */
    public String path() {
        return escape(tenant) + "/" + escape(connection) + "/" + escape(stream);
    }

    private static String escape(String part) {
        return part.replace("%", "%25").replace("/", "%2F");
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof StreamKey that
                        && tenant.equals(that.tenant)
                        && connection.equals(that.connection)
                        && stream.equals(that.stream));
    }

    /**
     * Decides which subtask holds the stream's state, so it must never change; a record's own hash
     * code may differ from one Java version to the next.
     */
    @Override
    public int hashCode() {
        return 31 * (31 * tenant.hashCode() + connection.hashCode()) + stream.hashCode();
    }

    @Override
    public int compareTo(StreamKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        if (byTenant != 0) {
            return byTenant;
        }
        int byConnection = connection.compareTo(other.connection);
        return byConnection != 0 ? byConnection : stream.compareTo(other.stream);
    }
}
