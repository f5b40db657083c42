package io.autonomos.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {

    private static final String[] FILES = {"b.json", "a.json", "sub/c.json", "sub/note.txt"};

    @Test
    void filesOfAFolderAreListedByName(@TempDir Path folder) throws IOException {
        Path root = folder.resolve("with space");
        write(root.resolve("things"));

        assertThat(list(root)).containsExactly("a.json=a", "b.json=b", "sub/c.json=c");
    }

    @Test
    void filesOfAJarAreListedByName(@TempDir Path folder) throws IOException {
        assertThat(list(jar(folder))).containsExactly("a.json=a", "b.json=b", "sub/c.json=c");
    }

    @Test
    void aJarThatIsOpenElsewhereIsReadAndLeftOpen(@TempDir Path folder) throws IOException {
        Path jar = jar(folder);
        URI uri = URI.create("jar:" + jar.toUri());

        try (FileSystem open = FileSystems.newFileSystem(uri, Map.of())) {
            assertThat(list(jar)).hasSize(3);
            assertThat(open.isOpen()).isTrue();
        }
        assertThat(list(jar)).hasSize(3);
    }

    @Test
    void anInterruptedThreadReadsAllTheSame(@TempDir Path folder) throws IOException {
        Path jar = jar(folder.resolve(""));
        write(folder.resolve("things"));

        Thread.currentThread().interrupt();
        try {
            assertThat(list(jar)).hasSize(3);
            assertThat(list(folder)).hasSize(3);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theFirstOnTheClassPathWins(@TempDir Path folder) throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        write(second.resolve("things"));
        Files.createDirectories(first.resolve("things"));
        Files.writeString(first.resolve("things/a.json"), "mine");

        assertThat(list(first, second)).containsExactly("a.json=mine", "b.json=b", "sub/c.json=c");
    }

    @Test
    void aFolderInAJarIsNoFile(@TempDir Path folder) throws IOException {
        URL[] urls = {jar(folder).toUri().toURL()};

        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            assertThat(Resources.list(loader, "things", ""))
                    .extracting(Resources.Resource::name)
                    .containsExactly("a.json", "b.json", "sub/c.json", "sub/note.txt");
        }
    }

    @Test
    void aFolderThatIsNotThereIsEmpty(@TempDir Path folder) throws IOException {
        assertThat(list(folder)).isEmpty();
    }

    private static List<String> list(Path... places) throws IOException {
        URL[] urls = new URL[places.length];
        for (int i = 0; i < places.length; i++) {
            urls[i] = places[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            return Resources.list(loader, "things", ".json").stream()
                    .map(f -> f.name() + "=" + new String(f.bytes(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static void write(Path folder) throws IOException {
        for (String file : FILES) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), content(file));
        }
    }

    private static Path jar(Path folder) throws IOException {
        Path jar = folder.resolve("some things.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("things/"));
            for (String name : FILES) {
                out.putNextEntry(new JarEntry("things/" + name));
                out.write(content(name).getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static String content(String file) {
        return file.replaceAll(".*/|[.].*", "");
    }
}
