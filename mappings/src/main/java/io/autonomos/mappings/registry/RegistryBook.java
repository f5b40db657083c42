package io.autonomos.mappings.registry;

import io.autonomos.mappings.registry.VersionGate.Decision;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingVerdict;
import io.autonomos.schemas.messages.MappingVersion;
import io.autonomos.schemas.messages.RegistryMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the registry topic says, by stream: each message and the verdict on it. */
public final class RegistryBook {

    private final Predicate<StreamKey> wanted;
    private final Map<StreamKey, List<RegistryMessage>> messages = new TreeMap<>();
    private final Map<Long, MappingVerdict> verdicts = new HashMap<>();

    /** A book of all streams. */
    public RegistryBook() {
        this(key -> true);
    }

    /** A book of some streams. */
    public RegistryBook(Predicate<StreamKey> wanted) {
        this.wanted = wanted;
    }

    /**
     * One message that is no verdict, and the verdict on it.
     *
     * @param verdict null while no job has decided
     */
    public record Entry(RegistryMessage message, MappingVerdict verdict) {

        /** Whether the job took it. */
        public boolean isAccepted() {
            return verdict != null && verdict.accepts() && message.fault() == null;
        }

        /** Whether a job has yet to decide. */
        public boolean isOpen() {
            return verdict == null;
        }
    }

    /**
     * A stream as a job finds it that starts without state.
     *
     * @param inEffect the message of the version in effect, or null
     * @param position the last message that this takes into account
     * @param decisions on messages that no job had decided on
     */
    public record Standing(RegistryMessage inEffect, long position, List<Decision> decisions) {}

    /** Takes the next message of the topic. */
    public void add(RegistryMessage message) {
        if (!wanted.test(message.key())) {
            return;
        }
        if (!message.isVerdict()) {
            messages.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(message);
            return;
        }
        MappingVerdict verdict = message.verdict();
        if (verdict != null) {
            verdicts.put(verdict.offset(), verdict);
        }
    }

    /** The streams that have messages. */
    public Set<StreamKey> streams() {
        return Collections.unmodifiableSet(messages.keySet());
    }

    /** A stream's messages in order. */
    public List<Entry> history(StreamKey key) {
        return messages.getOrDefault(key, List.of()).stream()
                .map(message -> new Entry(message, verdicts.get(message.position())))
                .toList();
    }

    /** The verdict on a message, or null while there is none. */
    public MappingVerdict verdict(long position) {
        return verdicts.get(position);
    }

    /** The message of a stream's latest accepted version, or null. */
    public RegistryMessage accepted(StreamKey key) {
        return latest(key, Entry::isAccepted);
    }

    /**
     * The message of the version that is or may come in effect: accepted or not decided, or null.
     */
    public RegistryMessage latest(StreamKey key) {
        return latest(
                key,
                each -> each.isAccepted() || (each.isOpen() && each.message().fault() == null));
    }

    private RegistryMessage latest(StreamKey key, Predicate<Entry> counts) {
        RegistryMessage latest = null;
        for (Entry each : history(key)) {
            boolean newer =
                    latest == null || each.message().versionNumber() > latest.versionNumber();
            if (newer && counts.test(each)) {
                latest = each.message();
            }
        }
        return latest;
    }

    /** The highest version number that a stream's messages use, or 0. */
    public int lastNumber(StreamKey key) {
        return history(key).stream()
                .filter(each -> each.message().fault() == null)
                .mapToInt(each -> each.message().versionNumber())
                .max()
                .orElse(0);
    }

    /**
     * What a job that starts without state must go by. What a job accepted before comes first; then
     * the messages without a verdict are decided in order.
     */
    public Standing standing(StreamKey key) {
        RegistryMessage inEffect = accepted(key);
        MappingVersion version = inEffect == null ? null : inEffect.version();
        List<Decision> decisions = new ArrayList<>();
        long position = -1;
        for (Entry each : history(key)) {
            position = Math.max(position, each.message().position());
            if (each.isOpen()) {
                Decision decision = VersionGate.decide(each.message(), version);
                decisions.add(decision);
                if (decision.takesEffect()) {
                    inEffect = each.message();
                    version = decision.version();
                }
            }
        }
        return new Standing(inEffect, position, decisions);
    }
}
