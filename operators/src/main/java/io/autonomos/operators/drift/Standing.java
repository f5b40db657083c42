package io.autonomos.operators.drift;

/** Where a stream stands with the detecting stage, in numbers. */
final class Standing {

    /** The first number in state; a form that is not known is refused, never guessed. */
    private static final int FORMAT = 1;

    private static final int NUMBERS = 15;

    /** The mapping version that its last observation went by; 0: none came yet. */
    int mappingVersion;

    /** Records in the baseline. */
    long learned;

    /** Samples that are not part of the baseline yet. */
    int samples;

    /** How many of them have a shape that the baseline has not. */
    int odd;

    /** Whether these samples show a change that a repair must settle. */
    boolean suspect;

    /** Samples that came since and were not looked at. */
    int ignored;

    /** Records that drifted, and those of them that are kept, with their size. */
    long drifted;

    int kept;
    long keptBytes;

    /** When the first of them came, epoch milliseconds. */
    long since;

    /** Whether they are enough to be no odd ones. */
    boolean confirmed;

    /** How often they were looked at, and how many they were the last time. */
    int looks;

    long driftedAtLook;

    /** The most records that waited since. */
    long parked;

    /** When the next look is due, epoch milliseconds; 0: none is. */
    long timer;

    /** Reads what {@link #toState} wrote; null: a stream that was not seen before. */
    static Standing of(long[] state) {
        Standing standing = new Standing();
        if (state == null) {
            return standing;
        }
        if (state.length != NUMBERS + 1 || state[0] != FORMAT) {
            throw new IllegalStateException(
                    "A stream's standing was written in form %d, but this version reads %d."
                            .formatted(state[0], FORMAT));
        }
        int i = 1;
        standing.mappingVersion = (int) state[i++];
        standing.learned = state[i++];
        standing.samples = (int) state[i++];
        standing.suspect = state[i++] == 1;
        standing.ignored = (int) state[i++];
        standing.drifted = state[i++];
        standing.kept = (int) state[i++];
        standing.keptBytes = state[i++];
        standing.since = state[i++];
        standing.confirmed = state[i++] == 1;
        standing.looks = (int) state[i++];
        standing.driftedAtLook = state[i++];
        standing.parked = state[i++];
        standing.timer = state[i++];
        standing.odd = (int) state[i];
        return standing;
    }

    long[] toState() {
        return new long[] {
            FORMAT,
            mappingVersion,
            learned,
            samples,
            suspect ? 1 : 0,
            ignored,
            drifted,
            kept,
            keptBytes,
            since,
            confirmed ? 1 : 0,
            looks,
            driftedAtLook,
            parked,
            timer,
            odd
        };
    }

    /** No record that drifted is left. */
    void endIncident() {
        drifted = 0;
        kept = 0;
        keptBytes = 0;
        since = 0;
        confirmed = false;
        looks = 0;
        driftedAtLook = 0;
        parked = 0;
        suspect = false;
        ignored = 0;
    }
}
