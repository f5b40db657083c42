package io.autonomos.schemas;

import io.autonomos.schemas.types.LedgerEntrySerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * The account of one stream: every record that came in is in exactly one of the other columns.
 *
 * @param entity the entity the stream is translated to, or null while none is known
 * @param in records received
 * @param canonical records translated
 * @param filtered records that the mapping leaves out on purpose
 * @param parked records held back until their mapping is mended
 * @param deadLettered records that cannot be translated
 * @param events canonical events made; differs from {@code canonical} where one record holds many
 * @param at when the account was drawn, epoch milliseconds
 */
@TypeInfo(LedgerEntrySerializer.Factory.class)
public record LedgerEntry(
        StreamKey key,
        String source,
        String entity,
        long in,
        long canonical,
        long filtered,
        long parked,
        long deadLettered,
        long events,
        long at) {

    /** What is unaccounted for: 0, or a record was lost or doubled. */
    public long residual() {
        return in - canonical - filtered - parked - deadLettered;
    }
}
