package io.tokensync.monitor.reconciliation.streams;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.common.session.ScanCounts;
import io.tokensync.common.session.WriteCounts;

/** The receipts of one scan cycle, as the three stages would make them. */
final class Scan {
    final String sessionId;
    final String sourceIp;
    final Instant startedAt;

    Scan(String sessionId, String sourceIp, Instant startedAt) {
        this.sessionId = id(sessionId);
        this.sourceIp = sourceIp;
        this.startedAt = startedAt;
    }

    /** The id of the session that tests call by this name. */
    static String id(String name) {
        return name.length() == 36 ? name : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    ReceiptScope scope(String dbPath) {
        return new ReceiptScope(sessionId, sourceIp, "node", dbPath);
    }

    Receipt started(int toRead) {
        return new Receipt.ScanCycleStarted(sessionId, sourceIp, startedAt, toRead, toRead);
    }

    Receipt ended(int read) {
        return new Receipt.ScanCycleEnded(sessionId, sourceIp, startedAt, read, read, 0, 0, List.of());
    }

    /** A page with these versions, so many rows having been published until then. */
    Receipt scanned(String dbPath, VersionSet page, long publishedSoFar, boolean last) {
        return new Receipt.DatabaseScanned(scope(dbPath), startedAt, startedAt,
                new ScanCounts(publishedSoFar, 0, publishedSoFar, 0, 0, Map.of(), 0), page, last, null);
    }

    Receipt enriched(String dbPath, VersionSet versions) {
        return new Receipt.Enriched(scope(dbPath), new EnrichCounts(versions.size(), Map.of(), 0, Map.of(), 0),
                versions,
                VersionSet.NONE);
    }

    Receipt written(String dbPath, VersionSet versions) {
        return new Receipt.Written(scope(dbPath), new WriteCounts(versions.size(), 0, 0, 0, 0, Map.of(), 0, 0),
                versions);
    }

    /** Dead-lettered by this stage, which could not read them. */
    Receipt unread(String stage, VersionSet versions) {
        return new Receipt.Unread(stage, sourceIp, "node", "unreadable_record", versions);
    }

    /** The same records, written before: the table has them all. */
    Receipt writtenAgain(String dbPath, VersionSet versions) {
        return new Receipt.Written(scope(dbPath), new WriteCounts(0, 0, versions.size(), 0, 0, Map.of(), 0, 0),
                versions);
    }

    /** A set in random parts, none of them empty. */
    static List<VersionSet> parts(VersionSet versions, Random random) {
        List<Long> all = new ArrayList<>();
        for (long version = versions.isEmpty() ? 0 : versions.first(); !versions.isEmpty()
                && version < versions.end(); version++) {
            if (!versions.between(version, version + 1).isEmpty()) {
                all.add(version);
            }
        }
        Collections.shuffle(all, random);
        List<VersionSet> parts = new ArrayList<>();
        for (int from = 0; from < all.size();) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(Math.max(1, all.size() / 2)));
            parts.add(VersionSet.of(all.subList(from, to).stream().mapToLong(Long::longValue).toArray()));
            from = to;
        }
        return parts;
    }
}
