package io.tokensync.scanner.content;

import java.nio.file.Path;

import io.tokensync.scanner.watch.Watchdog;

/** The block stores of this machine's repositories. One that hangs costs its blocks; the rows are published without. */
public final class BlockStores {
    private final Watchdog watchdog;
    private final int maxBytes;

    /**
     * @param watchdog of blocks alone, so that a database and its blocks wait for each other in nothing
     * @param maxBytes longest block that is attached; 0 to attach none
     */
    public BlockStores(Watchdog watchdog, int maxBytes) {
        this.watchdog = watchdog;
        this.maxBytes = maxBytes;
    }

    /**
     * The store of one repository for one scan cycle.
     *
     * @param repository the {@code .ipfs} directory
     */
    public BlockSource of(Path repository) {
        return maxBytes == 0
                ? BlockSource.NONE
                : new WatchedBlocks(new FlatfsBlocks(repository, maxBytes), repository, watchdog);
    }
}
