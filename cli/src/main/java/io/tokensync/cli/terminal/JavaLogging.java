package io.tokensync.cli.terminal;

import java.util.logging.Level;
import java.util.logging.Logger;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Lets what libraries tell {@code java.util.logging}, such as drivers of databases, be lines of the log like all others. */
public final class JavaLogging {
    /** Held, because the loggers of the platform are forgotten when nobody holds them. */
    private static final Logger ROOT = Logger.getLogger("");

    private JavaLogging() {}

    /** Warnings and errors go to the log and nowhere else; what is below says how a connection was made, and with what. */
    public static synchronized void intoTheLog() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        ROOT.setLevel(Level.WARNING);
    }
}
