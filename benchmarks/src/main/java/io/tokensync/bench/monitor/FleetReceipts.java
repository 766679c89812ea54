package io.tokensync.bench.monitor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionList;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.WriteCounts;

/**
 * The receipts of one scan cycle as the stages make them. The rows of a database are spread over partitions by their keys, so
 * that a batch of a later stage has versions with gaps between them.
 *
 * @param sessionId the scan cycle
 * @param sourceIp the agent's machine
 * @param firstNode number of the first node
 * @param databases how many
 * @param records of all databases together
 * @param firstVersion of the first record
 * @param batch records of a receipt at most
 */
record FleetReceipts(String sessionId, String sourceIp, int firstNode, int databases, long records, long firstVersion,
        int batch) {
    private static final int PARTITIONS = 4;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** A scan of one database. */
    static FleetReceipts small(String sessionId, String sourceIp, int node, long records, long firstVersion) {
        return new FleetReceipts(sessionId, sourceIp, node, 1, records, firstVersion, 2_000);
    }

    /** All of them: first the scanner's, then the enricher's and the writer's in turn. */
    void send(Consumer<Receipt> to, Instant startedAt) {
        to.accept(new Receipt.ScanCycleStarted(sessionId, sourceIp, startedAt, databases, databases));
        for (int database = 0; database < databases; database++) {
            scan(database, to);
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            batches(partition, to);
        }
        to.accept(new Receipt.ScanCycleEnded(sessionId, sourceIp, startedAt, databases, databases, 0, 0, List.of()));
    }

    private void scan(int database, Consumer<Receipt> to) {
        long end = firstOf(database + 1);
        long soFar = 0;
        for (long first = firstOf(database); first < end; first += batch) {
            VersionSet page = VersionSet.range(first, Math.min(end, first + batch));
            soFar += page.size();
            to.accept(new Receipt.DatabaseScanned(scope(database), START, START,
                    new ScanCounts(soFar, 0, soFar, 0, 0, Map.of(), 0), page, first + batch >= end, null));
        }
        if (firstOf(database) == end) {
            to.accept(new Receipt.DatabaseScanned(scope(database), START, START, ScanCounts.NONE, VersionSet.NONE, true,
                    null));
        }
    }

    private void batches(int partition, Consumer<Receipt> to) {
        Map<Integer, VersionList> versions = new TreeMap<>();
        int count = 0;
        int database = 0;
        for (long version = firstVersion; version < firstVersion + records; version++) {
            if (((version * MIX) >>> 62) != partition) {
                continue;
            }
            while (version >= firstOf(database + 1)) {
                database++;
            }
            versions.computeIfAbsent(database, _ -> new VersionList()).add(version);
            if (++count == batch) {
                accountFor(versions, to);
                count = 0;
            }
        }
        accountFor(versions, to);
    }

    private void accountFor(Map<Integer, VersionList> versions, Consumer<Receipt> to) {
        List<BiFunction<ReceiptScope, VersionSet, Receipt>> stages = new ArrayList<>();
        stages.add((scope, set) -> new Receipt.Enriched(scope, new EnrichCounts(set.size(), Map.of(), 0, Map.of(), 0),
                set, VersionSet.NONE));
        stages.add((scope, set) -> new Receipt.Written(scope,
                new WriteCounts(set.size(), 0, 0, 0, 0, Map.of(), 0, 0), set));
        stages.forEach(stage -> versions
                .forEach((database, list) -> to.accept(stage.apply(scope(database), list.toSet()))));
        versions.clear();
    }

    private long firstOf(int database) {
        return firstVersion + records * database / databases;
    }

    private ReceiptScope scope(int database) {
        String node = "node%04d".formatted(firstNode + database);
        return new ReceiptScope(sessionId, sourceIp, node, "/data/" + node + "/Rubix/rubix.db");
    }
}
