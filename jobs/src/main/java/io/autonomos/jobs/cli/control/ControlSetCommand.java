package io.autonomos.jobs.cli.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.ControlClient;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.mappings.language.Suggestion;
import io.autonomos.operators.canonicalize.DriftPolicy;
import io.autonomos.operators.repair.llm.AskModel;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.messages.MessageJson;
import io.autonomos.schemas.messages.ViewRules;
import io.autonomos.schemas.model.EntityModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes settings of a tenant or of all. */
@Command(
        name = "set",
        description = {
            "Change settings of a tenant, or of all; what is not named stays as it is.",
            "Flags: drift-detection, auto-repair, human-review, llm, aam-as-source, safe-mode, each on,"
                    + " off or default. Policies have a word for their value, as drift=park (or pass,"
                    + " dead-letter); budgets a number, as llm-tokens=100000.",
            "Thresholds of repairs: apply-threshold=0.95 and review-threshold=0.7, for all fields or"
                    + " for what --source, --entity and --field name.",
            "Rules of unified rows: view-sources.ENTITY=hubspot,salesforce (the first one first),"
                    + " view-merge.ENTITY.FIELD=longest, view-identity.ENTITY=external,domain (or"
                    + " record). A running job derives the tenant's rows anew."
        })
final class ControlSetCommand implements Callable<Integer> {

    private static final String DEFAULT = "default";
    private static final Set<String> FLAGS =
            Arrays.stream(Flag.values()).map(Flag::key).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> BUDGETS = Set.of(AskModel.BUDGET);
    private static final Map<String, List<String>> POLICIES =
            Map.of(
                    DriftPolicy.NAME,
                    Arrays.stream(DriftPolicy.values()).map(DriftPolicy::key).toList());

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(
            names = "--tenant",
            required = true,
            description = "Whose settings; * stands for all tenants.")
    private String tenant;

    @Option(names = "--source", description = "Whose repairs a threshold is for: a kind of system.")
    private String source;

    @Option(names = "--entity", description = "Whose repairs a threshold is for: an entity.")
    private String entity;

    @Option(names = "--field", description = "Whose repairs a threshold is for: a canonical field.")
    private String field;

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description = "Who changes it (default: the system's user).")
    private String by = System.getProperty("user.name", "unknown");

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason;

    @Option(names = "--json", description = "Print the tenant's settings as one JSON object.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=VALUE",
            description = "A setting; the value default takes it back.")
    private Map<String, String> wanted;

    private final Map<String, Boolean> flags = new TreeMap<>();
    private final Map<String, String> policies = new TreeMap<>();
    private final Map<String, Long> budgets = new TreeMap<>();
    private ThresholdEdit thresholds;

    @Override
    public Integer call() throws IOException {
        // Read once before anything is written, so that nothing is changed by half.
        next(null);
        ControlClient client =
                new ControlClient(
                        brokers.bootstrapServers(), brokers.properties(), brokers.topicPrefix());
        ControlMessage now = client.change(tenant, this::next);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().readTree(MessageJson.write(now)));
        } else {
            out.println(
                    "The settings of %s are at revision %d."
                            .formatted(
                                    tenant.equals(ControlMessage.ALL)
                                            ? "all tenants"
                                            : DriftText.printable(tenant),
                                    now.revision()));
        }
        out.flush();
        return 0;
    }

    private ControlMessage next(ControlMessage before) {
        flags.clear();
        policies.clear();
        budgets.clear();
        thresholds =
                new ThresholdEdit(
                        before == null ? List.of() : before.thresholds(), source, entity, field);
        if (before != null) {
            flags.putAll(before.flags());
            policies.putAll(before.policies());
            budgets.putAll(before.budgets());
        }
        wanted.forEach(this::put);
        thresholds.check(wanted.keySet());
        return new ControlMessage(
                tenant,
                before == null ? 1 : before.revision() + 1,
                flags,
                policies,
                budgets,
                thresholds.all(),
                by.isBlank() ? "unknown" : by,
                reason,
                Instant.now());
    }

    private void put(String name, String value) {
        if (ThresholdEdit.NAMES.contains(name)) {
            thresholds.put(name, value.equals(DEFAULT) ? null : value);
        } else if (value.equals(DEFAULT)) {
            flags.remove(name);
            policies.remove(name);
            budgets.remove(name);
        } else if (ViewRules.isRule(name)) {
            policies.put(name, rule(name, value));
        } else if (FLAGS.contains(name)) {
            flags.put(name, flag(name, value));
        } else if (POLICIES.containsKey(name)) {
            policies.put(name, policy(name, value));
        } else if (BUDGETS.contains(name)) {
            budgets.put(name, budget(name, value));
        } else {
            throw unknown(name);
        }
    }

    private static CommandException unknown(String name) {
        Set<String> known = new TreeSet<>(FLAGS);
        known.addAll(POLICIES.keySet());
        known.addAll(BUDGETS);
        known.addAll(ThresholdEdit.NAMES);
        return new CommandException(
                "%s is no setting. %s"
                        .formatted(DriftText.printable(name), Suggestion.of(name, known)));
    }

    private static String policy(String name, String value) {
        List<String> allowed = POLICIES.get(name);
        if (!allowed.contains(value)) {
            throw new CommandException(
                    "%s must be one of %s, but was %s."
                            .formatted(name, String.join(", ", allowed), value));
        }
        return value;
    }

    private static long budget(String name, String value) {
        if (!value.matches("[0-9]{1,18}")) {
            throw new CommandException(
                    "%s must be a whole number, but was %s.".formatted(name, value));
        }
        return Long.parseLong(value);
    }

    private static String rule(String name, String value) {
        String problem = ViewRules.problem(EntityModel.shipped(), name, value);
        if (problem != null) {
            throw new CommandException(
                    "%s: %s=%s cannot be set: %s."
                            .formatted(ErrorCode.CONTROL_SETTING.code(), name, value, problem));
        }
        return value;
    }

    private static boolean flag(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default ->
                    throw new CommandException(
                            "%s is a flag: on, off or default, but was %s.".formatted(name, value));
        };
    }
}
