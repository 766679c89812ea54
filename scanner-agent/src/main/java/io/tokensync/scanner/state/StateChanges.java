package io.tokensync.scanner.state;

import java.util.List;

/**
 * What changes in the state when a batch is acknowledged, whose rows it has already; applied as a whole or not at all.
 *
 * @param known rows as they are to be remembered
 * @param forgotten rows that are not published any more
 * @param rejected rejected rows that were met, told now or before
 */
public record StateChanges(List<PublishedRow> known, List<PublishedKey> forgotten, List<RejectionMark> rejected) {
    public StateChanges {
        known = List.copyOf(known);
        forgotten = List.copyOf(forgotten);
        rejected = List.copyOf(rejected);
    }
}
