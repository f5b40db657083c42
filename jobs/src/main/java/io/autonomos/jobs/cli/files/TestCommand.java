package io.autonomos.jobs.cli.files;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autonomos.jobs.cli.common.MappingFiles;
import io.autonomos.jobs.cli.common.MappingFiles.Checked;
import io.autonomos.mappings.language.Problem;
import io.autonomos.mappings.lint.MappingTests;
import io.autonomos.mappings.lint.TestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the tests in mapping files. */
@Command(
        name = "test",
        description = "Run the tests that stand in mapping files, through the stage of the job.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all pass", "1:a test fails, or a file does not compile"})
public final class TestCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private MappingFiles files;

    @Option(names = "--json", description = "Print one JSON object per test.")
    private boolean json;

    @Option(
            names = "--junit-xml",
            paramLabel = "FILE",
            description = "Also write the results in JUnit's XML form, for CI.")
    private Path junitXml;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, List<TestResult>> results = new LinkedHashMap<>();
        int failed = 0;
        int broken = 0;
        for (Checked file : files.check()) {
            if (!file.report().isUsable()) {
                broken++;
                file.report().problems().forEach(p -> show(out, p, file));
                continue;
            }
            List<TestResult> ofFile =
                    MappingTests.run(file.report().mapping(), file.report().plan());
            results.put(file.file().toString(), ofFile);
            for (TestResult result : ofFile) {
                failed += result.passed() ? 0 : 1;
                print(out, result, file);
            }
        }
        int all = results.values().stream().mapToInt(List::size).sum();
        if (!json) {
            String notRun =
                    broken == 0
                            ? ""
                            : ", %d file%s not run".formatted(broken, broken == 1 ? "" : "s");
            out.println("%d tests, %d failed%s".formatted(all, failed, notRun));
        }
        out.flush();
        if (junitXml != null) {
            JunitXml.write(junitXml, results);
        }
        return failed == 0 && broken == 0 ? 0 : 1;
    }

    private void show(PrintWriter out, Problem problem, Checked file) {
        PrintWriter where = json ? spec.commandLine().getErr() : out;
        MappingFiles.print(where, problem, file.lines());
    }

    private void print(PrintWriter out, TestResult result, Checked file) {
        if (json) {
            ObjectNode object = new ObjectMapper().createObjectNode();
            object.put("file", file.file().toString());
            object.put("line", result.test().place().line());
            object.put("name", result.test().name());
            object.put("passed", result.passed());
            object.put("message", result.passed() ? null : result.problem().message());
            out.println(object);
        } else if (!result.passed()) {
            MappingFiles.print(out, result.problem(), file.lines());
        }
    }
}
