package io.autonomos.jobs.cli.mappings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.RawSample;
import io.autonomos.jobs.cli.common.BrokerOptions;
import io.autonomos.jobs.cli.common.FeedFormatConverter;
import io.autonomos.jobs.cli.common.RecordFiles;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.registry.MappingImpact;
import io.autonomos.operators.source.FeedFormat;
import io.autonomos.schemas.RawRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What publishing would change, shown on a stream's own records. */
final class PublishPlan {

    private static final int SHOWN = 60;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "For --plan: records to try it on. Default: the last ones that came in.")
    private Path sample;

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "1000",
            description = "For --plan: most records to try it on (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "--raw-topic",
            description = "For --plan: where records come in. Default: .raw behind the prefix.")
    private String rawTopic;

    @Option(
            names = "--raw-format",
            paramLabel = "raw|airbyte|debezium|envelope|pages",
            converter = FeedFormatConverter.class,
            defaultValue = "raw",
            description =
                    "For --plan: what the messages of that topic look like (default: ${DEFAULT-VALUE}).")
    private FeedFormat rawFormat;

    @Option(
            names = "--scan",
            paramLabel = "N",
            defaultValue = "100000",
            description =
                    "For --plan: how many messages of each partition to look through for the"
                            + " stream's (default: ${DEFAULT-VALUE}).")
    private long scan;

    /** Prints what would change; returns the exit code. */
    int show(
            BrokerOptions brokers,
            StreamTarget before,
            StreamTarget after,
            boolean json,
            PrintWriter out)
            throws IOException {
        MappingImpact impact = new MappingImpact(before, after);
        List<RawRecord> records = sample == null ? last(brokers, after) : file(after);
        records.forEach(impact::add);
        if (json) {
            out.println(object(impact));
        } else {
            print(impact, after, out);
        }
        out.flush();
        return 0;
    }

    private List<RawRecord> last(BrokerOptions brokers, StreamTarget target) {
        String topic = rawTopic == null ? brokers.topicPrefix() + ".raw" : rawTopic;
        return RawSample.last(
                brokers.bootstrapServers(),
                brokers.properties(),
                topic,
                rawFormat,
                target.key(),
                target.source(),
                most,
                scan);
    }

    private List<RawRecord> file(StreamTarget target) {
        return SampleRecords.all(sample, most).stream()
                .map(
                        each ->
                                RecordFiles.raw(
                                        target.key(), target.source(), sample.toString(), 0, each))
                .toList();
    }

    private static void print(MappingImpact impact, StreamTarget after, PrintWriter out) {
        out.println(
                "%d records of %s tried, %d stay as they are."
                        .formatted(impact.records(), after.key().path(), impact.untouched()));
        impact.outcomes().forEach((what, count) -> out.println("  " + count + " " + what));
        if (impact.fields().isEmpty()) {
            out.println("No canonical field changes its value.");
            return;
        }
        TextTable table = new TextTable();
        table.row(List.of("field", "changed", "gained", "lost", "for example"));
        for (MappingImpact.Field field : impact.fields()) {
            table.row(
                    List.of(
                            field.name(),
                            Integer.toString(field.changed()),
                            Integer.toString(field.gained()),
                            Integer.toString(field.lost()),
                            "%s: %s -> %s"
                                    .formatted(
                                            brief(field.record()),
                                            brief(field.was()),
                                            brief(field.is()))));
        }
        out.print(table);
    }

    private static String brief(String value) {
        if (value == null) {
            return "null";
        }
        String line = value.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }

    private static ObjectNode object(MappingImpact impact) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode object = mapper.createObjectNode();
        object.put("records", impact.records());
        object.put("untouched", impact.untouched());
        object.set("outcomes", mapper.valueToTree(impact.outcomes()));
        ArrayNode fields = object.putArray("fields");
        for (MappingImpact.Field each : impact.fields()) {
            fields.addObject()
                    .put("field", each.name())
                    .put("changed", each.changed())
                    .put("gained", each.gained())
                    .put("lost", each.lost())
                    .put("record_id", each.record())
                    .put("before", each.was())
                    .put("after", each.is());
        }
        return object;
    }
}
