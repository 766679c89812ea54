package io.tokensync.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The port of the status page where nobody has chosen one. */
final class PagePort {
    static final int STANDARD = 9400;
    private static final int ANY = 0;

    private PagePort() {}

    /** The standard one; any free one when that is taken, since nobody's run may fail for a page. */
    static int free() {
        try (ServerSocket _ = new ServerSocket(STANDARD, 1, InetAddress.getLoopbackAddress())) {
            return STANDARD;
        } catch (IOException _) {
            return ANY;
        }
    }
}
