package io.autonomos.operators.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The proposals of one stream. Its JSON is part of the savepoint format.
 *
 * @param all ids of all that are remembered
 * @param pending ids of those that wait for a person
 * @param base the mapping version that the newest one is for
 * @param at when the newest one was made
 * @param applied the highest version number that a proposal got
 */
public record StreamCases(
        List<String> all, List<String> pending, int base, Instant at, int applied) {

    static StreamCases none() {
        return new StreamCases(List.of(), List.of(), -1, Instant.EPOCH, 0);
    }

    /** Below 0 where the case is older than the newest of the stream, above 0 where it is newer. */
    int compare(ReviewCase other) {
        return other.compareAge(base, at);
    }

    /** With a case that was not there, or is open again. */
    StreamCases with(ReviewCase added) {
        StreamCases others = without(added.id());
        return new StreamCases(
                        plus(others.all, added.id()),
                        added.isPending() ? plus(others.pending, added.id()) : others.pending,
                        base,
                        at,
                        applied)
                .newest(added);
    }

    /** The same with a case that may be newer than all others. */
    StreamCases newest(ReviewCase made) {
        return compare(made) > 0
                ? new StreamCases(all, pending, made.base(), made.at(), applied)
                : this;
    }

    StreamCases closed(String id, int version) {
        return new StreamCases(all, minus(pending, id), base, at, Math.max(applied, version));
    }

    StreamCases without(String id) {
        return new StreamCases(minus(all, id), minus(pending, id), base, at, applied);
    }

    private static List<String> plus(List<String> ids, String id) {
        List<String> more = new ArrayList<>(ids);
        more.add(id);
        return more;
    }

    private static List<String> minus(List<String> ids, String id) {
        return ids.stream().filter(each -> !each.equals(id)).toList();
    }
}
