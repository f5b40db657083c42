package io.autonomos.mappings.registry;

import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.time.Instant;

/** Versions of one stream, and a topic that gives them offsets. */
final class TestingVersions {

    static final StreamKey ACME = new StreamKey("acme", "sf", "Account");
    static final Instant AT = Instant.parse("2026-01-31T08:00:00Z");

    private long next;

    static String mapping(String field) {
        return """
        mapping: own
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

    static MappingVersion version(int number, String content) {
        return version("salesforce", number, content);
    }

    static MappingVersion version(String source, int number, String content) {
        return MappingVersion.of(
                ACME, source, number, content, MappingVersion.PUBLISH, "jo", null, AT);
    }

    /** The message as a reader finds it. */
    RegistryMessage written(RegistryMessage message) {
        return RegistryMessage.read(message.messageKey(), message.value(), 0, next++);
    }

    RegistryMessage written(int number, String content) {
        return written(RegistryMessage.of(version(number, content)));
    }
}
