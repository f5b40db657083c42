package io.autonomos.operators.source;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.schemas.StreamKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

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

    private static final int MAX_NAMES = 1024;

    private final BytesHash hasher;
    private final int generation;
    private final Written probe = new Written(new byte[MAX_BYTES_KEPT]);
    private final Map<String, String> names = new HashMap<>();
    private Map<Written, Address> young = new HashMap<>();
    private Map<Written, Address> old = new HashMap<>();

    /** Hashes the first bytes of an array. */
    interface BytesHash {
        long hash(byte[] bytes, int length);
    }

    /** With a seed of its own, so that nobody can send addresses that all collide. */
    AddressBook() {
        this(GENERATION, seeded(Hashing.xxh3_64(ThreadLocalRandom.current().nextLong())));
    }

    AddressBook(int generation, BytesHash hasher) {
        this.generation = generation;
        this.hasher = hasher;
    }

    private static BytesHash seeded(Hasher64 seeded) {
        return (bytes, length) -> seeded.hashBytesToLong(bytes, 0, length);
    }

    /** The checked address; the very same object for the same bytes while it is remembered. */
    Address resolve(byte[] tenant, byte[] connection, byte[] source, byte[] stream) {
        if (!probe.set(hasher, tenant, connection, source, stream)) {
            return Address.of(tenant, connection, source, stream);
        }
        Address known = young.get(probe);
        if (known != null) {
            return known;
        }
        Address address = old.get(probe);
        if (address == null) {
            address = sharing(Address.of(tenant, connection, source, stream));
        }
        remember(address);
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
        young.put(probe.copy(), address);
    }

    /** The address, with the names that many have in common as one object. */
    private Address sharing(Address address) {
        if (names.size() >= MAX_NAMES) {
            names.clear();
        }
        StreamKey key = address.key();
        return new Address(
                new StreamKey(key.tenant(), same(key.connection()), same(key.stream())),
                same(address.source()),
                address.code(),
                address.field(),
                address.problem());
    }

    private String same(String name) {
        String before = names.putIfAbsent(name, name);
        return before == null ? name : before;
    }

    /** An address as written: its four parts one after the other, and their hash. */
    private static final class Written {

        private static final int LENGTH_BITS = 16;
        private static final int MISSING = (1 << LENGTH_BITS) - 1;

        private final byte[] bytes;
        private int length;
        private long lengths;
        private int hash;

        Written(byte[] bytes) {
            this.bytes = bytes;
        }

        Written copy() {
            Written copy = new Written(Arrays.copyOf(bytes, length));
            copy.length = length;
            copy.lengths = lengths;
            copy.hash = hash;
            return copy;
        }

        /** Whether it fits, and can be looked up. */
        boolean set(BytesHash hasher, byte[]... parts) {
            length = 0;
            lengths = 0;
            for (byte[] part : parts) {
                if (part != null && part.length > bytes.length - length) {
                    return false;
                }
                if (part != null) {
                    System.arraycopy(part, 0, bytes, length, part.length);
                    length += part.length;
                }
                lengths = lengths << LENGTH_BITS | (part == null ? MISSING : part.length);
            }
            hash = Long.hashCode(hasher.hash(bytes, length) * 31 + lengths);
            return true;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Written that
                    && hash == that.hash
                    && lengths == that.lengths
                    && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
        }
    }
}
