package io.tokensync.scanner.content;

import java.nio.file.Path;

import io.tokensync.scanner.watch.Watchdog;

/** The block stores of this machine's repositories. One that hangs costs its blocks; the rows are published without. */
public final class BlockStores {
    private final Watchdog watchdog;

    /** @param watchdog of blocks alone, so that a database and its blocks wait for each other in nothing */
    public BlockStores(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /**
     * The store of one repository for one scan cycle.
     *
     * @param repository the {@code .ipfs} directory
     * @param maxBytes longest block that is attached
     */
    public BlockSource of(Path repository, int maxBytes) {
        return new WatchedBlocks(new FlatfsBlocks(repository, maxBytes), repository, watchdog);
    }
}
