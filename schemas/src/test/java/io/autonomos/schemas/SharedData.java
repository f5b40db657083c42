package io.autonomos.schemas;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the outside test data: the folder that {@code AUTONOMOS_SHARED} names, else {@code
 * ../shared/data} beside the repository. Tests that need it are skipped where it is absent.
 */
public final class SharedData {

    private SharedData() {}

    /** The file or folder below the shared data; skips the test, saying so, where it is absent. */
    public static Path require(String path) {
        Path found = find(path);
        assumeThat(found)
                .as("outside test data %s: set AUTONOMOS_SHARED to its folder", path)
                .isNotNull();
        return found;
    }

    private static Path find(String path) {
        String configured = System.getenv("AUTONOMOS_SHARED");
        if (configured != null) {
            return existing(Path.of(configured, path));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path found = existing(at.resolve("shared/data").resolve(path));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Path existing(Path path) {
        return Files.exists(path) ? path : null;
    }
}
