package io.autonomos.operators.graph;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.autonomos.schemas.LedgerEntry;
import io.autonomos.schemas.StreamKey;
import io.autonomos.schemas.messages.MappingInEffect;
import io.autonomos.schemas.messages.ViewAccount;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What is known of one stream. News of it is the same with fewer parts; the later of two parts
 * counts, so the order in which news come, and how often, makes no difference. Its JSON is part of
 * the savepoint format.
 *
 * @param received what came in, or null
 * @param made what became of its events where views are made, or null
 * @param mapping how it is translated, or null
 */
public record StreamFacts(
        String tenant,
        String connection,
        String stream,
        Received received,
        Made made,
        MappingInEffect mapping) {

    /** What became of the records that came in. */
    public record Received(
            String source,
            long in,
            long canonical,
            long filtered,
            long parked,
            long deadLettered,
            long events,
            Instant at) {

        private static final Comparator<Received> ORDER =
                Comparator.comparing(Received::at)
                        .thenComparing(Received::in)
                        .thenComparing(Received::toString);
    }

    /** What became of its events. */
    public record Made(String source, long applied, long duplicate, long stale, Instant at) {

        private static final Comparator<Made> ORDER =
                Comparator.comparing(Made::at)
                        .thenComparing(made -> made.applied + made.duplicate + made.stale)
                        .thenComparing(Made::toString);
    }

    private static final Comparator<MappingInEffect> BY_TIME =
            Comparator.comparing(MappingInEffect::at)
                    .thenComparing(MappingInEffect::version)
                    .thenComparing(MappingInEffect::toString);

    /** News of what came in. */
    public static StreamFacts of(LedgerEntry entry) {
        Received received =
                new Received(
                        entry.source(),
                        entry.in(),
                        entry.canonical(),
                        entry.filtered(),
                        entry.parked(),
                        entry.deadLettered(),
                        entry.events(),
                        Instant.ofEpochMilli(entry.at()));
        return of(entry.key(), received, null, null);
    }

    /** News of what views were made of. */
    public static StreamFacts of(ViewAccount account) {
        Made made =
                new Made(
                        account.source(),
                        account.applied(),
                        account.duplicate(),
                        account.stale(),
                        account.at());
        return of(account.key(), null, made, null);
    }

    /** News of how it is translated. */
    public static StreamFacts of(MappingInEffect mapping) {
        StreamKey key = new StreamKey(mapping.tenant(), mapping.connection(), mapping.stream());
        return of(key, null, null, mapping);
    }

    private static StreamFacts of(
            StreamKey key, Received received, Made made, MappingInEffect mapping) {
        return new StreamFacts(
                key.tenant(), key.connection(), key.stream(), received, made, mapping);
    }

    /**
     * Whether it is a stream of a tenant, not a place where records without address are counted.
     */
    @JsonIgnore
    public boolean isAddressed() {
        StreamKey none = StreamKey.UNADDRESSED;
        return !tenant.equals(none.tenant())
                && !stream.equals(none.stream())
                && !connection.equals(none.connection())
                && !source().isEmpty()
                && !source().equals(none.stream());
    }

    /** Both together. */
    StreamFacts plus(StreamFacts other) {
        return new StreamFacts(
                tenant,
                connection,
                stream,
                later(received, other.received, Received.ORDER),
                later(made, other.made, Made.ORDER),
                later(mapping, other.mapping, BY_TIME));
    }

    private static <T> T later(T one, T other, Comparator<T> order) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return order.compare(one, other) >= 0 ? one : other;
    }

    /** The stream's name within its tenant. */
    String path() {
        return new StreamKey(tenant, connection, stream).path();
    }

    private record Said(String source, Instant at) {}

    /** The kind of system, as said last. */
    String source() {
        return Stream.of(
                        received == null ? null : new Said(received.source, received.at),
                        made == null ? null : new Said(made.source, made.at),
                        mapping == null ? null : new Said(mapping.source(), mapping.at()))
                .filter(said -> said != null && !said.source.isEmpty())
                .max(Comparator.comparing(Said::at).thenComparing(Said::source))
                .map(Said::source)
                .orElse("");
    }
}
