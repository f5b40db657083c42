package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one directory below which all state of a stack lives.
 *
 * @param root absolute path
 */
public record WorkDir(Path root) {

    /** The directory's default name, in the current directory. */
    public static final String DEFAULT_NAME = ".autonomos";

    /** Makes the directory, for its owner only, where it is missing. */
    public static WorkDir create(Path path) {
        Path root = path.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new StackException(
                    ErrorCode.CONFIG_INVALID,
                    "The work directory " + root + " is a file; --work-dir needs a directory.");
        }
        try {
            ownerOnly(root);
        } catch (IOException e) {
            throw new StackException(
                    ErrorCode.CONFIG_INVALID,
                    "The work directory " + root + " cannot be made or written (" + e + ").",
                    e);
        }
        return new WorkDir(root);
    }

    /** A directory below the root, made where it is missing. */
    public Path directory(String... names) {
        Path path = root;
        try {
            for (String name : names) {
                path = path.resolve(name);
                ownerOnly(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + path + ".", e);
        }
        return path;
    }

    /** Log files, one per process. */
    public Path logs() {
        return directory("logs");
    }

    /** PID files and the description of the running stack. */
    public Path run() {
        return directory("run");
    }

    /** Passwords, one file each, readable by the owner only. */
    public Path secrets() {
        return directory("secrets");
    }

    /** The DuckDB files, one per tenant. */
    public Path duckdb() {
        return directory("duckdb");
    }

    /** Removes a file, or a directory with all it holds, below the root. */
    public void wipe(String name) {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root) || !Files.exists(path)) {
            return;
        }
        try {
            Files.walkFileTree(path, new Deleting());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + path + ".", e);
        }
    }

    private static void ownerOnly(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static final class Deleting extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
        }
    }
}
