package io.tokensync.cli.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What standard output is connected to. */
public final class Terminal {
    private static final int USUAL_WIDTH = 80;
    private static final Pattern SIZE = Pattern.compile("\\d{1,5} ([1-9]\\d{0,4})\\s*");
    private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,4}");

    private Terminal() {}

    /** Whether a person looks at it, and lines can be drawn over. */
    @SuppressWarnings("SystemConsoleNull") // since 25 it is null again where there is no terminal
    public static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    /**
     * How many columns it has now: as {@code COLUMNS} says, or {@code stty}; 80 when neither does. Empty when no person
     * looks at it.
     */
    public static OptionalInt width() {
        if (!isInteractive()) {
            return OptionalInt.empty();
        }
        OptionalInt told = columns(System.getenv("COLUMNS"));
        return OptionalInt.of(told.isPresent() ? told.getAsInt() : size().orElse(USUAL_WIDTH));
    }

    static OptionalInt columns(String environment) {
        return environment != null && COLUMNS.matcher(environment).matches()
                ? OptionalInt.of(Integer.parseInt(environment))
                : OptionalInt.empty();
    }

    /** Rows and columns, as {@code stty size} prints them. */
    static OptionalInt columnsOf(String size) {
        Matcher matcher = SIZE.matcher(size);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private static OptionalInt size() {
        try {
            Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return OptionalInt.empty();
            }
            return columnsOf(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return OptionalInt.empty(); // no such command, or no such file
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }
}
