package io.autonomos.mappings.profile;

/**
 * A record that is at hand with its values.
 *
 * @param recordId its id, or null where nothing tells it
 */
public record Seen(String recordId, RecordFields fields) {}
