package io.autonomos.jobs.stack;

import io.autonomos.schemas.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds ports of this machine that nothing listens on. */
public final class Ports {

    private static final int TRIES = 100;
    private static final int MAX_PORT = 65_535;

    private Ports() {}

    /**
     * The port to listen on: the one asked for, or the next free one after the default.
     *
     * @param owner what will listen, for the message
     * @param asked the port the user named, or null for {@code preferred} or one after it
     */
    public static int choose(String owner, Integer asked, int preferred) {
        if (asked != null && (asked < 0 || asked > MAX_PORT)) {
            throw new StackException(
                    ErrorCode.CONFIG_INVALID,
                    "Port %d, asked for %s, must be 0 to %d; 0 takes any."
                            .formatted(asked, owner, MAX_PORT));
        }
        if (asked != null && asked != 0) {
            if (!isFree(asked)) {
                throw new StackException(
                        ErrorCode.PORT_IN_USE,
                        "Port " + asked + ", asked for " + owner + ", is in use.");
            }
            return asked;
        }
        if (asked != null) {
            return any();
        }
        for (int port = preferred; port < preferred + TRIES; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackException(
                ErrorCode.PORT_IN_USE,
                "No port for "
                        + owner
                        + " is free from "
                        + preferred
                        + " to "
                        + (preferred + TRIES - 1)
                        + ".");
    }

    /** Whether the stack could listen on the port, which it does on the loopback address only. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Refuses a port that another process has taken since it was chosen. */
    static void require(String owner, int port) {
        if (!isFree(port)) {
            throw new StackException(
                    ErrorCode.PORT_IN_USE,
                    "Port " + port + ", chosen for " + owner + ", is in use now.");
        }
    }

    /** Some free port. */
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port.", e);
        }
    }
}
