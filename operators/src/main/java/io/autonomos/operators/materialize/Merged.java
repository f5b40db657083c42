package io.autonomos.operators.materialize;

import io.autonomos.mappings.scan.JsonBuffer;
import io.autonomos.schemas.EventValues;
import io.autonomos.schemas.model.EntityField;
import io.autonomos.schemas.model.FieldType;
import io.autonomos.schemas.model.MergeRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One field of a unified row: the claims that make its value, and those that lost.
 *
 * @param winners one; of a union all
 * @param losers the strongest claim of each other value
 */
record Merged(EntityField field, List<Claim> winners, List<Claim> losers) {

    /**
     * Merges by the field's rule; null where no record has a value.
     *
     * @param members newest first
     * @param leader what became of the field that this one follows, or null
     */
    static Merged of(EntityField field, List<Member> members, Merged leader) {
        List<Member> asked = leader == null ? members : List.of(leader.winners.get(0).member());
        List<Claim> claims = new ArrayList<>(asked.size());
        for (Member member : asked) {
            Claim claim = Claim.of(member, field);
            if (claim != null) {
                claims.add(claim);
            }
        }
        if (claims.isEmpty()) {
            return null;
        }
        if (field.merge().rule() == MergeRule.UNION) {
            return new Merged(field, claims, List.of());
        }
        Claim winner = claims.get(0);
        for (Claim claim : claims.subList(1, claims.size())) {
            if (beats(claim, winner, field)) {
                winner = claim;
            }
        }
        return new Merged(field, List.of(winner), losers(field, winner, claims));
    }

    /** Whether a claim beats one that is newer. */
    private static boolean beats(Claim claim, Claim winner, EntityField field) {
        return switch (field.merge().rule()) {
            case NEWEST, UNION -> false;
            case LONGEST -> length(claim) > length(winner);
            case SOURCE_PRIORITY -> rank(claim, field) < rank(winner, field);
            case SMALLEST -> claim.compareTo(winner) < 0;
            case LARGEST -> claim.compareTo(winner) > 0;
        };
    }

    private static int length(Claim claim) {
        String text = claim.text();
        return text.codePointCount(0, text.length());
    }

    private static int rank(Claim claim, EntityField field) {
        int at = field.merge().sources().indexOf(claim.from().source());
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    /** A clock that is older than another is no conflict. */
    private static List<Claim> losers(EntityField field, Claim winner, List<Claim> claims) {
        MergeRule rule = field.merge().rule();
        if (claims.size() == 1 || rule == MergeRule.SMALLEST || rule == MergeRule.LARGEST) {
            return List.of();
        }
        Set<Object> seen = new HashSet<>();
        seen.add(winner.value());
        List<Claim> losers = new ArrayList<>();
        for (Claim claim : claims) {
            if (seen.add(claim.value())) {
                losers.add(claim);
            }
        }
        return losers;
    }

    void write(JsonBuffer out) {
        if (field.merge().rule() != MergeRule.UNION) {
            winners.get(0).write(out);
        } else if (field.type() == FieldType.TEXT_LIST) {
            writeList(out);
        } else {
            writeMap(out);
        }
    }

    private void writeList(JsonBuffer out) {
        Set<String> all = new TreeSet<>();
        for (Claim claim : winners) {
            EventValues.textList(claim.from(), field).stream()
                    .filter(Objects::nonNull)
                    .forEach(all::add);
        }
        char before = '[';
        for (String each : all) {
            out.put(before).quoted(each);
            before = ',';
        }
        out.ascii(all.isEmpty() ? "[]" : "]");
    }

    private void writeMap(JsonBuffer out) {
        Map<String, String> all = new TreeMap<>();
        for (Claim claim : winners) {
            EventValues.textMap(claim.from(), field)
                    .forEach(
                            (key, value) -> {
                                if (value != null) {
                                    all.putIfAbsent(key, value);
                                }
                            });
        }
        char before = '{';
        for (Map.Entry<String, String> each : all.entrySet()) {
            out.put(before).quoted(each.getKey()).put(':').quoted(each.getValue());
            before = ',';
        }
        out.ascii(all.isEmpty() ? "{}" : "}");
    }

    int bytes() {
        return winners.stream().mapToInt(Claim::bytes).sum();
    }
}
