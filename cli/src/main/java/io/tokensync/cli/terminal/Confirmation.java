package io.tokensync.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Asks before something that cannot be undone: a word has to be typed, or come from a pipe. */
public final class Confirmation {
    private final InputStream in;
    private final PrintStream out;

    public Confirmation(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Whether the next line of the input is the word. */
    public boolean given(String question, String word) {
        out.print(question + "; type " + word + " to do it: ");
        out.flush();
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            boolean given = line != null && line.strip().equals(word);
            out.println(given ? "" : System.lineSeparator() + "nothing was done");
            return given;
        } catch (IOException e) {
            throw new UncheckedIOException("the input cannot be read", e);
        }
    }
}
