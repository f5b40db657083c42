package io.autonomos.schemas.messages;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The settings in force. What the job's configuration fixes comes first, then the tenant's message,
 * then the message for all tenants, then the default.
 */
public final class Controls implements Serializable {

    private static final long serialVersionUID = 1L;

    private final EnumMap<Flag, Boolean> fixed = new EnumMap<>(Flag.class);
    private final transient Map<String, ControlMessage> messages = new HashMap<>();

    /**
     * Settings without messages.
     *
     * @param fixed flags that the job's configuration sets
     */
    public Controls(Map<Flag, Boolean> fixed) {
        this.fixed.putAll(fixed);
    }

    /** The same without messages; a copy for one task. */
    public Controls fresh() {
        return new Controls(fixed);
    }

    /**
     * Takes a message.
     *
     * @return whether it is newer than what was known; an older one changes nothing
     */
    public boolean add(ControlMessage message) {
        ControlMessage known = messages.get(message.tenant());
        if (known != null && known.revision() >= message.revision()) {
            return false;
        }
        messages.put(message.tenant(), message);
        return true;
    }

    /** The messages in force. */
    public Collection<ControlMessage> messages() {
        return Collections.unmodifiableCollection(messages.values());
    }

    /**
     * The message in force of a tenant, or of {@link ControlMessage#ALL}; null where it has none.
     */
    public ControlMessage of(String tenant) {
        return messages.get(tenant);
    }

    /** The messages that decide for a tenant, the one that comes first first. */
    public List<ControlMessage> sources(String tenant) {
        return Stream.of(tenant, ControlMessage.ALL)
                .distinct()
                .map(messages::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether a flag is on for a tenant. */
    public boolean isOn(Flag flag, String tenant) {
        Boolean always = fixed.get(flag);
        if (always != null) {
            return always;
        }
        Boolean said = first(tenant, message -> message.flags().get(flag.key()));
        return said == null ? flag.byDefault() : said;
    }

    /** A tenant's policy, or null where nobody says one. */
    public String policy(String name, String tenant) {
        return first(tenant, message -> message.policies().get(name));
    }

    /** A tenant's budget, or null where nobody gives one. */
    public Long budget(String name, String tenant) {
        return first(tenant, message -> message.budgets().get(name));
    }

    /** What a tenant's repairs need at least; what comes first counts, the job's own come last. */
    public List<RepairThreshold> thresholds(String tenant) {
        List<RepairThreshold> all = new ArrayList<>();
        for (ControlMessage message : sources(tenant)) {
            message.thresholds().stream()
                    .sorted(Comparator.comparingInt(RepairThreshold::weight).reversed())
                    .forEach(all::add);
        }
        return all;
    }

    private <T> T first(String tenant, Function<ControlMessage, T> part) {
        for (ControlMessage message : sources(tenant)) {
            T value = part.apply(message);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
