package io.tokensync.writer.verification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.tokensync.common.model.VersionBounds;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.common.verification.NodeVerdict;
import io.tokensync.common.verification.NodeVerdict.TableRow;
import io.tokensync.common.verification.Outcome;
import io.tokensync.writer.batch.SqlFailure;
import io.tokensync.writer.verification.NodeTable.Node;

/**
 * Compares digests with the table. A table that is equal is so at once; for the others it is looked again behind the {@link
 * Fence}, when all that the agents had published is in it.
 */
public final class Verifier {
    /** Rows of the verdicts that one node gets at a time, and all of a batch. */
    private static final int MOST_ROWS_OF_A_NODE = 100_000;
    private static final int MOST_ROWS = 200_000;
    /** Verifications in which two agents would be seen to take turns. */
    private static final int TURNS = 4;

    private final NodeTable table;
    private final VerificationStore store;
    private final SqlRunner sql;
    private final Fence fence;
    private final VerificationMetrics metrics;
    private final Clock clock;

    /**
     * @param sql where table and store are asked
     */
    public Verifier(NodeTable table, VerificationStore store, SqlRunner sql, Fence fence, VerificationMetrics metrics,
            Clock clock) {
        this.table = table;
        this.store = store;
        this.sql = sql;
        this.fence = fence;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Verifies nodes and remembers what was found.
     *
     * @param digests one of each node
     * @return the answers to their agents
     * @throws SqlFailure when the database fails in a way that waiting does not repair
     * @throws InterruptedException when the thread is interrupted while waiting
     */
    List<NodeVerdict> verify(List<NodeDigest> digests) throws SqlFailure, InterruptedException {
        List<NodeVerdict> verdicts = new ArrayList<>();
        List<NodeDigest> others = new ArrayList<>();
        for (NodeDigest digest : digests) {
            Comparison comparison = compare(digest);
            if (comparison.isEqual(digest)) {
                verdicts.addAll(conclude(new NodeVerification(digest, comparison, Outcome.EQUAL), 0));
            } else {
                others.add(digest);
            }
        }
        if (!others.isEmpty()) {
            fence.pass();
        }
        int room = MOST_ROWS;
        for (NodeDigest digest : others) {
            List<NodeVerdict> answer = conclude(verification(digest), Math.min(room, MOST_ROWS_OF_A_NODE));
            room -= answer.stream().mapToInt(verdict -> verdict.rows().size()).sum();
            verdicts.addAll(answer);
        }
        return verdicts;
    }

    private Comparison compare(NodeDigest digest) throws SqlFailure, InterruptedException {
        Node node = NodeVerification.node(digest);
        Instant began = clock.instant();
        BucketSums sums = sql.run("read the rows of a node", () -> table.sums(node));
        Instant ended = clock.instant();
        BitSet differing = sums.reduced(digest.buckets().buckets()).differing(digest.buckets());
        return new Comparison(sums, differing, new BitSet(), ended, Duration.between(began, ended));
    }

    private NodeVerification verification(NodeDigest digest) throws SqlFailure, InterruptedException {
        Comparison comparison = compare(digest);
        if (comparison.isEqual(digest)) {
            return new NodeVerification(digest, comparison, Outcome.EQUAL);
        }
        Node node = NodeVerification.node(digest);
        long believed = VersionBounds.believedAt(clock.instant()).record();
        // Behind the first read: what has come since it cannot be overlooked.
        BitSet newer = sql.run("read the versions of a node", () -> table.newer(node, digest.watermark(), believed,
                digest.buckets().buckets()));
        Comparison found = comparison.with(newer);
        List<String> agents = sql.run("read the verifications of a node",
                () -> store.agents(node, digest.watermark(), TURNS));
        return new NodeVerification(digest, found, outcome(found, isContested(digest.agentId(), agents)));
    }

    private static Outcome outcome(Comparison comparison, boolean contested) {
        if (contested) {
            return Outcome.CONTESTED;
        }
        return comparison.hasOnlyNewer() ? Outcome.UNSETTLED : Outcome.DIFFERS;
    }

    /** Whether another agent was there between this one and this one; one that has a new state comes once, and stays. */
    static boolean isContested(String agent, List<String> latestFirst) {
        int before = latestFirst.lastIndexOf(agent);
        return before > 0 && latestFirst.subList(0, before).stream().anyMatch(other -> !other.equals(agent));
    }

    /** Remembers it, and answers it with so many rows at most. */
    private List<NodeVerdict> conclude(NodeVerification verification, int room)
            throws SqlFailure, InterruptedException {
        int _ = sql.run("write a verification", () -> {
            store.add(verification);
            return 0;
        });
        metrics.verified(verification);
        NodeDigest digest = verification.digest();
        if (verification.outcome() != Outcome.DIFFERS || !digest.repair()) {
            return List.of(Verdicts.of(verification));
        }
        RepairScope scope = RepairScope.of(verification.comparison(), digest.buckets().buckets(), digest.watermark(),
                room);
        return Verdicts.of(verification, scope, scope.rows() == 0 ? List.of() : rows(digest, scope, room));
    }

    private List<TableRow> rows(NodeDigest digest, RepairScope scope, int most)
            throws SqlFailure, InterruptedException {
        return sql.run("read the rows that differ",
                () -> table.rows(NodeVerification.node(digest), scope.chosen(), scope.buckets(), most));
    }
}
