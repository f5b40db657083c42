package io.autonomos.jobs.cli.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.ControlClient;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.DriftText;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.schemas.messages.ControlMessage;
import io.autonomos.schemas.messages.Controls;
import io.autonomos.schemas.messages.Flag;
import io.autonomos.schemas.messages.RepairThreshold;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the settings in force. */
@Command(
        name = "get",
        description = {
            "Show the settings in force, and where each comes from.",
            "Without --tenant: those for all, and those of each tenant that has its own."
        })
final class ControlGetCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;
    @Mixin private BrokerOptions brokers;

    @Option(names = "--tenant", description = "Whose settings; * stands for all tenants.")
    private String tenant;

    @Option(names = "--json", description = "Print one JSON object per setting.")
    private boolean json;

    /**
     * One setting.
     *
     * @param from tenant, {@code *} or {@code default}
     */
    private record Setting(
            String tenant, String kind, String name, String value, String from, long revision) {}

    @Override
    public Integer call() {
        Controls controls =
                new ControlClient(
                                brokers.bootstrapServers(),
                                brokers.properties(),
                                brokers.topicPrefix())
                        .read();
        Set<String> tenants = new LinkedHashSet<>();
        if (tenant != null) {
            tenants.add(tenant);
        } else {
            tenants.add(ControlMessage.ALL);
            controls.messages().stream().map(ControlMessage::tenant).sorted().forEach(tenants::add);
        }
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = TextTable.ofText();
        table.row(List.of("tenant", "setting", "value", "from", "revision"));
        for (String each : tenants) {
            for (Setting setting : settings(controls, each)) {
                if (json) {
                    out.println(object(setting));
                } else {
                    table.row(
                            List.of(
                                    DriftText.printable(setting.tenant()),
                                    DriftText.printable(setting.name()),
                                    DriftText.printable(shown(setting)),
                                    DriftText.printable(setting.from()),
                                    setting.revision() == 0 ? "" : "" + setting.revision()));
                }
            }
        }
        if (!json) {
            out.print(table);
        }
        out.flush();
        return 0;
    }

    /** As {@code control set} takes it. */
    private static String shown(Setting setting) {
        if (!setting.kind().equals("flag")) {
            return setting.value();
        }
        return Boolean.parseBoolean(setting.value()) ? "on" : "off";
    }

    private static List<Setting> settings(Controls controls, String tenant) {
        List<ControlMessage> sources = controls.sources(tenant);
        List<Setting> settings = new ArrayList<>();
        for (Flag flag : Flag.values()) {
            Setting said = first(sources, tenant, "flag", flag.key(), ControlMessage::flags);
            settings.add(
                    said == null
                            ? new Setting(
                                    tenant,
                                    "flag",
                                    flag.key(),
                                    Boolean.toString(flag.byDefault()),
                                    "default",
                                    0)
                            : said);
        }
        add(settings, sources, tenant, "policy", ControlMessage::policies);
        add(settings, sources, tenant, "budget", ControlMessage::budgets);
        sources.forEach(each -> addThresholds(settings, each, tenant));
        return settings;
    }

    private static void addThresholds(List<Setting> settings, ControlMessage from, String tenant) {
        for (RepairThreshold each : from.thresholds()) {
            String place =
                    Stream.of(each.source(), each.entity(), each.field())
                            .map(part -> part == null ? "*" : part)
                            .collect(Collectors.joining("/"));
            add(settings, from, tenant, "apply-threshold " + place, each.apply());
            add(settings, from, tenant, "review-threshold " + place, each.review());
        }
    }

    private static void add(
            List<Setting> settings,
            ControlMessage from,
            String tenant,
            String name,
            Double figure) {
        if (figure != null) {
            settings.add(
                    new Setting(
                            tenant,
                            "threshold",
                            name,
                            figure.toString(),
                            from.tenant(),
                            from.revision()));
        }
    }

    private static void add(
            List<Setting> settings,
            List<ControlMessage> sources,
            String tenant,
            String kind,
            Function<ControlMessage, Map<String, ?>> part) {
        Set<String> names = new TreeSet<>();
        sources.forEach(each -> names.addAll(part.apply(each).keySet()));
        names.forEach(name -> settings.add(first(sources, tenant, kind, name, part)));
    }

    private static Setting first(
            List<ControlMessage> sources,
            String tenant,
            String kind,
            String name,
            Function<ControlMessage, ? extends Map<String, ?>> part) {
        for (ControlMessage each : sources) {
            Object value = part.apply(each).get(name);
            if (value != null) {
                return new Setting(
                        tenant, kind, name, value.toString(), each.tenant(), each.revision());
            }
        }
        return null;
    }

    private static ObjectNode object(Setting setting) {
        ObjectNode object = JSON.createObjectNode();
        object.put("tenant", setting.tenant());
        object.put("kind", setting.kind());
        object.put("name", setting.name());
        switch (setting.kind()) {
            case "flag" -> object.put("value", Boolean.parseBoolean(setting.value()));
            case "threshold" -> object.put("value", Double.parseDouble(setting.value()));
            case "budget" -> object.put("value", Long.parseLong(setting.value()));
            default -> object.put("value", setting.value());
        }
        object.put("from", setting.from());
        object.put("revision", setting.revision());
        return object;
    }
}
