package io.tokensync.chaos.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process takes, as {@code /proc} tells.
 *
 * @param residentMiB resident memory
 * @param threads of the operating system
 * @param descriptors open
 */
public record Vitals(long residentMiB, long threads, long descriptors) {
    private static final int KIBI = 1024;

    /** Of a running process; empty when it has ended, or where there is no {@code /proc}. */
    public static Optional<Vitals> of(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            String status = Files.readString(process.resolve("status"));
            return Optional.of(new Vitals(field(status, "VmRSS") / KIBI, field(status, "Threads"), open.count()));
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }

    private static long field(String status, String name) {
        return status.lines().filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    }
}
