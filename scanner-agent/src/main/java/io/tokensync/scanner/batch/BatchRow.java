package io.tokensync.scanner.batch;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.scanner.state.PublishedKey;
import io.tokensync.scanner.state.PublishedRow;
import io.tokensync.scanner.state.RejectionMark;

/** A row of a batch, as far as it is needed when the batch is acknowledged: without its record, which is most of it. */
sealed interface BatchRow {
    /**
     * A row that is published.
     *
     * @param row as it is to be remembered
     * @param before where it was; null for one that is new
     */
    record Published(PublishedRow row, PublishedKey before) implements BatchRow {}

    /**
     * A row whose deletion is published.
     *
     * @param version of the record
     */
    record Deleted(PublishedKey key, long version) implements BatchRow {}

    /**
     * A row that is rejected.
     *
     * @param told the reason that the dead-letter topic is notified of now; null when it was before
     */
    record Rejected(RejectionMark mark, RejectionReason told) implements BatchRow {}
}
