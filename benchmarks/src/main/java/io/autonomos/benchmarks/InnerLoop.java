package io.autonomos.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link InnerLoopBenchmark} in interleaved rounds and prints medians and their ratios to the
 * reference: {@code InnerLoop [FIELDS [ROUNDS [CASE...]]]}. Speed is per second of processor time,
 * which other work on the machine disturbs less than time on the clock.
 */
public final class InnerLoop {

    private static final List<String> CASES =
            List.of("jacksonPick", "translate", "cast", "scan", "jacksonTree");

    private InnerLoop() {}

    /** Measures and prints a table. */
    public static void main(String[] arguments) throws RunnerException {
        String fields = arguments.length > 0 ? arguments[0] : "33";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        List<String> cases = cases(arguments);
        Map<String, List<Double>> speed = new LinkedHashMap<>();
        Map<String, List<Double>> bytes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String each : cases) {
                RunResult result = run(each, fields);
                speed.computeIfAbsent(each, k -> new ArrayList<>())
                        .add(result.getSecondaryResults().get(CpuProfiler.NAME).getScore());
                bytes.computeIfAbsent(each, k -> new ArrayList<>())
                        .add(result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
            }
        }
        double reference = Medians.of(speed.get(cases.get(0)));
        System.out.printf("%n%s fields, medians of %d rounds%n", fields, rounds);
        for (String each : cases) {
            System.out.printf(
                    "%-12s %8.0f records/CPU s  ratio %.2f  %6.0f bytes/record   %s%n",
                    each,
                    Medians.of(speed.get(each)),
                    Medians.of(speed.get(each)) / reference,
                    Medians.of(bytes.get(each)),
                    Arrays.toString(speed.get(each).stream().mapToLong(Math::round).toArray()));
        }
    }

    private static List<String> cases(String[] arguments) {
        return arguments.length > 2 ? List.of(arguments).subList(2, arguments.length) : CASES;
    }

    private static RunResult run(String name, String fields) throws RunnerException {
        Options options =
                new OptionsBuilder()
                        .include(InnerLoopBenchmark.class.getName() + "\\." + name + "$")
                        .param("fields", fields)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .build();
        Collection<RunResult> results = new Runner(options).run();
        return results.iterator().next();
    }
}
