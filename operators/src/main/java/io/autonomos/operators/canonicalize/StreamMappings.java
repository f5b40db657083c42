package io.autonomos.operators.canonicalize;

import io.autonomos.mappings.language.MappingException;
import io.autonomos.mappings.registry.RegistryBook;
import io.autonomos.mappings.registry.VersionGate;
import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The mapping versions of the streams of one task. All methods but {@link #release} concern the
 * current key.
 *
 * <p>State per stream: the message of the version in effect, and the offset of the last message
 * that was decided on. Neither lapses: a stream must not fall back to an older mapping by itself.
 *
 * <p>In the heap there is only what records need: a mapping is compiled when its stream's first
 * record comes, and streams with equal contents share one.
 */
final class StreamMappings {

    // State names are part of the savepoint format: never rename one.
    static final String VERSION_STATE = "mapping-version";
    static final String POSITION_STATE = "registry-position";

    private final transient ValueState<RegistryMessage> version;
    private final transient ValueState<Long> position;
    private final Map<String, Shared> compiled = new HashMap<>();

    /** A compiled content and how many streams use it. */
    private static final class Shared {
        private final StreamMapping.Content content;
        private int users;

        Shared(StreamMapping.Content content) {
            this.content = content;
        }
    }

    StreamMappings(KeyedStateStore state) {
        version =
                state.getState(
                        new ValueStateDescriptor<>(
                                VERSION_STATE, TypeInformation.of(RegistryMessage.class)));
        position = state.getState(new ValueStateDescriptor<>(POSITION_STATE, Types.LONG));
    }

    /** Takes what the registry says of a stream when a job starts without state. */
    void begin(RegistryBook.Standing standing) throws IOException {
        if (standing.inEffect() != null) {
            version.update(standing.inEffect());
        }
        position.update(standing.position());
    }

    /** Whether the message was decided on before. */
    boolean isDecided(RegistryMessage message) throws IOException {
        Long last = position.value();
        return last != null && message.position() <= last;
    }

    /** Decides about a message, and makes an accepted version the one in effect. */
    Decision decide(RegistryMessage message) throws IOException {
        RegistryMessage inEffect = version.value();
        Decision decision =
                VersionGate.decide(message, inEffect == null ? null : inEffect.version());
        if (decision.takesEffect()) {
            version.update(message);
        }
        position.update(message.position());
        return decision;
    }

    /** The message of the version in effect, or null. */
    RegistryMessage inEffect() throws IOException {
        return version.value();
    }

    /** The version in effect, compiled, for a stream that has records; null without one. */
    StreamMapping acquire() throws IOException {
        RegistryMessage message = version.value();
        if (message == null) {
            return null;
        }
        MappingVersion content = message.version();
        try {
            Shared shared = compiled.get(content.hash());
            if (shared == null) {
                shared = new Shared(StreamMapping.Content.of(VersionGate.compile(content)));
                compiled.put(content.hash(), shared);
            }
            shared.users++;
            return StreamMapping.of(content, shared.content, null);
        } catch (MappingException e) {
            return StreamMapping.of(content, null, unusable(content, e));
        }
    }

    /**
     * A stream no longer uses the mapping.
     *
     * @return whether no stream of this task does
     */
    boolean release(StreamMapping mapping) {
        Shared shared = compiled.get(mapping.hash());
        if (shared == null || --shared.users > 0) {
            return false;
        }
        compiled.remove(mapping.hash());
        return true;
    }

    private static Fault unusable(MappingVersion version, MappingException e) {
        return Fault.of(
                ErrorCode.MAPPING_UNUSABLE,
                "%s: version %d of its mapping does not compile: %s %s"
                        .formatted(
                                version.key().path(),
                                version.version(),
                                e.problems().get(0),
                                ErrorCode.MAPPING_UNUSABLE.remedy()));
    }
}
