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
 * row is folded: <em>records = inserted + updated + unchanged + stale + folded + dead-lettered</em>, exactly.
 */
final class WriteReceipts {
    private static final String STAGE = "writer";

    private final Map<ReceiptScope, Account> accounts = new LinkedHashMap<>();
    private final UnreadCounts unread = new UnreadCounts(STAGE);

    /** What is counted for one database of a session. */
    private static final class Account {
        private final VersionList versions = new VersionList();
        private final Map<String, Long> deadLetters = new TreeMap<>();
        private long contentUpdates;
        private long flawed;
    }

    /** A record that says whose it is. */
    void read(Received received, ReceiptKey origin) {
        Account account = account(origin);
        if (origin.contentUpdate()) {
            account.contentUpdates++;
            return;
        }
        account.versions.add(received.record().recordVersion());
        if (received.record().change() instanceof Change.Upsert(var row) && !row.validationErrors().isEmpty()) {
            account.flawed++;
        }
    }

    /** A record that is put aside, of those that were read. */
    void refused(ReceiptKey origin, RejectionReason reason) {
        if (!origin.contentUpdate()) {
            account(origin).deadLetters.merge(reason.code(), 1L, Long::sum);
        }
    }

    /** A record that is put aside unread. */
    void unreadable(ConsumerRecord<byte[], byte[]> record, RejectionReason reason) {
        unread.add(record, reason);
    }

    /** All of them, now that the batch is written. */
    List<Receipt> of(WriteOutcome outcome) {
        Stream<Receipt> known = accounts.entrySet().stream().map(entry -> written(entry.getKey(), entry.getValue(),
                outcome.byOrigin().getOrDefault(new ReceiptKey(entry.getKey(), false), BatchCounts.NONE)));
        return Stream.concat(known, unread.receipts().stream()).toList();
    }

    private static Receipt written(ReceiptScope scope, Account account, BatchCounts counts) {
        long dead = account.deadLetters.values().stream().mapToLong(Long::longValue).sum();
        long folded = account.versions.count() - dead - counts.rows();
        return new Receipt.Written(scope, new WriteCounts(counts.inserted(), counts.updated(), counts.unchanged(),
                counts.stale(), folded, account.deadLetters, account.contentUpdates, account.flawed),
                account.versions.toSet());
    }

    private Account account(ReceiptKey origin) {
        return accounts.computeIfAbsent(origin.scope(), _ -> new Account());
    }
}
