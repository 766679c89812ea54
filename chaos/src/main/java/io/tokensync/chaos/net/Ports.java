package io.tokensync.chaos.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Free ports below those that the operating system gives to clients: a client that looks for a dead server on one of the
 * latter may be given that very port, and then talks to itself.
 */
public final class Ports {
    private static final int FIRST = 16_000;
    private static final int LAST = 32_000;

    private int next;

    /** @param random where to begin, so that two runs on one machine seldom meet */
    public Ports(RandomGenerator random) {
        this.next = random.nextInt(FIRST, LAST);
    }

    /** One that was free a moment ago, and is not given again by this. */
    public int free() {
        for (int tries = 0; tries < LAST - FIRST; tries++) {
            next = next == LAST ? FIRST : next + 1;
            if (isFree(next)) {
                return next;
            }
        }
        throw new IllegalStateException("no port from " + FIRST + " to " + LAST + " is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
