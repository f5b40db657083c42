package io.autonomos.schemas;

/**
 * A record that cannot be translated: its bytes untouched, and the reason.
 *
 * @param record the record as it came in
 * @param fault why
 * @param fingerprint the record's shape as hex, or null where it could not be read
 * @param mapping the mapping that refused it, or null
 * @param mappingVersion the version of that mapping, or 0
 * @param attempt 1 for the first try; a replay counts up
 * @param failedAt when it failed first, epoch milliseconds
 */
public record DeadLetter(
        RawRecord record,
        Fault fault,
        String fingerprint,
        String mapping,
        int mappingVersion,
        int attempt,
        long failedAt) {}
