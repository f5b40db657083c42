package io.autonomos.schemas.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An agent of the domain: who reads which entities.
 *
 * @param reads the aggregates through which it reads each entity; none where it reads the unified
 *     rows alone
 */
public record Agent(String id, String label, String description, Map<String, List<String>> reads) {

    public Agent {
        reads = Collections.unmodifiableMap(new TreeMap<>(reads));
    }
}
