package io.tokensync.simulator.repository;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.tokensync.common.model.IpfsBlock;
import io.tokensync.ipfs.Cid;
import io.tokensync.ipfs.Flatfs;
import io.tokensync.ipfs.FlatfsShard;

/** A node's {@code .ipfs} directory in the hands of its writer. Not thread-safe. */
public final class NodeRepository {
    /** Version of the repositories that Kubo 0.21, the nodes' one, makes. */
    private static final String VERSION = "14";
    private static final int API_PORT = 5002;
    private static final int GATEWAY_PORT = 8081;
    private static final int SWARM_PORT = 4002;

    private final Path directory;
    private final FlatfsShard shard;
    private final Set<Path> shards = new HashSet<>();

    private NodeRepository(Path directory, FlatfsShard shard) {
        this.directory = directory;
        this.shard = shard;
    }

    /**
     * Makes an empty repository with what is around the blocks.
     *
     * @param number of the node, which its ports follow from
     * @param peerId public identity; there is no private one
     */
    public static NodeRepository create(Path directory, FlatfsShard shard, int number, String peerId)
            throws IOException {
        String spec = spec(shard);
        Path blocks = Files.createDirectories(directory.resolve(Flatfs.BLOCKS));
        Files.createDirectories(directory.resolve("datastore"));
        Files.createDirectories(directory.resolve("keystore"));
        Files.writeString(blocks.resolve(Flatfs.SHARDING), shard.text() + '\n');
        Files.writeString(directory.resolve("version"), VERSION + '\n');
        Files.writeString(directory.resolve("datastore_spec"), spec);
        Files.writeString(directory.resolve("config"), config(number, peerId, spec));
        return new NodeRepository(directory, shard);
    }

    /** Opens one that {@link #create} has made. */
    public static NodeRepository open(Path directory, FlatfsShard shard) {
        return new NodeRepository(directory, shard);
    }

    /** Stores a block under an id, which nobody checks here. */
    public void put(Cid cid, IpfsBlock block) throws IOException {
        Path file = Flatfs.blockFile(directory, shard, cid);
        if (shards.add(file.getParent())) {
            Files.createDirectories(file.getParent());
        }
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(block.bytes());
        }
    }

    private static String spec(FlatfsShard shard) {
        return """
                {"mounts":[{"mountpoint":"/blocks","path":"blocks","shardFunc":"%s","type":"flatfs"},\
                {"mountpoint":"/","path":"datastore","type":"levelds"}],"type":"mount"}""".formatted(shard.text());
    }

    private static String config(int number, String peerId, String spec) {
        return """
                {
                  "Identity": {
                    "PeerID": "%s"
                  },
                  "Datastore": {
                    "StorageMax": "10GB",
                    "Spec": %s
                  },
                  "Addresses": {
                    "Swarm": [
                      "/ip4/0.0.0.0/tcp/%d"
                    ],
                    "API": "/ip4/127.0.0.1/tcp/%d",
                    "Gateway": "/ip4/127.0.0.1/tcp/%d"
                  },
                  "Bootstrap": [],
                  "Experimental": {
                    "Libp2pStreamMounting": true
                  }
                }
                """.formatted(peerId, spec, SWARM_PORT + number, API_PORT + number, GATEWAY_PORT + number);
    }
}
