package io.tokensync.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The clocks of processes, each of which follows a file (libfaketime). */
public final class Clocks {
    private static final List<String> PLACES = List.of("/usr/lib", "/usr/local/lib", "/usr/lib64");
    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final int DEPTH = 3;

    private final Path directory;
    private final Path library;

    private Clocks(Path directory, Path library) {
        this.directory = directory;
        this.library = library;
    }

    /** Empty where there is no libfaketime. */
    static Optional<Clocks> in(Path directory) {
        return PLACES.stream().map(Path::of).filter(Files::isDirectory).flatMap(Clocks::libraries).findFirst()
                .map(library -> new Clocks(directory, library));
    }

    private static Stream<Path> libraries(Path place) {
        try (Stream<Path> found = Files.find(place, DEPTH, (path, _) -> path.endsWith(LIBRARY))) {
            return found.toList().stream();
        } catch (IOException | UncheckedIOException _) {
            return Stream.empty();
        }
    }

    /** What makes a process follow its file. */
    Map<String, String> environment(String name) {
        step(name, Duration.ZERO);
        // The monotonic clock and waits on it, which JVMs sleep by, stay what they are.
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", file(name).toString(),
                "FAKETIME_CACHE_DURATION", "1", "DONT_FAKE_MONOTONIC", "1", "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** From now on its clock is ahead by so much; behind, when that is negative. */
    public void step(String name, Duration offset) {
        try {
            Files.createDirectories(directory);
            Files.writeString(file(name), "%+ds%n".formatted(offset.toSeconds()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + ".clock");
    }
}
