package io.autonomos.operators.source;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToLongFunction;

/**
 * Remembers the addresses seen, by the bytes they were written in, so that a record of a known
 * stream costs one look-up and no new text.
 *
 * <p>Bounded: when a generation is full it becomes the old one, and what is not asked for again
 * goes with it. Not thread-safe.
 */
final class AddressBook {

    private static final int GENERATION = 1 << 16;
    private static final int MAX_BYTES_KEPT = 4 * AddressText.MAX_LENGTH;

    private final ToLongFunction<byte[]> hasher;
    private final int generation;
    private final Written probe = new Written();
    private Map<Written, Address> young = new HashMap<>();
    private Map<Written, Address> old = new HashMap<>();

    /** With a seed of its own, so that nobody can send addresses that all collide. */
    AddressBook() {
        this(GENERATION, Hashing.xxh3_64(ThreadLocalRandom.current().nextLong())::hashBytesToLong);
    }

    AddressBook(int generation, ToLongFunction<byte[]> hasher) {
        this.generation = generation;
        this.hasher = hasher;
    }

    /** The checked address; the very same object for the same bytes while it is remembered. */
    Address resolve(byte[] tenant, byte[] connection, byte[] source, byte[] stream) {
        probe.set(hasher, tenant, connection, source, stream);
        Address known = young.get(probe);
        if (known != null) {
            return known;
        }
        Address address = old.get(probe);
        if (address == null) {
            address = Address.of(tenant, connection, source, stream);
        }
        if (probe.length() <= MAX_BYTES_KEPT) {
            remember(address);
        }
        return address;
    }

    int size() {
        return young.size() + old.size();
    }

    private void remember(Address address) {
        if (young.size() >= generation) {
            old = young;
            young = new HashMap<>();
        }
        young.put(new Written(probe), address);
    }

    /** An address as written: four arrays, any of them null, and their hash. */
    private static final class Written {
        private byte[] tenant;
        private byte[] connection;
        private byte[] source;
        private byte[] stream;
        private int hash;

        Written() {}

        Written(Written other) {
            tenant = other.tenant;
            connection = other.connection;
            source = other.source;
            stream = other.stream;
            hash = other.hash;
        }

        void set(
                ToLongFunction<byte[]> hasher,
                byte[] tenant,
                byte[] connection,
                byte[] source,
                byte[] stream) {
            this.tenant = tenant;
            this.connection = connection;
            this.source = source;
            this.stream = stream;
            long mixed = hash(hasher, tenant);
            mixed = mixed * 31 + hash(hasher, connection);
            mixed = mixed * 31 + hash(hasher, source);
            mixed = mixed * 31 + hash(hasher, stream);
            hash = Long.hashCode(mixed);
        }

        int length() {
            return length(tenant) + length(connection) + length(source) + length(stream);
        }

        private static int length(byte[] part) {
            return part == null ? 0 : part.length;
        }

        private static long hash(ToLongFunction<byte[]> hasher, byte[] part) {
            return part == null ? 1 : hasher.applyAsLong(part);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Written that
                    && hash == that.hash
                    && Arrays.equals(tenant, that.tenant)
                    && Arrays.equals(connection, that.connection)
                    && Arrays.equals(source, that.source)
                    && Arrays.equals(stream, that.stream);
        }
    }
}
