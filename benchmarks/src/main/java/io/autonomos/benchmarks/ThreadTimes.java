package io.autonomos.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The processor time of this process's threads, those of the compiler and the garbage collector
 * included, by the letters their names begin with. Linux only; empty elsewhere.
 */
final class ThreadTimes {

    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double MICROS_PER_TICK = 10_000;
    private static final int SHOWN = 24;

    private final Map<String, Long> ticks = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    private ThreadTimes() {}

    static ThreadTimes now() {
        ThreadTimes times = new ThreadTimes();
        if (Files.isDirectory(TASKS)) {
            try (Stream<Path> tasks = Files.list(TASKS)) {
                tasks.forEach(times::add);
            } catch (IOException e) {
                times.ticks.clear();
            }
        }
        return times;
    }

    private void add(Path task) {
        try {
            String stat = Files.readString(task.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            String id = task.getFileName().toString();
            ticks.put(id, Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
            names.put(id, name.replaceAll("[#0-9].*", "").strip());
        } catch (IOException e) {
            // The thread has ended.
        }
    }

    /** With those threads, too, that have ended since the earlier moment. */
    ThreadTimes and(ThreadTimes earlier) {
        earlier.ticks.forEach(ticks::putIfAbsent);
        earlier.names.forEach(names::putIfAbsent);
        return this;
    }

    /** Microseconds per record since an earlier moment, largest first. */
    String since(ThreadTimes earlier, long records) {
        Map<String, Double> groups = new HashMap<>();
        ticks.forEach(
                (id, now) ->
                        groups.merge(
                                names.get(id),
                                (now - earlier.ticks.getOrDefault(id, 0L)) * MICROS_PER_TICK,
                                Double::sum));
        List<Map.Entry<String, Double>> sorted =
                groups.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .limit(SHOWN)
                        .toList();
        return sorted.stream()
                .map(e -> "%s %.2f".formatted(e.getKey(), e.getValue() / records))
                .collect(Collectors.joining(", ", "us per record: ", ""));
    }
}
