package io.tokensync.scanner.scan;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.tokensync.common.model.VersionBounds;
import io.tokensync.common.verification.BucketSums;
import io.tokensync.common.verification.NodeDigest;
import io.tokensync.scanner.batch.DatabaseContext;
import io.tokensync.scanner.batch.ScanOutput;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.report.Problem;
import io.tokensync.scanner.report.ProblemKind;
import io.tokensync.scanner.source.TokenRows;
import io.tokensync.scanner.source.TokenTable;
import io.tokensync.scanner.state.DatabaseStore;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.Rounds;
import io.tokensync.scanner.verify.DigestedRows;
import io.tokensync.scanner.verify.VerificationOrder;
import io.tokensync.scanner.verify.Verifications;

/**
 * What a scan does besides because its node is to be verified: it takes up rows that only the table has, so that they are missed,
 * sums up what the node holds, and says that when everything of the scan is acknowledged.
 */
final class VerifyingScan {
    private static final int PAGE = 5_000;

    private final Verifications verifications;
    private final VerificationOrder order;
    private final String agentId;
    private final ScanOutput output;
    private final DatabaseStore store;
    private final DigestedRows rows;
    private int adopted;

    /** @param order null when the scan verifies nothing */
    VerifyingScan(Verifications verifications, VerificationOrder order, String agentId, ScanOutput output,
            DatabaseStore store) {
        this.verifications = verifications;
        this.order = order;
        this.agentId = agentId;
        this.output = output;
        this.store = store;
        this.rows = order == null ? DigestedRows.none() : DigestedRows.comparedWith(order.table());
    }

    /**
     * What a scan that came to its end did about rows that only the table had.
     *
     * @param deleted rows whose deletion was published
     * @param deferred rows whose deletion waits for a confirmation
     */
    record Deleted(long deleted, long deferred) {}

    /** Whether every row is to be read, whatever is remembered. */
    boolean isWanted() {
        return order != null;
    }

    /** What the scan gives its rows to. */
    DigestedRows rows() {
        return rows;
    }

    /**
     * Before the rows are read: takes up those that the table has and nobody remembers. Not while a table cannot be read, which
     * might hold them.
     */
    void begin(TokenRows reader) {
        if (order == null || !order.repairs() || !reader.leftOut().isEmpty()) {
            return;
        }
        Set<String> unknown = new HashSet<>(order.table().replaceable());
        Map<TokenTable, Long> counts = new EnumMap<>(TokenTable.class);
        List<PublishedRow> page = store.rowsAfter(PublishedKey.FIRST, PAGE);
        while (!page.isEmpty()) {
            for (PublishedRow row : page) {
                unknown.remove(row.key().tokenId());
                counts.merge(TokenTable.of(row.key().table()), 1L, Long::sum);
            }
            page = store.rowsAfter(page.getLast().key(), PAGE);
        }
        int table = home(reader.tables(), counts).number();
        adopted = unknown.size();
        store.adopt(unknown.stream().map(tokenId -> PublishedKey.adopted(table, tokenId)).toList());
    }

    /** Among the rows of the largest table, so that their share is one of what the node has. */
    private static TokenTable home(Set<TokenTable> tables, Map<TokenTable, Long> counts) {
        TokenTable home = tables.stream().filter(TokenTable::marksANode).findFirst()
                .orElseGet(() -> tables.iterator().next());
        for (TokenTable table : tables) {
            home = counts.getOrDefault(table, 0L) > counts.getOrDefault(home, 0L) ? table : home;
        }
        return home;
    }

    /**
     * When the scan is over and everything of it acknowledged: says what the node holds. Returns what the operator should know.
     *
     * @param whole whether every table could be read
     * @param still whether the node has changed nothing since the scan began
     */
    Optional<Problem> end(DatabaseContext origin, boolean whole, boolean still, Deleted deleted)
            throws InterruptedException {
        if (order == null) {
            return Optional.empty();
        }
        if (!whole) {
            verifications.unreadable(origin.nodeName());
        } else if (still || !verifications.isToBeReadAgain(origin.nodeName())) {
            publish(origin, deleted);
        }
        return ahead(origin);
    }

    private void publish(DatabaseContext origin, Deleted deleted) throws InterruptedException {
        BucketSums sums = rows.sums();
        // A version of its own, above all that the rows have.
        NodeDigest digest = new NodeDigest(origin.session().sourceIp(), origin.nodeName(), agentId,
                origin.session().sessionId(), origin.dbPath(), output.versions().next(), output.clock().instant(),
                order.startedBy(), order.repair(), sums.digest(), sums.reduced(),
                new NodeDigest.Repaired(rows.republishedRows(), deleted.deleted(), deleted.deferred()));
        verifications.announce(digest);
        output.publisher().publish(Batch.of(digest)).await();
        boolean helpless = order.repairs() && adopted == 0 && rows.republishedRows() == 0;
        Rounds rounds = helpless ? order.rounds().helpless() : order.rounds();
        verifications.published(order, store, digest, rounds);
    }

    /** Rows that no version of the present replaces: every repair would be in vain. */
    private Optional<Problem> ahead(DatabaseContext origin) {
        Instant now = output.clock().instant();
        long ahead = order.table().ahead(VersionBounds.believedAt(now).record());
        return ahead == 0
                ? Optional.empty()
                : Optional.of(new Problem(ProblemKind.TABLE_AHEAD, Path.of(origin.dbPath()),
                        ahead + " rows of the table have versions that lie more than a day ahead"));
    }
}
