package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.expression.Expression;
import io.autonomos.mappings.expression.ExpressionCompiler;
import io.autonomos.mappings.expression.Normalizer;
import io.autonomos.mappings.expression.Values;
import io.autonomos.mappings.language.MappingReader;
import io.autonomos.mappings.lint.Linter;
import io.autonomos.mappings.lint.MappingTests;
import io.autonomos.mappings.lint.TestResult;
import io.autonomos.mappings.scan.JsonBuffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on the language: its examples are what they say. */
class LanguageDocsTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `[^|]*(?:\\\\\\|[^|]*)*\\| `(.*?)` \\| `(.*?)` \\|.*");

    @Test
    void theExamplesLintCleanAndPassTheirTests() throws IOException {
        Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page());
        int examples = 0;
        for (; yaml.find(); examples++) {
            byte[] file = yaml.group(1).getBytes(StandardCharsets.UTF_8);

            Linter.Report report = Linter.lint("example.yaml", file);

            assertThat(report.problems()).isEmpty();
            assertThat(MappingTests.run(report.mapping(), report.plan()))
                    .isNotEmpty()
                    .extracting(TestResult::problem)
                    .containsOnlyNulls();
        }
        assertThat(examples).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void theFunctionGivesWhatThePageSays(String example, String gives) throws Exception {
        Expression expression = new ExpressionCompiler(Map.of()).compile(example);
        Object[] inputs = new Object[expression.inputs().size()];
        java.util.Arrays.fill(inputs, "a value");
        JsonBuffer out = new JsonBuffer(64);

        Values.write(expression.evaluate(inputs), out);

        assertThat(new String(out.toBytes(), StandardCharsets.UTF_8)).isEqualTo(gives);
    }

    @Test
    void allKeysAndFormsStandOnThePage() throws IOException {
        String page = page();

        for (String key : MappingReader.keys()) {
            assertThat(page).contains("`" + key + "`");
        }
        for (String form : Normalizer.keys()) {
            assertThat(page).contains("| `" + form + "(s");
        }
    }

    static Stream<Arguments> functions() throws IOException {
        List<Arguments> rows =
                page().lines()
                        .map(ROW::matcher)
                        .filter(Matcher::matches)
                        .map(row -> Arguments.of(row.group(1), row.group(2)))
                        .toList();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream();
    }

    private static String page() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/mapping-language.md"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs/mapping-language.md"));
    }
}
