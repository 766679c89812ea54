package io.tokensync.enricher.content;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.FlatfsShard;

/** A repository with a block store, as a node has it. */
public record BlockFiles(Path repository) {
    /** Makes the repository. */
    public BlockFiles {
        try {
            Files.writeString(Files.createDirectories(repository.resolve(Flatfs.BLOCKS)).resolve(Flatfs.SHARDING),
                    FlatfsShard.DEFAULT.text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores a block. */
    public void put(Cid cid, byte[] block) {
        Path file = Flatfs.blockFile(repository, FlatfsShard.DEFAULT, cid);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
