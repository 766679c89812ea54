package io.tokensync.scanner.state;

import java.util.List;

/**
 * What one page of published rows changes in the state; applied as a whole or not at all.
 *
 * @param published rows that Kafka has acknowledged
 * @param deleted rows whose deletion Kafka has acknowledged
 * @param refused refused rows that were met, told now or before
 */
public record StateChanges(List<KnownRow> published, List<KnownKey> deleted, List<RefusedMark> refused) {
    public StateChanges {
        published = List.copyOf(published);
        deleted = List.copyOf(deleted);
        refused = List.copyOf(refused);
    }
}
