package io.autonomos.schemas.types;

import java.util.HashMap;
import java.util.Map;

/**
 * Gives equal names as one object, so that what thousands of streams have in common stays in the
 * processor's cache. Bounded: long ones are not kept, and when it is full all are forgotten. For
 * one thread.
 */
final class Names {

    static final int MAX = 1024;
    static final int MAX_LENGTH = 128;

    private final Map<String, String> known = new HashMap<>();

    /** The name, as the object that was given for it before; null for null. */
    String same(String name) {
        if (name == null || name.length() > MAX_LENGTH) {
            return name;
        }
        if (known.size() >= MAX) {
            known.clear();
        }
        String before = known.putIfAbsent(name, name);
        return before == null ? name : before;
    }

    int size() {
        return known.size();
    }
}
