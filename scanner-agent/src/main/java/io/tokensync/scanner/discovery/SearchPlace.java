package io.tokensync.scanner.discovery;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.tokensync.scanner.watch.Progress;

/** Where a search is, so that whoever waits for it in vain knows what hangs. */
final class SearchPlace {
    private final Set<Path> avoided;
    private final Consumer<Path> touching;
    private volatile Progress progress = Progress.UNWATCHED;
    private volatile Path path;

    /**
     * @param avoided places that hang and are not touched
     * @param touching notified of each place before it is
     */
    SearchPlace(Set<Path> avoided, Consumer<Path> touching) {
        this.avoided = Set.copyOf(avoided);
        this.touching = touching;
    }

    /** The search begins. */
    void begin(Progress watched) {
        progress = watched;
    }

    /** The search comes to a place; returns whether that may be touched. */
    boolean enter(Path next) {
        progress.made();
        path = next;
        boolean allowed = !avoided.contains(next);
        if (allowed) {
            touching.accept(next);
        }
        return allowed;
    }

    /** Where it is; empty before it has begun. */
    Optional<Path> path() {
        return Optional.ofNullable(path);
    }
}
