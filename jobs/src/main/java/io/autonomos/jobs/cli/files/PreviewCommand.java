package io.autonomos.jobs.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autonomos.jobs.cli.common.CommandException;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.MappingFiles.Checked;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.jobs.demo.TextTable;
import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.language.Mapping.FieldRule;
import io.autonomos.mappings.lint.SampleLint;
import io.autonomos.mappings.plan.StreamTarget;
import io.autonomos.mappings.plan.Translation;
import io.autonomos.mappings.plan.Translator;
import io.autonomos.mappings.scan.ScanLimits;
import io.autonomos.mappings.scan.SourcePath;
import io.autonomos.operators.source.files.FileRecord;
import io.autonomos.schemas.CanonicalEvent;
import io.autonomos.schemas.ErrorCode;
import io.autonomos.schemas.Fault;
import io.autonomos.schemas.RawRecord;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a mapping makes of sample records. */
@Command(
        name = "preview",
        description = "Show side by side what stands in sample records and what a mapping makes.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all records of the sample translate",
            "1:failed",
            "2:some would be dead letters"
        })
public final class PreviewCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 48;

    @Spec private CommandSpec spec;

    @Option(names = "--mapping", required = true, paramLabel = "FILE", description = "The mapping.")
    private Path mappingFile;

    @Option(
            names = "--sample",
            required = true,
            paramLabel = "FILE",
            description = "The records: .jsonl, .json or .csv.")
    private Path sample;

    @Option(
            names = "--limit",
            defaultValue = "3",
            description = "How many records are shown. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Option(names = "--json", description = "Print the events as JSON lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Checked checked = MappingFiles.check(mappingFile);
        if (!checked.report().isUsable()) {
            PrintWriter err = spec.commandLine().getErr();
            checked.report().problems().forEach(p -> MappingFiles.print(err, p, checked.lines()));
            return 1;
        }
        Mapping mapping = checked.report().mapping();
        StreamKey key = new StreamKey("default", "preview", mapping.streams().get(0));
        StreamTarget target =
                new StreamTarget(key, mapping.sources().get(0), checked.report().plan());
        Translator translator = new Translator(ScanLimits.DEFAULT);
        int refused = 0;
        int number = 0;
        for (FileRecord record : records()) {
            number++;
            if (record.fault() != null) {
                refused++;
                refused(out, number, record.fault());
                continue;
            }
            Translation translation =
                    translator.translate(raw(target, record.json(), number), target);
            refused += translation.fault() == null ? 0 : 1;
            show(out, mapping, record.json(), number, translation);
        }
        out.flush();
        return refused == 0 ? 0 : 2;
    }

    private List<FileRecord> records() {
        List<FileRecord> records = SampleRecords.all(sample, limit);
        if (records.isEmpty()) {
            throw new CommandException(sample + " has no record.");
        }
        return records;
    }

    private void refused(PrintWriter out, int number, Fault fault) {
        if (!json) {
            out.println("record %d: dead letter %s".formatted(number, fault.code()));
            out.println("  " + fault.message());
        }
    }

    private RawRecord raw(StreamTarget target, byte[] record, int number) {
        return new RawRecord(
                target.key(),
                target.source(),
                null,
                null,
                System.currentTimeMillis(),
                sample.toString(),
                0,
                number,
                null,
                record,
                null,
                null);
    }

    private void show(
            PrintWriter out, Mapping mapping, byte[] record, int number, Translation translation)
            throws IOException {
        String head = "record " + number;
        if (translation.fault() != null) {
            refused(out, number, translation.fault());
            return;
        }
        if (translation.events().isEmpty() && !json) {
            out.println(head + ": filtered");
        }
        for (CanonicalEvent event : translation.events()) {
            JsonNode made = JSON.readTree(event.json());
            if (json) {
                out.println(made);
                continue;
            }
            out.println(
                    "%s: %s %s %s".formatted(head, event.op(), event.entity(), event.recordId()));
            boolean exploded = !mapping.each().isEmpty();
            out.print(table(mapping, exploded ? null : JSON.readTree(record), made));
            JsonNode extras = made.path("extras");
            if (!extras.isEmpty()) {
                List<String> names = new ArrayList<>();
                extras.fieldNames().forEachRemaining(names::add);
                out.println("extras: " + String.join(", ", names));
            }
            out.println();
        }
    }

    private static TextTable table(Mapping mapping, JsonNode record, JsonNode event) {
        TextTable table = TextTable.ofText();
        table.row(List.of("source", "value", "canonical", "value", "notes"));
        for (FieldRule rule : mapping.fields()) {
            SourcePath from = record == null ? null : chosen(rule, record);
            JsonNode value = event.path("data").path(rule.name());
            table.row(
                    List.of(
                            from == null ? told(rule) : from.toString(),
                            from == null ? "" : cut(SampleLint.at(record, from).toString()),
                            rule.name(),
                            value.isMissingNode() ? "-" : cut(value.toString()),
                            notes(rule, event)));
        }
        return table;
    }

    private static SourcePath chosen(FieldRule rule, JsonNode record) {
        for (SourcePath path : rule.from()) {
            JsonNode value = SampleLint.at(record, path);
            boolean empty = value.isMissingNode() || value.isNull() || value.asText("x").isEmpty();
            if (!empty) {
                return path;
            }
        }
        return null;
    }

    private static String told(FieldRule rule) {
        if (rule.expression() != null) {
            return cut(rule.expression().text().replaceAll("\\s+", " "));
        }
        if (rule.constant() != null) {
            return "const " + rule.constant();
        }
        return rule.from().isEmpty() ? "default" : cut(rule.from().get(0).toString());
    }

    /** What to do about a value that was refused; the event itself states its code alone. */
    private static String remedy(String reason) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> reason.startsWith(code.code() + " "))
                .map(code -> " " + code.remedy())
                .findFirst()
                .orElse("");
    }

    private static String notes(FieldRule rule, JsonNode event) {
        List<String> notes = new ArrayList<>();
        for (JsonNode change : event.path("changes")) {
            if (change.path("field").asText().equals(rule.name())) {
                String reason = change.path("reason").asText();
                notes.add(change.path("kind").asText() + ": " + reason + remedy(reason));
            }
        }
        if (rule.note() != null) {
            notes.add(rule.note());
        }
        return String.join("; ", notes);
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 1) + "…";
    }
}
