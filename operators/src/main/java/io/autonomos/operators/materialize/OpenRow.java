package io.autonomos.operators.materialize;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.autonomos.schemas.ViewChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A unified row that updates are being applied to. */
final class OpenRow {

    private final String tenant;
    private final String entity;
    private final String id;
    private final Map<Member, Member> members = new TreeMap<>(Member.BY_ADDRESS);
    private final long run;
    private UnifiedRow last;

    /** The newest clock of what left the row. */
    private long left = Long.MIN_VALUE;

    /**
     * @param key of the row
     * @param run the run of the job; what an earlier one said last is uncertain, since the sinks
     *     may have heard more before it ended
     */
    OpenRow(String key, UnifiedRow stored, long run) {
        this.run = run;
        tenant = Keys.tenant(key);
        entity = Keys.entity(key);
        id = Keys.row(key);
        last = stored;
        for (Member member : stored.members()) {
            members.put(member, member);
        }
    }

    void apply(RowUpdate update) {
        Member address = new Member(update.key(), update.recordId(), null, List.of());
        Member after = members.getOrDefault(address, address).with(update);
        if (after == null) {
            members.remove(address);
        } else {
            members.put(address, after);
        }
        left = Math.max(left, update.eventTime());
    }

    String tenant() {
        return tenant;
    }

    String entity() {
        return entity;
    }

    int size() {
        return members.size();
    }

    /**
     * What the sinks must be told since the last time, or null; {@link #kept} is up to date then.
     */
    ViewChange close(RowMerger merger) {
        List<Member> all = new ArrayList<>(members.values());
        List<Member> live = all.stream().filter(each -> each.contribution() != null).toList();
        if (live.isEmpty()) {
            ViewChange gone =
                    last.shown() || last.run() != run
                            ? ViewChange.delete(
                                    tenant, entity, id, Math.max(left, last.eventTime()))
                            : null;
            last = new UnifiedRow(all, false, 0, 0, Long.MIN_VALUE, run);
            return gone;
        }
        ViewChange row = merger.merge(tenant, id, live);
        HashValue128 hash = Hashing.xxh3_128().hashBytesTo128Bits(row.json());
        boolean same =
                last.shown()
                        && last.run() == run
                        && last.hashHigh() == hash.getMostSignificantBits()
                        && last.hashLow() == hash.getLeastSignificantBits();
        last =
                new UnifiedRow(
                        all,
                        true,
                        hash.getMostSignificantBits(),
                        hash.getLeastSignificantBits(),
                        row.eventTime(),
                        run);
        return same ? null : row;
    }

    /** The row as it is to be kept, or null where nothing is left. */
    UnifiedRow kept() {
        return last.members().isEmpty() ? null : last;
    }
}
