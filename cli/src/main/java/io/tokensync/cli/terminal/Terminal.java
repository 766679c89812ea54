package io.tokensync.cli.terminal;

import java.io.Console;

/** What standard output is connected to. */
public final class Terminal {
    private Terminal() {}

    /** Whether a person looks at it, and lines can be drawn over. */
    @SuppressWarnings("SystemConsoleNull") // since 25 it is null again where there is no terminal
    public static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }
}
