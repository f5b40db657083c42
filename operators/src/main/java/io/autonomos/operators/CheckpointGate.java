package io.autonomos.operators;

import java.util.OptionalLong;

/**
 * Tells when a change of state is in a completed checkpoint, so that what it causes outside the job
 * can wait until no restart takes the change back.
 *
 * <p>Give it the restored checkpoint and the calls of {@code CheckpointedFunction} and {@code
 * CheckpointListener}.
 */
public final class CheckpointGate {

    private static final long NONE = -1;

    private long begun;
    private long completed = NONE;

    /** A gate of a task that starts from the checkpoint, or without one. */
    public CheckpointGate(OptionalLong restored) {
        begun = restored.orElse(NONE);
    }

    /** A checkpoint takes the state as it is now. */
    public void begun(long checkpoint) {
        begun = checkpoint;
    }

    public void completed(long checkpoint) {
        completed = Math.max(completed, checkpoint);
    }

    /** What to ask {@link #isDurable} with for a change of state that is made now. */
    public long stamp() {
        return begun;
    }

    /** Whether a completed checkpoint has the change. */
    public boolean isDurable(long stamp) {
        return completed > stamp;
    }
}
