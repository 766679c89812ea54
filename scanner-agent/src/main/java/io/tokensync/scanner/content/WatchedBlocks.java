package io.tokensync.scanner.content;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.tokensync.ipfs.Flatfs;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.watch.Hang;
import io.tokensync.scanner.watch.HangException;
import io.tokensync.scanner.watch.Watchdog;

/** Blocks of a store that may hang: it is not asked again in this scan cycle when it does. */
final class WatchedBlocks implements BlockSource {
    private final BlockSource store;
    private final Path repository;
    private final Watchdog watchdog;
    private Map<String, Flatfs.Read> prepared = Map.of();
    private Hang hang;

    WatchedBlocks(BlockSource store, Path repository, Watchdog watchdog) {
        this.store = store;
        this.repository = repository;
        this.watchdog = watchdog;
    }

    /** In one go, because the change of threads costs as much as the reading. */
    @Override
    public void prepare(List<String> tokenIds) throws InterruptedException {
        prepared = Map.of();
        if (hang != null || tokenIds.isEmpty()) {
            return;
        }
        try {
            prepared = watchdog.call(repository, "reading blocks", progress -> {
                Map<String, Flatfs.Read> found = new HashMap<>();
                for (String id : tokenIds) {
                    found.put(id, store.find(id));
                    progress.made();
                }
                return found;
            });
        } catch (HangException e) {
            hang = e.hang();
        }
    }

    @Override
    public Flatfs.Read find(String tokenId) throws InterruptedException {
        if (hang == null && !prepared.containsKey(tokenId)) {
            prepare(List.of(tokenId));
        }
        return hang == null ? prepared.get(tokenId) : new Flatfs.Read.Unreadable(hang.describe());
    }

    @Override
    public Optional<Problem> problem() {
        return hang == null
                ? store.problem()
                : Optional.of(new Problem(ProblemKind.HANGS, repository, hang.describe()));
    }
}
