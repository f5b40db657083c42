package io.autonomos.operators.repair;

import io.autonomos.mappings.match.Thresholds;
import io.autonomos.mappings.match.ValueKind;
import io.autonomos.mappings.profile.FieldProfile;
import io.autonomos.schemas.messages.KnownRepair;
import io.autonomos.schemas.messages.RepairMemory;
import io.autonomos.schemas.messages.RepairProposal.Evidence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What earlier decisions on the very same change of the source say. The fitted confidence counts as
 * two tenants' words would, as in the rule of succession; each tenant that accepted or refused the
 * change adds its own, though nobody's refusal makes it less than a question to a person. A person
 * of the tenant itself settles it where the values are of the same kinds.
 */
final class Recollection {

    private static final double FITTED = 2;
    private static final double SAME_KINDS = 0.5;

    private final List<KnownRepair> known;
    private final Thresholds thresholds;

    Recollection(List<KnownRepair> known, Thresholds thresholds) {
        this.known = known;
        this.thresholds = thresholds;
    }

    /** What is known of changes of a place. */
    List<KnownRepair> of(String before) {
        return known.stream().filter(each -> each.before().equals(before)).toList();
    }

    /** What is known of a change, or null; values of another type are another change. */
    KnownRepair find(String before, String after, FieldProfile now) {
        return of(before).stream()
                .filter(each -> each.after().equals(after) && isOfType(each, now))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOfType(KnownRepair known, FieldProfile now) {
        return known.typeAfter() == null
                || now == null
                || Objects.equals(known.typeAfter(), now.mainType());
    }

    /** The confidence with the words of those who had the change before. */
    double confidence(KnownRepair memory, double fitted, FieldProfile now) {
        if (memory == null) {
            return fitted;
        }
        int words = memory.voicesFor() + memory.voicesAgainst();
        double together = (FITTED * fitted + memory.voicesFor()) / (FITTED + words);
        boolean settled =
                memory.ownPerson()
                        && RepairMemory.ACCEPTED.equals(memory.own())
                        && agreement(memory.ownKinds(), now) >= SAME_KINDS;
        double least = settled ? thresholds.apply() : Math.min(fitted, thresholds.review());
        return Math.max(together, least);
    }

    /** Whether the tenant itself refused it or took it back. */
    boolean isRefused(KnownRepair memory) {
        return memory != null
                && memory.own() != null
                && !memory.own().equals(RepairMemory.ACCEPTED);
    }

    private static double agreement(Map<String, Double> kinds, FieldProfile now) {
        double common = 0;
        for (ValueKind kind : ValueKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            common += now == null ? 0 : Math.min(kinds.getOrDefault(name, 0.0), now.share(kind));
        }
        return common;
    }

    /** The same in words; other tenants are told by number only. */
    Evidence evidence(KnownRepair memory, FieldProfile now) {
        int words = memory.voicesFor() + memory.voicesAgainst();
        StringBuilder note =
                new StringBuilder(
                        "the same change was accepted by %d other tenants and refused or taken back by %d"
                                .formatted(memory.accepted(), memory.against()));
        if (memory.own() != null) {
            note.append(
                    "; this tenant %s it before%s"
                            .formatted(
                                    memory.own().equals(RepairMemory.WITHDRAWN)
                                            ? "took back"
                                            : memory.own(),
                                    memory.ownPerson() ? ", by a person" : ""));
            note.append(
                    ", with values of the same kinds to %.0f %%"
                            .formatted(100 * agreement(memory.ownKinds(), now)));
        }
        return new Evidence("memory", (double) memory.voicesFor() / words, note.toString());
    }
}
