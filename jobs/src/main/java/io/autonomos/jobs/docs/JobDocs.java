package io.autonomos.jobs.docs;

import io.autonomos.jobs.JobOptionsCatalog;
import io.autonomos.operators.JobMetric;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/** The pages on the job's options and metrics, as Markdown. */
public final class JobDocs {

    private JobDocs() {}

    /** {@code docs/options.md}: every setting of the job. */
    public static String options() {
        StringBuilder page = new StringBuilder();
        page.append("# Options\n\n");
        page.append("Given to the job in a YAML file (`--config FILE`, nested or with dotted");
        page.append(" keys) and by `-Dkey=value`, which wins. Keys that are not listed here are");
        page.append(" Flink's own. Secrets are references, `${env:NAME}` or `${file:/path}`.\n\n");
        page.append("| key | default | what it does |\n|---|---|---|\n");
        HtmlFormatter text = new HtmlFormatter();
        for (Map.Entry<String, ConfigOption<?>> each : JobOptionsCatalog.options().entrySet()) {
            ConfigOption<?> option = each.getValue();
            page.append("| `").append(each.getKey()).append("` | ");
            page.append(defaultOf(option)).append(" | ");
            page.append(text.format(option.description()).replace("|", "\\|")).append(" |\n");
        }
        return page.toString();
    }

    private static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null || (value instanceof Map<?, ?> map && map.isEmpty())) {
            return "";
        }
        return "`" + shown(value) + "`";
    }

    private static String shown(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(JobDocs::shown).collect(Collectors.joining(";"));
        }
        return value instanceof Enum<?> word
                ? word.name().toLowerCase(Locale.ROOT)
                : value.toString();
    }

    /** {@code docs/metrics.md}: every metric of the job's own. */
    public static String metrics() {
        StringBuilder page = new StringBuilder();
        page.append("# Metrics\n\n");
        page.append("Beside Flink's own metrics, per subtask of the operator. Names from outside");
        page.append(" (tenants, streams) are never part of a metric: the account by stream is the");
        page.append(" topic `autonomos.ledger` and the command `autonomos ledger`.\n\n");
        page.append("| operator | metric | kind | meaning |\n|---|---|---|---|\n");
        for (JobMetric metric : JobMetric.values()) {
            page.append("| ").append(metric.operator());
            page.append(" | `").append(metric.path());
            page.append("` | ").append(metric.kind());
            page.append(" | ").append(metric.description()).append(" |\n");
        }
        return page.toString();
    }
}
