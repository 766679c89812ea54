package io.tokensync.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Small commands of the operating system. */
public final class Shell {
    private Shell() {}

    /**
     * An answer.
     *
     * @param exitCode of the command; 127 when there is no such command
     * @param output all that it printed
     */
    public record Result(int exitCode, String output) {
        public boolean isGood() {
            return exitCode == 0;
        }
    }

    /** Runs a command to its end. */
    public static Result run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted: " + String.join(" ", command), e));
        }
    }
}
