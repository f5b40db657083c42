package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build has made: the job jar, the command's libraries and Flink's.
 *
 * @param target the build directory of the {@code jobs} module
 */
public record Distribution(Path target) {

    /** The build that this class was loaded from. */
    public static Distribution find() {
        try {
            Path code =
                    Path.of(
                            Distribution.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            return new Distribution(code.toAbsolutePath().getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The jar for {@code flink run}. */
    public Path jobJar() {
        return existing(target.resolve("autonomos-job.jar"));
    }

    /** The class path of this command and of the broker. */
    String commandClassPath() {
        Path classes =
                Files.isDirectory(target.resolve("classes")) ? target.resolve("classes") : target;
        return classes + java.io.File.pathSeparator + existing(target.resolve("lib")) + "/*";
    }

    /** The class path of Flink's processes. */
    String flinkClassPath() {
        return existing(target.resolve("flink-lib")) + "/*";
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new StackException(
                    ErrorCode.CONFIG_INVALID,
                    path + " is missing; run `mvn -Dfast package` in the repository first.");
        }
        return path;
    }
}
