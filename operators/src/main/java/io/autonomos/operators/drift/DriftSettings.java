package io.autonomos.operators.drift;

import io.autonomos.mappings.profile.Findings;
import java.io.Serializable;

/**
 * When a change counts.
 *
 * @param confirmRecords how many records must have lost a field; one odd record is no drift
 * @param confirmShare where fewer records came at all, which share of them must have lost it
 * @param mostSamples how many records are kept to compare values
 * @param mostChanges how many changes one event lists at most
 * @param mostFields how many fields one event lists at most on each side
 * @param chance how likely it may be at most that a field only happens to be missing
 */
public record DriftSettings(
        int confirmRecords,
        double confirmShare,
        int mostSamples,
        int mostChanges,
        int mostFields,
        double chance)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Used unless a tenant says otherwise. */
    public static final DriftSettings DEFAULT =
            new DriftSettings(3, 0.5, 500, 200, 500, Findings.CHANCE);

    /** For records that lost nothing: looked at over and over, they must not raise alarms. */
    public static final DriftSettings OF_SAMPLES = new DriftSettings(3, 0.5, 500, 200, 500, 1e-4);

    public DriftSettings {
        if (confirmRecords < 1 || mostSamples < 1 || mostChanges < 1 || mostFields < 1) {
            throw new IllegalArgumentException(
                    "Counts of drift must be at least 1, but were %d, %d, %d, %d."
                            .formatted(confirmRecords, mostSamples, mostChanges, mostFields));
        }
        if (!(confirmShare > 0 && confirmShare <= 1)) {
            throw new IllegalArgumentException(
                    "confirmShare must be above 0 and at most 1, but was " + confirmShare + ".");
        }
    }
}
