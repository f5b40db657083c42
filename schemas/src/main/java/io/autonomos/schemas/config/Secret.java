package io.autonomos.schemas.config;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A secret by reference: {@code ${env:NAME}} or {@code ${file:/path}}.
 *
 * <p>Only the reference is kept and serialised; the value is read where it is used, on the machine
 * that uses it, each time anew, so that a changed password needs no restart of the job. A literal
 * is refused and never repeated in a message.
 */
public final class Secret implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:env:([A-Za-z_][A-Za-z0-9_]*)|file:(/[^}]+))}");

    private final String key;
    private final String reference;

    private Secret(String key, String reference) {
        this.key = key;
        this.reference = reference;
    }

    /**
     * Takes a reference.
     *
     * @param key the setting that holds it, for messages
     * @throws IllegalArgumentException if the text is no reference
     */
    public static Secret of(String key, String reference) {
        if (!REFERENCE.matcher(reference).matches()) {
            throw new IllegalArgumentException(
                    "%s: %s must be a reference, ${env:NAME} or ${file:/absolute/path}, not the secret itself."
                            .formatted(ErrorCode.CONFIG_INVALID.code(), key));
        }
        return new Secret(key, reference);
    }

    /** Like {@link #of}; null stays null. */
    public static Secret ofNullable(String key, String reference) {
        return reference == null ? null : of(key, reference);
    }

    /** Reads the value; a line break at the end of a file is no part of it. */
    public String reveal() {
        return reveal(System::getenv);
    }

    String reveal(UnaryOperator<String> environment) {
        Matcher matcher = REFERENCE.matcher(reference);
        if (!matcher.matches()) {
            throw new IllegalStateException(key);
        }
        String value =
                matcher.group(1) == null
                        ? read(Path.of(matcher.group(2)))
                        : environment.apply(matcher.group(1));
        if (value == null || value.isEmpty()) {
            throw unreadable("it is not set or empty");
        }
        return value;
    }

    private String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw unreadable("the file cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private IllegalStateException unreadable(String why) {
        return new IllegalStateException(
                "%s: %s refers to %s, but %s on this machine."
                        .formatted(ErrorCode.CONFIG_INVALID.code(), key, reference, why));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.reference.equals(reference);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(reference);
    }

    /** The reference, which tells nothing of the value. */
    @Override
    public String toString() {
        return reference;
    }
}
