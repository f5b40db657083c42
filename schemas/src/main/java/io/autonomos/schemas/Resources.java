package io.autonomos.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lists files of a folder on the class path, in a jar or in a directory, by name. */
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
        URI jar = URI.create(text.substring(0, bang));
        String inside = text.substring(bang + 1);
        synchronized (Resources.class) {
            try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of())) {
                walk(zip.getPath(inside), suffix, into);
            } catch (FileSystemAlreadyExistsException e) {
                walk(FileSystems.getFileSystem(jar).getPath(inside), suffix, into);
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
                into.putIfAbsent(name, new Resource(name, Files.readAllBytes(file)));
            }
        }
    }
}
