package io.tokensync.common.serde;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.VersionList;

/** The records of one batch that a stage dead-letters unread, as its receipts tell of them. */
public final class UnreadCounts {
    private final String stage;
    private final Map<Origin, VersionList> labelled = new LinkedHashMap<>();
    private final Map<String, Long> unlabelled = new TreeMap<>();

    /** Whose records, and why they were dead-lettered. */
    private record Origin(String sourceIp, String nodeName, RejectionReason reason) {}

    /** @param stage who puts them aside */
    public UnreadCounts(String stage) {
        this.stage = stage;
    }

    /** Counts a record. */
    public void add(ConsumerRecord<byte[], byte[]> record, RejectionReason reason) {
        RecordLabel.of(record).ifPresentOrElse(label -> labelled
                .computeIfAbsent(new Origin(label.sourceIp(), label.nodeName(), reason), _ -> new VersionList())
                .add(label.version()), () -> unlabelled.merge(reason.code(), 1L, Long::sum));
    }

    /** One for each node and reason, and one for all that nobody can tell the origin of. */
    public List<Receipt> receipts() {
        List<Receipt> receipts = new ArrayList<>();
        labelled.forEach((origin, versions) -> receipts.add(new Receipt.Unread(stage, origin.sourceIp(),
                origin.nodeName(), origin.reason().code(), versions.toSet())));
        if (!unlabelled.isEmpty()) {
            receipts.add(new Receipt.DeadLettered(stage, unlabelled));
        }
        return receipts;
    }
}
