package io.autonomos.jobs.demo;

import io.autonomos.jobs.RawTopicWriter;
import io.autonomos.schemas.Resources;
import io.autonomos.schemas.StreamKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The sample data: {@code <tenant>/<connection>/<source>/<stream>.jsonl} goes to the raw topic,
 * {@code .csv} files go to the folder that the job watches.
 */
final class Samples {

    private final List<Resources.Resource> files;

    Samples() {
        ClassLoader loader = Samples.class.getClassLoader();
        files = Resources.list(loader, "samples", "");
    }

    /** How many records there are. */
    long records() {
        long count = 0;
        for (Resources.Resource file : files) {
            long lines =
                    new String(file.bytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isEmpty())
                            .count();
            count += isCsv(file) ? lines - 1 : lines;
        }
        return count;
    }

    /** Writes the JSON lines to the raw topic. */
    void produce(RawTopicWriter writer, long emittedAt) {
        for (Resources.Resource file : files) {
            if (isCsv(file)) {
                continue;
            }
            String[] parts = file.name().split("/");
            String stream = parts[3].substring(0, parts[3].lastIndexOf('.'));
            StreamKey key = new StreamKey(parts[0], parts[1], stream);
            byte[] bytes = file.bytes();
            for (int from = 0; from < bytes.length; ) {
                int to = from;
                while (to < bytes.length && bytes[to] != '\n') {
                    to++;
                }
                if (to > from) {
                    byte[] line = Arrays.copyOfRange(bytes, from, to);
                    writer.send(key, parts[2], null, null, emittedAt, line);
                }
                from = to + 1;
            }
        }
    }

    /** Puts the CSV files where the job finds them, complete from the first moment. */
    void drop(Path directory) throws IOException {
        for (Resources.Resource file : files) {
            if (isCsv(file)) {
                Path place = directory.resolve(file.name());
                Files.createDirectories(place.getParent());
                Path draft = place.resolveSibling("." + place.getFileName() + ".tmp");
                Files.write(draft, file.bytes());
                Files.move(draft, place);
            }
        }
    }

    private static boolean isCsv(Resources.Resource file) {
        return file.name().endsWith(".csv");
    }
}
