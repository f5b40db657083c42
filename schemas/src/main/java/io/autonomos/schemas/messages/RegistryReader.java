package io.autonomos.schemas.messages;

import java.io.Serializable;
import java.util.function.Consumer;

/**
 * Reads the registry once, from its beginning to what is there now. A job that starts without state
 * needs it, so that no record is translated by an older mapping just because it was read first.
 */
public interface RegistryReader extends Serializable {

    /** Hands over each message in order, versions and verdicts. */
    void read(Consumer<RegistryMessage> each);

    /** A registry without messages. */
    static RegistryReader empty() {
        return each -> {};
    }
}
