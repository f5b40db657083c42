package io.autonomos.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import io.autonomos.mappings.expression.ExpressionFuzz;
import io.autonomos.mappings.language.MappingFuzz;
import io.autonomos.mappings.plan.TranslatorFuzz;
import io.autonomos.mappings.profile.ProfileFuzz;
import io.autonomos.mappings.scan.ScannerFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fuzzer starts from, and what it once found, holds without it too. */
class FuzzSeedsTest {

    private static final Path SEEDS = Path.of("src/test/resources/fuzz");

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of("ScannerFuzz", target(ScannerFuzz::fuzzerTestOneInput)),
                Arguments.of("TranslatorFuzz", target(TranslatorFuzz::fuzzerTestOneInput)),
                Arguments.of("ProfileFuzz", target(ProfileFuzz::fuzzerTestOneInput)),
                Arguments.of("MappingFuzz", target(MappingFuzz::fuzzerTestOneInput)),
                Arguments.of("ExpressionFuzz", target(ExpressionFuzz::fuzzerTestOneInput)));
    }

    private static Consumer<byte[]> target(Consumer<byte[]> target) {
        return target;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void everySeedHolds(String name, Consumer<byte[]> target) throws IOException {
        List<Path> seeds;
        try (Stream<Path> files = Files.list(SEEDS.resolve(name))) {
            seeds = files.toList();
        }

        assertThat(seeds).hasSizeGreaterThan(3);
        for (Path seed : seeds) {
            target.accept(Files.readAllBytes(seed));
        }
    }
}
