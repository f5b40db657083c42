package io.autonomos.operators.source;

import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.StreamKey;
import java.util.Arrays;

/**
 * Finds the address of a record: each part from its header, else from the topic's settings, else
 * from the message. Whoever of them names a tenant must name the same. Not thread-safe.
 */
final class AddressResolver {

    private static final FeedMessage SILENT = new FeedMessage();

    private final AddressBook addresses = new AddressBook();
    private final boolean qualified;
    private final byte[] tenant;
    private final byte[] connection;
    private final byte[] source;
    private final byte[] stream;

    AddressResolver(FeedAddress settings) {
        qualified = settings.qualified();
        tenant = AddressText.encode(settings.tenant());
        connection = AddressText.encode(settings.connection());
        source = AddressText.encode(settings.source());
        stream = AddressText.encode(settings.stream());
    }

    /** The address of a record that is a message of its own. */
    Address resolve(RawHeaders headers) {
        return resolve(headers, SILENT);
    }

    Address resolve(RawHeaders headers, FeedMessage message) {
        byte[] owner = first(headers.tenant, tenant, message.tenant);
        Address address =
                addresses.resolve(
                        owner,
                        first(headers.connection, connection, message.connection),
                        first(headers.source, source, message.source),
                        first(headers.stream, stream, streamOf(message)));
        boolean disputed = differs(tenant, owner) || differs(message.tenant, owner);
        return disputed ? ofNobody(address) : address;
    }

    private byte[] streamOf(FeedMessage message) {
        if (!qualified || message.namespace == null || message.stream == null) {
            return message.stream;
        }
        byte[] name =
                Arrays.copyOf(
                        message.namespace, message.namespace.length + message.stream.length + 1);
        name[message.namespace.length] = '.';
        System.arraycopy(
                message.stream, 0, name, message.namespace.length + 1, message.stream.length);
        return name;
    }

    /** Two tenants are named, so neither may see the record. */
    private static Address ofNobody(Address address) {
        StreamKey key = address.key();
        return new Address(
                new StreamKey(StreamKey.UNADDRESSED.tenant(), key.connection(), key.stream()),
                address.source(),
                ErrorCode.TENANT_MISMATCH,
                "tenant",
                "is not the same in the message, its headers and its topic's setting");
    }

    private static boolean differs(byte[] one, byte[] owner) {
        return one != null && !Arrays.equals(one, owner);
    }

    private static byte[] first(byte[] header, byte[] setting, byte[] message) {
        if (header != null) {
            return header;
        }
        return setting != null ? setting : message;
    }
}
