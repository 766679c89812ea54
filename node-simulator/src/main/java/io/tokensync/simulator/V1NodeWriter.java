package io.tokensync.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.tokensync.ipfs.IpfsRepository;
import io.tokensync.simulator.chain.NodeKeys;
import io.tokensync.simulator.content.Token;
import io.tokensync.simulator.postgres.V1Config;
import io.tokensync.simulator.postgres.V1Database;
import io.tokensync.simulator.postgres.V1Node;
import io.tokensync.simulator.postgres.V1Plan;
import io.tokensync.simulator.postgres.V1Row;
import io.tokensync.simulator.postgres.V1Rows;
import io.tokensync.simulator.repository.NodeRepository;
import io.tokensync.simulator.truth.Truth;

/** Writes the directory and the database of one node of Rubix v1, and the truth about it. */
final class V1NodeWriter {
    private static final String DIDS = "dids";
    private static final List<String> DIRECTORIES = List.of(DIDS, "nfts", "smart_contracts");

    private final Fleet fleet;
    private final V1Node node;
    private final NodeKeys keys;
    private final NodeWriter.RowSink truth;

    V1NodeWriter(Fleet fleet, V1Node node, NodeWriter.RowSink truth) {
        this.fleet = fleet;
        this.node = node;
        this.keys = node.keys(fleet.mint());
        this.truth = truth;
    }

    /**
     * Writes the node with the tokens that the plan gives it, and returns the rows that must be rejected.
     *
     * @param firstToken index of its first token
     */
    List<Truth.Rejection> write(V1Plan plan, long firstToken) throws IOException {
        Path directory = fleet.plan().out().resolve(node.directory());
        for (String name : DIRECTORIES) {
            Files.createDirectories(directory.resolve(node.network().directory()).resolve(name));
        }
        keys.write(directory.resolve(node.network().directory()).resolve(DIDS),
                fleet.plan().flawed());
        V1Config config = V1Config.of(node, plan.access());
        config.write(directory.resolve(V1Node.CONFIG));
        NodeRepository repository = NodeRepository.create(directory.resolve(IpfsRepository.DIRECTORY),
                V1Node.SHARD, node.number(), fleet.mint().hashId("peer", node.number()));
        try (V1Database database = V1Database.create(plan.access(), config, node.schema())) {
            return fill(database, repository, firstToken, plan.tokensOf(node));
        }
    }

    private List<Truth.Rejection> fill(V1Database database, NodeRepository repository, long first, long count)
            throws IOException {
        V1Rows rows = new V1Rows(fleet.mint(), node, keys, fleet.plan().flawed());
        List<Truth.Rejection> rejected = new ArrayList<>();
        for (long number = 0; number < count; number += V1Rows.BLOCK) {
            for (V1Row row : rows.block(first, number, count)) {
                database.insert(row);
                if (row.truth() == null) {
                    rejected.add(row.rejection());
                } else {
                    truth.add(row.truth());
                }
                for (Token file : row.files()) {
                    repository.put(file.cid(), file.block());
                }
            }
        }
        database.commit();
        return rejected;
    }
}
