package io.autonomos.schemas.messages;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All settings of a tenant, or of all tenants; the topic is compacted, so a message replaces the
 * one before it. What it does not name falls back to the setting for all, then to the default.
 *
 * @param tenant the tenant, or {@link #ALL}
 * @param revision rises with each change; an older one is ignored
 * @param flags feature flags by name
 * @param policies policies by name
 * @param budgets budgets by name
 * @param thresholds from which confidence on repairs are applied or asked about, and where
 * @param by who made the change
 * @param reason why, or null
 */
public record ControlMessage(
        String tenant,
        long revision,
        Map<String, Boolean> flags,
        Map<String, String> policies,
        Map<String, Long> budgets,
        List<RepairThreshold> thresholds,
        String by,
        String reason,
        Instant at)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Stands for every tenant. */
    public static final String ALL = "*";

    private static final int MOST_THRESHOLDS = 1_000;
    private static final String FLAGS =
            "drift-detection|auto-repair|human-review|llm|aam-as-source|safe-mode";
    private static final String NAMES = "[a-z][a-z0-9._-]{0,127}";

    public ControlMessage {
        Check.part("tenant", tenant);
        Check.atLeast("revision", revision, 1);
        flags = Check.named("flags", flags, FLAGS);
        policies = Check.named("policies", policies, NAMES);
        budgets = Check.named("budgets", budgets, NAMES);
        budgets.forEach((name, budget) -> Check.atLeast("budgets." + name, budget, 0));
        thresholds = thresholds == null ? List.of() : Check.list("thresholds", thresholds);
        if (thresholds.size() > MOST_THRESHOLDS) {
            throw new Check.Failure("thresholds", "must be at most " + MOST_THRESHOLDS);
        }
        Check.text("by", by);
        Check.when("at", at);
    }

    /** A message without thresholds. */
    public ControlMessage(
            String tenant,
            long revision,
            Map<String, Boolean> flags,
            Map<String, String> policies,
            Map<String, Long> budgets,
            String by,
            String reason,
            Instant at) {
        this(tenant, revision, flags, policies, budgets, List.of(), by, reason, at);
    }
}
