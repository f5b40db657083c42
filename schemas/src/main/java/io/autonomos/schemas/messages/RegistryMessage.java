package io.autonomos.schemas.messages;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.types.RegistryMessageSerializer;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One message of the registry topic {@code <prefix>.mappings}: a mapping version, or the job's
 * verdict on one. The value stays JSON, so that state of older jobs can be read.
 *
 * @param key the stream it is about; {@link StreamKey#UNADDRESSED} where it does not say
 * @param messageKey the message's own key
 * @param value the message's value as JSON; empty for a tombstone
 * @param fault why it can be no mapping version, or null
 * @param partition where it was read; of a message that is to be written the partition to write to
 * @param position its offset, or -1 for a message that is to be written
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never copied or changed
@TypeInfo(RegistryMessageSerializer.Factory.class)
public record RegistryMessage(
        StreamKey key, byte[] messageKey, byte[] value, Fault fault, int partition, long position) {

    /** Versions and verdicts share one partition, so that they have one order. */
    public static final int PARTITION = 0;

    /** A larger message is refused; the contents of mappings are limited to half of it. */
    public static final int MAX_BYTES = 1 << 20;

    private static final byte[] EMPTY = {};

    /** No tenant of a record can have these names. */
    private static final Set<String> RESERVED = Set.of("*", StreamKey.UNADDRESSED.tenant());

    /** What a message is, told by its key and value. Never throws. */
    public static RegistryMessage read(byte[] key, byte[] value, int partition, long offset) {
        RegistryKey address = RegistryKey.read(key);
        StreamKey stream = address == null ? StreamKey.UNADDRESSED : address.stream();
        byte[] name = key == null ? EMPTY : key;
        Fault fault = null;
        if (address == null || !address.verdict()) {
            fault = fault(address, value, "%d@%d".formatted(partition, offset));
        }
        boolean kept = value != null && (fault == null || value.length <= MAX_BYTES);
        return new RegistryMessage(stream, name, kept ? value : EMPTY, fault, partition, offset);
    }

    private static Fault fault(RegistryKey address, byte[] value, String place) {
        ErrorCode invalid = ErrorCode.MESSAGE_INVALID;
        if (value == null) {
            return Fault.of(
                    ErrorCode.MAPPING_WITHDRAWN,
                    "the tombstone at %s withdraws nothing. %s"
                            .formatted(place, ErrorCode.MAPPING_WITHDRAWN.remedy()));
        }
        if (value.length > MAX_BYTES) {
            return Fault.of(
                    invalid,
                    "the message at %s has %d bytes, more than %d. %s"
                            .formatted(place, value.length, MAX_BYTES, invalid.remedy()));
        }
        try {
            MappingVersion version = MessageJson.read(MappingVersion.class, value);
            if (address == null
                    || !address.stream().equals(version.key())
                    || address.version() != version.version()) {
                return Fault.of(
                        invalid,
                        "the key of the message at %s must be the JSON array of the tenant, connection, stream and version that its value has. %s"
                                .formatted(place, invalid.remedy()));
            }
            if (RESERVED.contains(version.tenant())) {
                return Fault.of(
                        ErrorCode.TENANT_INVALID,
                        "the message at %s is for tenant %s, which is a reserved name. %s"
                                .formatted(
                                        place,
                                        version.tenant(),
                                        ErrorCode.TENANT_INVALID.remedy()));
            }
            return null;
        } catch (MessageException e) {
            return Fault.of(invalid, "the message at %s: %s".formatted(place, e.getMessage()));
        }
    }

    /** A version that is to be written. */
    public static RegistryMessage of(MappingVersion version) {
        return new RegistryMessage(
                version.key(),
                RegistryKey.of(version),
                MessageJson.write(version),
                null,
                PARTITION,
                -1);
    }

    /** A verdict that is to be written. */
    public static RegistryMessage of(MappingVerdict verdict) {
        return new RegistryMessage(
                verdict.key(),
                RegistryKey.of(verdict),
                MessageJson.write(verdict),
                null,
                PARTITION,
                -1);
    }

    /** The same message, to be written again. */
    public RegistryMessage again() {
        return new RegistryMessage(key, messageKey, value, fault, PARTITION, -1);
    }

    /** Whether it is the job's own answer, which no job acts on. */
    public boolean isVerdict() {
        RegistryKey address = RegistryKey.read(messageKey);
        return address != null && address.verdict();
    }

    /** The number of the version that it is about, or 0. */
    public int versionNumber() {
        RegistryKey address = RegistryKey.read(messageKey);
        return address == null ? 0 : address.version();
    }

    /**
     * The version that a message without a fault holds.
     *
     * @throws IllegalStateException if it is none
     */
    public MappingVersion version() {
        try {
            return MessageJson.read(MappingVersion.class, value);
        } catch (MessageException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The verdict that it holds, or null where it is none that can be read. */
    public MappingVerdict verdict() {
        try {
            return isVerdict() ? MessageJson.read(MappingVerdict.class, value) : null;
        } catch (MessageException e) {
            return null;
        }
    }
}
