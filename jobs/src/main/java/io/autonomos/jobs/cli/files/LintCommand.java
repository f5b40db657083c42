package io.autonomos.jobs.cli.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.MappingFiles.Checked;
import io.autonomos.jobs.cli.common.SampleRecords;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.lint.SampleLint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks mapping files. */
@Command(
        name = "lint",
        description = {
            "Check mapping files: what is wrong, where, and what to write instead.",
            "Errors keep a mapping from running; warnings say what is probably not meant.",
            "Editors complete mapping files by the schema that --schema prints."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no errors", "1:errors, or warnings with --strict"})
public final class LintCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private MappingFiles files;

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            description = "Records to hold the mappings' paths against: .jsonl, .json or .csv.")
    private Path sample;

    @Option(names = "--strict", description = "Warnings are errors.")
    private boolean strict;

    @Option(names = "--schema", description = "Print the JSON Schema of mapping files, and end.")
    private boolean schema;

    @Option(names = "--json", description = "Print one JSON object per problem.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (schema) {
            try (InputStream text = MappingReader.class.getResourceAsStream(MappingReader.SCHEMA)) {
                out.print(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
            out.flush();
            return 0;
        }
        List<byte[]> records = sample == null ? List.of() : SampleRecords.read(sample, 10_000);
        int errors = 0;
        int warnings = 0;
        List<Checked> checked = files.check();
        for (Checked file : checked) {
            List<Problem> problems = new ArrayList<>(file.report().problems());
            if (sample != null && file.report().isUsable()) {
                problems.addAll(SampleLint.warnings(file.report().mapping(), records));
            }
            for (Problem problem : problems) {
                if (problem.isWarning() && !strict) {
                    warnings++;
                } else {
                    errors++;
                }
                print(out, problem, file);
            }
        }
        if (!json) {
            out.println(
                    "%d file%s: %d error%s, %d warning%s"
                            .formatted(
                                    checked.size(),
                                    s(checked.size()),
                                    errors,
                                    s(errors),
                                    warnings,
                                    s(warnings)));
        }
        out.flush();
        return errors == 0 ? 0 : 1;
    }

    private void print(PrintWriter out, Problem problem, Checked file) {
        if (!json) {
            MappingFiles.print(out, problem, file.lines());
            return;
        }
        ObjectNode object = new ObjectMapper().createObjectNode();
        object.put("file", problem.place().file());
        object.put("line", problem.place().line());
        object.put("column", problem.place().column());
        object.put("severity", problem.isWarning() ? "warning" : "error");
        object.put("code", problem.code().code());
        object.put("message", problem.message());
        object.put("hint", problem.hint());
        out.println(object);
    }

    private static String s(int count) {
        return count == 1 ? "" : "s";
    }
}
