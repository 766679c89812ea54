package io.tokensync.scanner.source.postgres.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.tokensync.common.file.RegularFile;

/**
 * The public keys of the DIDs that a node has met, as far as they are in its directory. Nothing else in the directory of a
 * DID is opened: what lies beside a key of the node's own is private. Not for several threads.
 */
final class DidKeys {
    private static final List<String> NETWORKS = List.of("mainnet", "testnet", "localnet");
    private static final String DIDS = "dids";
    private static final String FILE = "pubKey.pem";
    /** A DID is a name of a directory here, so that it must be no path. */
    private static final Pattern DID = Pattern.compile("[A-Za-z0-9]{1,100}");
    private static final int MOST_BYTES = 4096;
    private static final int MOST_KEPT = 10_000;

    private final Path node;
    private final Map<String, Optional<Secp256k1Key>> kept = new HashMap<>();

    /** Of the node with this directory. */
    DidKeys(Path node) {
        this.node = node;
    }

    /** The key of a DID; empty when it is not there, cannot be read, or is none of secp256k1. */
    Optional<Secp256k1Key> find(String did) {
        if (!DID.matcher(did).matches()) {
            return Optional.empty();
        }
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(did, _ -> NETWORKS.stream()
                .flatMap(network -> read(node.resolve(network).resolve(DIDS).resolve(did).resolve(FILE)).stream())
                .findFirst());
    }

    private static Optional<Secp256k1Key> read(Path file) {
        try (FileChannel channel = RegularFile.open(file, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
            while (bytes.hasRemaining() && channel.read(bytes) > 0) {
                // until all is read, or too much
            }
            return bytes.hasRemaining()
                    ? Secp256k1Key.ofPem(StandardCharsets.US_ASCII.decode(bytes.flip()).toString())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty(); // most DIDs are not at hand
        }
    }
}
