package io.autonomos.jobs.cli.common;

import java.io.PrintWriter;

/** Progress on stderr: one line that changes on a terminal, plain lines elsewhere. */
public final class Progress {

    private final PrintWriter err;

    @SuppressWarnings("SystemConsoleNull") // where it is never null, TERM tells a terminal
    private final boolean terminal =
            System.getenv("TERM") != null
                    && System.console() != null
                    && System.getenv("CI") == null;

    private boolean open;

    public Progress(PrintWriter err) {
        this.err = err;
    }

    /** A line that stays. */
    public void say(String line) {
        end();
        err.println(line);
        err.flush();
    }

    /** A line that the next one replaces. */
    public void update(String line) {
        if (terminal) {
            err.print("\r\u001b[K" + line);
            open = true;
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** Leaves the line that is being replaced. */
    public void end() {
        if (open) {
            err.println();
            open = false;
        }
    }
}
