package io.autonomos.schemas.messages;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checks that the messages' constructors share; a failure names the property, not its value.
 */
final class Check {

    /** Most characters of a part of an address. */
    static final int MAX_PART = 128;

    private Check() {}

    static final class Failure extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Failure(String property, String expected) {
            super(property + " " + expected);
        }
    }

    /** A text that must be there. */
    static void text(String property, String value) {
        if (value == null || value.isEmpty()) {
            throw new Failure(property, "must be a text that is not empty");
        }
    }

    /** A text that may be missing, but not be empty. */
    static void optional(String property, String value) {
        if (value != null && value.isEmpty()) {
            throw new Failure(property, "must not be empty; leave it out instead");
        }
    }

    /** Part of an address. */
    static void part(String property, String value) {
        text(property, value);
        if (value.codePointCount(0, value.length()) > MAX_PART) {
            throw new Failure(property, "must have at most " + MAX_PART + " characters");
        }
    }

    static void address(String tenant, String connection, String source, String stream) {
        part("tenant", tenant);
        part("connection", connection);
        part("source", source);
        part("stream", stream);
    }

    /** The name of an entity. */
    static void entity(String value) {
        matches("entity", value, "[a-z][a-z0-9_]{0,40}");
    }

    static void oneOf(String property, String value, Set<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw new Failure(
                    property,
                    "must be one of " + String.join(", ", allowed.stream().sorted().toList()));
        }
    }

    static void atLeast(String property, long value, long least) {
        if (value < least) {
            throw new Failure(property, "must be at least " + least);
        }
    }

    /** What a node and an edge of a graph both say. */
    static void element(String tenant, String id, String kind, Set<String> kinds) {
        part("tenant", tenant);
        text("id", id);
        oneOf("kind", kind, kinds);
    }

    static void counts(long... counts) {
        for (long count : counts) {
            atLeast("a count", count, 0);
        }
    }

    /** A share or probability. */
    static void share(String property, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new Failure(property, "must be between 0 and 1");
        }
    }

    static void when(String property, Instant value) {
        present(property, value);
    }

    static void present(String property, Object value) {
        if (value == null) {
            throw new Failure(property, "is missing");
        }
    }

    static void matches(String property, String value, String pattern) {
        if (value == null || !value.matches(pattern)) {
            throw new Failure(property, "must match " + pattern);
        }
    }

    static <T> List<T> list(String property, List<T> value) {
        present(property, value);
        if (value.stream().anyMatch(Objects::isNull)) {
            throw new Failure(property, "must not contain null");
        }
        return List.copyOf(value);
    }

    /** A map with names like {@code llm-tokens}, ordered by name. */
    static <T> Map<String, T> named(String property, Map<String, T> value, String names) {
        present(property, value);
        value.forEach(
                (name, each) -> {
                    matches(property + ": a name", name, names);
                    present(property + "." + name, each);
                });
        return Collections.unmodifiableMap(new TreeMap<>(value));
    }
}
