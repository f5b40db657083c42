package io.autonomos.schemas.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps pages that are made from the code in step with it. A test named {@code *DocsTest} of the
 * module that owns the facts calls {@link #check}; with {@code -Ddocs.write=true} the same call
 * writes the page instead.
 */
public final class GeneratedDocs {

    /** Writes all pages anew. */
    public static final String COMMAND =
            "mvn -Dfast -DskipTests=false -Ddocs.write=true -Dtest='*DocsTest'"
                    + " -Dsurefire.failIfNoSpecifiedTests=false test";

    private static final String NOTE =
            "<!-- Made from the code, not written by hand: `" + COMMAND + "` -->\n\n";

    private GeneratedDocs() {}

    /**
     * Holds a page against what the code says.
     *
     * @param page its path below the repository's root, such as {@code docs/errors.md}
     * @param text what it should say
     * @throws IllegalStateException if the page is missing or stale
     */
    public static void check(String page, String text) {
        check(
                root(Path.of("").toAbsolutePath()).resolve(page),
                text,
                Boolean.getBoolean("docs.write"));
    }

    static void check(Path page, String text, boolean write) {
        String wanted = NOTE + text;
        try {
            if (write) {
                Files.createDirectories(page.getParent());
                Files.writeString(page, wanted);
                return;
            }
            if (!Files.exists(page)) {
                throw stale(page, "is missing");
            }
            String found = Files.readString(page).replace("\r\n", "\n");
            if (!found.equals(wanted)) {
                throw stale(page, "is stale from line " + firstDifference(found, wanted));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outermost folder that has a pom. */
    static Path root(Path from) {
        Path root = from;
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml"))) {
                root = folder;
            }
        }
        return root;
    }

    private static int firstDifference(String found, String wanted) {
        String[] one = found.split("\n", -1);
        String[] other = wanted.split("\n", -1);
        int line = 0;
        while (line < one.length && line < other.length && one[line].equals(other[line])) {
            line++;
        }
        return line + 1;
    }

    private static IllegalStateException stale(Path page, String how) {
        return new IllegalStateException(
                "%s/%s %s. It is made from the code; make it anew with: %s"
                        .formatted(
                                page.getParent().getFileName(), page.getFileName(), how, COMMAND));
    }
}
