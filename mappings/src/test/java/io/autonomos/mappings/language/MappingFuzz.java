package io.autonomos.mappings.language;

/**
 * Whatever a mapping file holds, it is a mapping that compiles or has problems that say where and
 * why. Run with fresh bytes by the profile {@code fuzz}.
 */
public final class MappingFuzz {

    private MappingFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        MappingRobustnessTest.isReadOrRefused(data);
    }
}
