package io.autonomos.schemas;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lists files of a folder on the class path, in a jar or in a directory, by name.
 *
 * <p>Reads without channels: those close when their thread is interrupted, as Flink does to cancel
 * a task, and a class whose constants are read here could never be loaded again then.
 */
public final class Resources {

    private Resources() {}

    /**
     * A file on the class path.
     *
     * @param name its path below the listed folder
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never changed
    public record Resource(String name, byte[] bytes) {}

    /** Every file below {@code folder} that ends with {@code suffix}, ordered by name. */
    public static List<Resource> list(ClassLoader loader, String folder, String suffix) {
        Map<String, Resource> found = new TreeMap<>();
        try {
            for (URL url : Collections.list(loader.getResources(folder))) {
                collect(url.toURI(), suffix, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(found.values());
    }

    private static void collect(URI uri, String suffix, Map<String, Resource> into)
            throws IOException {
        if ("file".equals(uri.getScheme())) {
            walk(Path.of(uri), suffix, into);
            return;
        }
        String text = uri.toString();
        int bang = text.lastIndexOf("!/");
        File jar = new File(URI.create(text.substring("jar:".length(), bang)));
        String folder = text.substring(bang + 2).replaceFirst("/?$", "/");
        try (ZipFile zip = new ZipFile(jar)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                if (!entry.isDirectory() && name.startsWith(folder) && name.endsWith(suffix)) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        put(name.substring(folder.length()), in, into);
                    }
                }
            }
        }
    }

    private static void walk(Path root, String suffix, Map<String, Resource> into)
            throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> wanted =
                    files.filter(Files::isRegularFile)
                            .filter(file -> file.toString().endsWith(suffix))
                            .sorted()
                            .toList();
            for (Path file : wanted) {
                String name = root.relativize(file).toString().replace('\\', '/');
                try (InputStream in = new FileInputStream(file.toFile())) {
                    put(name, in, into);
                }
            }
        }
    }

    private static void put(String name, InputStream in, Map<String, Resource> into)
            throws IOException {
        if (!into.containsKey(name)) {
            into.put(name, new Resource(name, in.readAllBytes()));
        }
    }
}
