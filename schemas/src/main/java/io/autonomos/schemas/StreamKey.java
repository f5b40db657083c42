package io.autonomos.schemas;

import io.autonomos.schemas.types.StreamKeySerializer;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The address of one stream: a tenant's connection and the object or table read through it.
 *
 * <p>Everything that concerns a stream is keyed by this, tenant first. The parts are opaque data
 * from outside; they are never spliced into SQL, paths or metric names.
 *
 * <p>It keeps its hash code: a task with thousands of streams would otherwise fetch three texts
 * from far away for each record.
 */
@TypeInfo(StreamKeySerializer.Factory.class)
public final class StreamKey implements Comparable<StreamKey> {

    /** Where records are counted whose own address cannot be read. */
    public static final StreamKey UNADDRESSED = new StreamKey("_unaddressed", "_", "_");

    private final String tenant;
    private final String connection;
    private final String stream;
    private final int hash;

    public StreamKey(String tenant, String connection, String stream) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.connection = Objects.requireNonNull(connection, "connection");
        this.stream = Objects.requireNonNull(stream, "stream");
        // Decides which subtask holds the stream's state, so it must never change.
        this.hash = 31 * (31 * tenant.hashCode() + connection.hashCode()) + stream.hashCode();
    }

    public String tenant() {
        return tenant;
    }

    public String connection() {
        return connection;
    }

    public String stream() {
        return stream;
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
                        && hash == that.hash
                        && tenant.equals(that.tenant)
                        && connection.equals(that.connection)
                        && stream.equals(that.stream));
    }

    @Override
    public int hashCode() {
        return hash;
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

    /** For messages of failed checks. */
    @Override
    public String toString() {
        return path();
    }
}
