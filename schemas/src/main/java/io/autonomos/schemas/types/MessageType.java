package io.autonomos.schemas.types;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The Flink types of the messages of {@code io.autonomos.schemas.messages}: their JSON, so that
 * state and topics share one form and one set of checks.
 */
public final class MessageType {

    private MessageType() {}

    /** The type of a message class. */
    public static <T> TypeInformation<T> of(Class<T> message) {
        return new StreamTypeInfo<>(message, new MessageSerializer<>(message), false);
    }
}
