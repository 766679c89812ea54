package io.tokensync.scanner.batch;

import java.time.Clock;
import java.time.Instant;

import io.tokensync.scanner.content.BlockSource;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.report.RowCounts;
import io.tokensync.scanner.state.VersionClock;

/**
 * What rows are published with, of all databases.
 *
 * @param publisher where the records go
 * @param versions hands out their versions
 * @param pace how fast databases are published that were never read to their end
 * @param batchRows most rows of a batch
 */
public record ScanOutput(TokenPublisher publisher, VersionClock versions, RateLimiter pace, int batchRows,
        Clock clock) {

    /** A run of versions begins; returns the present time. */
    public Instant begin() {
        Instant now = clock.instant();
        versions.begin();
        return now;
    }

    /**
     * What says how the scan of a database goes.
     *
     * @param counts of this database alone
     */
    public ScanReceipts receipts(DatabaseContext origin, RowCounts counts, Instant startedAt) {
        return new ScanReceipts(publisher, counts, origin, startedAt);
    }

    /**
     * Makes the batches of a database.
     *
     * @param readBefore whether the database was ever read to its end
     */
    public BatchBuilder batches(DatabaseContext origin, BlockSource blocks, boolean readBefore) {
        return new BatchBuilder(origin, blocks, versions, clock, readBefore ? batchRows : pace.batchRows(batchRows));
    }
}
