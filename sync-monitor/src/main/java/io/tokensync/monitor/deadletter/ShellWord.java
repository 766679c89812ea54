package io.tokensync.monitor.deadletter;

import java.util.regex.Pattern;

/** A word of a command that somebody is going to paste into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w.,:=/@+-]+");

    private ShellWord() {}

    /** The same text for a POSIX shell, whatever it holds. */
    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
