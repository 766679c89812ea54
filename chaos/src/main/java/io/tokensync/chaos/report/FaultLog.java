package io.tokensync.chaos.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;

/** What is done and seen, line by line with the time, in a file and for whoever watches. */
public final class FaultLog {
    private final Path file;
    private final PrintStream out;
    private final Clock clock;

    public FaultLog(Path file, PrintStream out, Clock clock) {
        this.file = file;
        this.out = out;
        this.clock = clock;
    }

    /** Adds a line. */
    public synchronized void say(String line) {
        String timed = clock.instant() + " " + line;
        out.println(timed);
        try {
            Files.write(file, List.of(timed), StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
