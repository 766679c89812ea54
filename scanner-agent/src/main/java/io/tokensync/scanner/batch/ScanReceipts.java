package io.tokensync.scanner.batch;

import java.time.Instant;

import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionSet;
import io.tokensync.common.session.ScanProblem;
import io.tokensync.scanner.publish.TokenPublisher;
import io.tokensync.scanner.publish.TokenPublisher.Batch;
import io.tokensync.scanner.publish.TokenPublisher.SendFuture;
import io.tokensync.scanner.report.RowCounts;

/**
 * The receipts of one database in one scan cycle. A batch's receipt is sent when the batch is acknowledged, and the agent
 * remembers the batch only when its receipt is acknowledged too. Killed in between, the agent publishes the batch again in
 * its next session, under versions of their own: nothing that is on the topic and remembered was never receipted.
 */
public final class ScanReceipts {
    private final TokenPublisher publisher;
    private final RowCounts counts;
    private final ReceiptScope scope;
    private final Instant startedAt;
    private final Instant lastModified;

    /** @param counts of this database alone */
    public ScanReceipts(TokenPublisher publisher, RowCounts counts, DatabaseContext origin, Instant startedAt) {
        this.publisher = publisher;
        this.counts = counts;
        this.scope = origin.scope();
        this.startedAt = startedAt;
        this.lastModified = origin.lastModified();
    }

    /** Counts of this database. */
    public RowCounts counts() {
        return counts;
    }

    /** Says that these records are acknowledged. */
    public SendFuture published(VersionSet versions) throws InterruptedException {
        return send(versions, false, null);
    }

    /** Says that the database has been read to its end; not before the receipts of its batches are acknowledged. */
    public SendFuture ended() throws InterruptedException {
        return send(VersionSet.NONE, true, null);
    }

    /** Says that reading broke off. */
    public SendFuture brokeOff(ScanProblem problem) throws InterruptedException {
        return send(VersionSet.NONE, true, problem);
    }

    /** Says that the database is gone for good, and all of its rows are deleted. */
    public SendFuture gone() throws InterruptedException {
        return publisher.publish(Batch.of(new Receipt.DatabaseGone(scope)));
    }

    private SendFuture send(VersionSet versions, boolean ended, ScanProblem problem) throws InterruptedException {
        return publisher.publish(Batch.of(new Receipt.DatabaseScanned(scope, startedAt, lastModified, counts.counts(),
                versions, ended, problem)));
    }
}
