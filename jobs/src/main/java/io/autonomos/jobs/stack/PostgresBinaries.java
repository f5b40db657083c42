package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the jar that carries them. */
final class PostgresBinaries {

    private static final String COMPLETE = ".complete";

    private final Path directory;

    private PostgresBinaries(Path directory) {
        this.directory = directory;
    }

    /** Unpacks the programs for this operating system into the directory, unless they are there. */
    static PostgresBinaries unpack(Path directory) {
        if (Files.exists(directory.resolve(COMPLETE))) {
            return new PostgresBinaries(directory);
        }
        try (InputStream archive =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        operatingSystem(), ArchUtils.normalize(System.getProperty("os.arch")))) {
            if (archive == null) {
                throw new IOException("there are none for this operating system");
            }
            unpack(archive, directory);
            Files.createFile(directory.resolve(COMPLETE));
        } catch (IOException | IllegalStateException e) {
            throw new StackException(
                    ErrorCode.SERVER_FAILED,
                    "PostgreSQL's programs cannot be unpacked into " + directory + " (" + e + ").",
                    e);
        }
        return new PostgresBinaries(directory);
    }

    /** The start of a command line that runs the program, also when this process is root's. */
    List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (runsAsRoot()) {
            // PostgreSQL refuses to be root; in a user namespace of its own it is not.
            command.add("unshare");
            command.add("-U");
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        return command;
    }

    private static boolean runsAsRoot() {
        return operatingSystem().equals("Linux") && System.getProperty("user.name").equals("root");
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name");
        if (name.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return "Darwin";
        }
        return name.toLowerCase(Locale.ROOT).startsWith("win") ? "Windows" : "Linux";
    }

    private static void unpack(InputStream archive, Path directory) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(target);
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        if ((entry.getMode() & 0b001_000_000) != 0 && !target.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make executable: " + target);
        }
    }
}
