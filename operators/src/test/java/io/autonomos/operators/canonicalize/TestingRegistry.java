package io.autonomos.operators.canonicalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import io.autonomos.schemas.messages.RegistryReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A registry topic in memory. It gives each message the next offset. */
final class TestingRegistry implements RegistryReader {

    private static final long serialVersionUID = 1L;

    private final transient List<RegistryMessage> messages = new ArrayList<>();

    /** A mapping of accounts whose name comes from the field. */
    static String nameFrom(String field) {
        return """
                mapping: crm-account
                source: salesforce
                stream: Account
                entity: account
                record-id: Id
                fields:
                  account_id: Id
                  name: %s
                """
                .formatted(field);
    }

    static MappingVersion version(StreamKey key, int number, String content) {
        return version(key, "salesforce", number, content);
    }

    static MappingVersion version(StreamKey key, String source, int number, String content) {
        return MappingVersion.of(
                key, source, number, content, MappingVersion.PUBLISH, "jo", null, Instant.EPOCH);
    }

    /** Appends a message as it would be written; returns it as it is read. */
    RegistryMessage append(RegistryMessage message) {
        return append(message.messageKey(), message.value());
    }

    RegistryMessage append(MappingVersion version) {
        return append(RegistryMessage.of(version));
    }

    /** Appends any bytes; a value of null is a tombstone. */
    RegistryMessage append(byte[] key, byte[] value) {
        RegistryMessage read = RegistryMessage.read(key, value, 0, messages.size());
        messages.add(read);
        return read;
    }

    RegistryMessage append(String key, String value) {
        return append(key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    @Override
    public void read(Consumer<RegistryMessage> each) {
        messages.forEach(each);
    }
}
