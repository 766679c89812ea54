package io.tokensync.writer.handler;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import io.tokensync.common.model.Change;
import io.tokensync.common.model.RejectionReason;
import io.tokensync.common.receipt.Receipt;
import io.tokensync.common.receipt.ReceiptScope;
import io.tokensync.common.receipt.VersionList;
import io.tokensync.common.serde.UnreadCounts;
import io.tokensync.common.session.WriteCounts;
import io.tokensync.writer.batch.BatchCounts;
import io.tokensync.writer.batch.ReceiptKey;
import io.tokensync.writer.batch.Received;
import io.tokensync.writer.batch.WriteOutcome;

/**
 * The receipts of one batch. What a row's outcome is, is counted for the newest of its records; every other record of the
 * row is superseded: <em>records = inserted + updated + unchanged + stale + superseded + dead-lettered</em>, exactly.
 */
final class WriteReceipts {
    private static final String STAGE = "writer";

    private final Map<ReceiptScope, Sums> byScope = new LinkedHashMap<>();
    private final UnreadCounts unread = new UnreadCounts(STAGE);

    /** What is counted for one database of a session. */
    private static final class Sums {
        private final VersionList versions = new VersionList();
        private final Map<String, Long> deadLetters = new TreeMap<>();
        private long contentUpdates;
        private long flawed;
    }

    /** A record that says whose it is. */
    void read(Received received, ReceiptKey origin) {
        Sums sums = sums(origin);
        if (origin.contentUpdate()) {
            sums.contentUpdates++;
            return;
        }
        sums.versions.add(received.record().recordVersion());
        if (received.record().change() instanceof Change.Upsert(var row) && !row.validationErrors().isEmpty()) {
            sums.flawed++;
        }
    }

    /** A record that is dead-lettered, of those that were read. */
    void rejected(ReceiptKey origin, RejectionReason reason) {
        if (!origin.contentUpdate()) {
            sums(origin).deadLetters.merge(reason.code(), 1L, Long::sum);
        }
    }

    /** A record that is dead-lettered unread. */
    void unreadable(ConsumerRecord<byte[], byte[]> record, RejectionReason reason) {
        unread.add(record, reason);
    }

    /** All of them, now that the batch is written. */
    List<Receipt> of(WriteOutcome outcome) {
        Stream<Receipt> known = byScope.entrySet().stream().map(entry -> written(entry.getKey(), entry.getValue(),
                outcome.byOrigin().getOrDefault(new ReceiptKey(entry.getKey(), false), BatchCounts.NONE)));
        return Stream.concat(known, unread.receipts().stream()).toList();
    }

    private static Receipt written(ReceiptScope scope, Sums sums, BatchCounts counts) {
        long dead = sums.deadLetters.values().stream().mapToLong(Long::longValue).sum();
        long superseded = sums.versions.count() - dead - counts.rows();
        return new Receipt.Written(scope, new WriteCounts(counts.inserted(), counts.updated(), counts.unchanged(),
                counts.stale(), superseded, sums.deadLetters, sums.contentUpdates, sums.flawed),
                sums.versions.toSet());
    }

    private Sums sums(ReceiptKey origin) {
        return byScope.computeIfAbsent(origin.scope(), _ -> new Sums());
    }
}
