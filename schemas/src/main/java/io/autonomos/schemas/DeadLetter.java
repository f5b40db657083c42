package io.autonomos.schemas;

import io.autonomos.schemas.types.DeadLetterSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A record that cannot be translated: its bytes untouched, and the reason.
 *
 * @param record the record as it came in
 * @param fault why
 * @param fingerprint the record's shape as hex, or null where it could not be read
 * @param mapping the mapping that refused it, or null
 * @param mappingVersion the version of that mapping, or 0
 * @param attempt 1 for the first try; each replay that fails again counts up
 * @param failedAt when it failed first, epoch milliseconds
 */
@TypeInfo(DeadLetterSerializer.Factory.class)
public record DeadLetter(
        RawRecord record,
        Fault fault,
        String fingerprint,
        String mapping,
        int mappingVersion,
        int attempt,
        long failedAt) {}
