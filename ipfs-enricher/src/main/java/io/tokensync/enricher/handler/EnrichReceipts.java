package io.tokensync.enricher.handler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.model.TokenRecord;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionList;
import io.tokensync.common.serde.ReceiptSerde;
import io.tokensync.common.serde.UnreadCounts;
import io.tokensync.common.session.EnrichCounts;
import io.tokensync.enricher.content.ContentFailure;

/** The receipts of one batch: <em>records = fetched + failed + passed + dead-lettered</em>, exactly. */
final class EnrichReceipts {
    private final Map<ReceiptScope, Sums> byScope = new LinkedHashMap<>();
    private final UnreadCounts unread = new UnreadCounts(RowOutputs.STAGE);

    /** What is counted for one database of a session. */
    private static final class Sums {
        private final VersionList versions = new VersionList();
        private final VersionList dead = new VersionList();
        private final Map<String, Long> deadLetters = new TreeMap<>();
        private final Map<String, Long> failed = new TreeMap<>();
        private long fetched;
        private long passed;
        private long contentUpdates;
    }

    /** A row that goes on with its content. */
    void fetched(TokenRecord record) {
        row(record).fetched++;
    }

    /** A row that goes on without. */
    void failed(TokenRecord record, ContentFailure reason) {
        row(record).failed.merge(reason.code(), 1L, Long::sum);
    }

    /** A deletion, or a row whose content nobody is to ask for. */
    void passed(TokenRecord record) {
        row(record).passed++;
    }

    /** A row that was counted when it first passed, and goes on once more with what came of its content. */
    void contentUpdated(TokenRecord record) {
        sums(record).contentUpdates++;
    }

    /** A record that is dead-lettered unread. */
    void unreadable(ConsumerRecord<byte[], byte[]> record, RejectionReason reason) {
        unread.add(record, reason);
    }

    /** A record that is dead-lettered alone. */
    void rejected(TokenRecord record, RejectionReason reason) {
        Sums sums = row(record);
        sums.deadLetters.merge(reason.code(), 1L, Long::sum);
        sums.dead.add(record.recordVersion());
    }

    /** All of them, for the topic of this name. */
    List<ProducerRecord<byte[], byte[]>> toRecords(String topic) {
        Stream<Receipt> known = byScope.entrySet().stream()
                .map(entry -> enriched(entry.getKey(), entry.getValue()));
        return ReceiptSerde.toRecords(topic, Stream.concat(known, unread.receipts().stream()).toList());
    }

    private Sums row(TokenRecord record) {
        Sums sums = sums(record);
        sums.versions.add(record.recordVersion());
        return sums;
    }

    private Sums sums(TokenRecord record) {
        return byScope.computeIfAbsent(ReceiptScope.of(record), _ -> new Sums());
    }

    private static Receipt enriched(ReceiptScope scope, Sums sums) {
        EnrichCounts counts = new EnrichCounts(sums.fetched, sums.failed, sums.passed, sums.deadLetters,
                sums.contentUpdates);
        return new Receipt.Enriched(scope, counts, sums.versions.toSet(), sums.dead.toSet());
    }
}
