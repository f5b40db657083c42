package io.autonomos.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of another process and its children. Linux only; 0 elsewhere. */
final class ProcessTimes {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_USER = 13;
    private static final int ENDED_SYSTEM = 14;

    private ProcessTimes() {}

    /** Seconds of the process and its children so far, those that ended included. */
    static double seconds(long pid) {
        return ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::children)
                        .mapToDouble(child -> ticks(child.pid()))
                        .reduce(ticks(pid), Double::sum)
                / TICKS_PER_SECOND;
    }

    private static double ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double sum = 0;
            for (int field : new int[] {USER, SYSTEM, ENDED_USER, ENDED_SYSTEM}) {
                sum += Long.parseLong(fields[field]);
            }
            return sum;
        } catch (IOException e) {
            return 0;
        }
    }
}
