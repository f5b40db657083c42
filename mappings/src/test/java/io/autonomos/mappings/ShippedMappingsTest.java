package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.language.Mapping;
import io.autonomos.mappings.lint.Linter;
import io.autonomos.mappings.lint.MappingTests;
import io.autonomos.mappings.lint.TestResult;
import io.autonomos.schemas.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped mappings, by the tests in their own files. */
class ShippedMappingsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("tests")
    void becomesWhatItsFileSays(String name, TestResult result) {
        assertThat(result.problem()).as(name).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void lintsClean(String file, byte[] content) {
        assertThat(Linter.lint(file, content).problems()).isEmpty();
    }

    static Stream<Arguments> tests() {
        List<Arguments> tests = new ArrayList<>();
        for (Mapping mapping : MappingCatalog.shipped().mappings()) {
            String stream = mapping.streams().get(0);
            for (TestResult result :
                    MappingTests.run(
                            mapping,
                            MappingCatalog.shipped().resolve(mapping.sources().get(0), stream))) {
                tests.add(Arguments.of(mapping.id() + ": " + result.test().name(), result));
            }
        }
        return tests.stream();
    }

    static Stream<Arguments> files() {
        return Resources.list(MappingCatalog.class.getClassLoader(), "mappings", ".yaml").stream()
                .map(file -> Arguments.of(file.name(), file.bytes()));
    }
}
