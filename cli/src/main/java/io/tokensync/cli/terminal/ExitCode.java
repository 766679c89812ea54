package io.tokensync.cli.terminal;

/** What the process tells its caller. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** Failed; the message says why. */
    public static final int FAILED = 1;
    /** Wrong option or configuration; nothing was started. */
    public static final int USAGE = 2;
    /** Finished, but something was dead-lettered: records dead-lettered, or databases that could not be read. */
    public static final int INCOMPLETE = 3;
    /** Ended by Ctrl-C or SIGTERM. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
