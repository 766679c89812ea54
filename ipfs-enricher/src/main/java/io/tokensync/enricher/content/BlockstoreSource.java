package io.tokensync.enricher.content;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.tokensync.enricher.content.ContentAnswer.Failed;
import io.tokensync.ipfs.Flatfs;

/**
 * The block store on this machine that the record names. A record may name any path, so only stores whose real path lies
 * below a configured root are looked into, and the path of one that does not is not shown to exist or not.
 */
public final class BlockstoreSource implements ContentSource {
    /** The source's name in {@code ipfs_source}. */
    public static final String NAME = "blockstore";

    private static final int REMEMBERED = 10_000;
    private static final Duration LOOKED_UP_AGAIN = Duration.ofMinutes(1);
    private static final Failed NO_PATH = new Failed(ContentFailure.NOT_FOUND, "the record names no repository");
    private static final Failed NOT_ALLOWED = new Failed(ContentFailure.NOT_FOUND,
            "the record's repository is not below a root of enricher.blockstore.roots");

    private final List<Path> roots;
    private final int maxBytes;
    private final Cache<String, Optional<Flatfs>> stores = Caffeine.newBuilder().maximumSize(REMEMBERED)
            .expireAfterWrite(LOOKED_UP_AGAIN).executor(Runnable::run).build();

    /**
     * @param roots directories below which repositories may be read
     * @param maxBytes longest block that is read
     */
    public BlockstoreSource(List<Path> roots, int maxBytes) {
        this.roots = List.copyOf(roots);
        this.maxBytes = maxBytes;
    }

    @Override
    public ContentAnswer find(ContentRequest request) {
        if (request.ipfsPath() == null) {
            return NO_PATH;
        }
        return store(request.ipfsPath()).map(store -> read(store, request)).orElse(NOT_ALLOWED);
    }

    /** Not looked up by the cache itself: a path that hangs would hold a lock that other paths need. */
    private Optional<Flatfs> store(String ipfsPath) {
        Optional<Flatfs> known = stores.getIfPresent(ipfsPath);
        if (known != null) {
            return known;
        }
        Optional<Flatfs> found = open(ipfsPath);
        stores.put(ipfsPath, found);
        return found;
    }

    private ContentAnswer read(Flatfs store, ContentRequest request) {
        return switch (store.read(request.cid())) {
            case Flatfs.Read.Found(var block) -> new ContentAnswer.Found(block, NAME);
            case Flatfs.Read.Absent() -> new Failed(ContentFailure.NOT_FOUND, "not in the node's block store");
            case Flatfs.Read.TooLarge(var size) -> new Failed(ContentFailure.SAID_TOO_LARGE,
                    "the node's block store has a block of " + size + " bytes; " + maxBytes + " are read");
            case Flatfs.Read.Unreadable(var reason) -> new Failed(ContentFailure.UNAVAILABLE, reason);
        };
    }

    private Optional<Flatfs> open(String ipfsPath) {
        try {
            Path repository = Path.of(ipfsPath);
            if (!repository.isAbsolute()) {
                return Optional.empty();
            }
            Path real = repository.toRealPath();
            for (Path root : roots) {
                if (real.startsWith(root.toRealPath())) {
                    return Optional.of(new Flatfs(real, maxBytes));
                }
            }
            return Optional.empty();
        } catch (IOException | InvalidPathException _) {
            return Optional.empty();
        }
    }
}
