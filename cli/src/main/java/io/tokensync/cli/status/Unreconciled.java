package io.tokensync.cli.status;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.tokensync.cli.operator.KafkaAccess;
import io.tokensync.common.kafka.admin.ConsumerLag;
import io.tokensync.common.kafka.admin.ConsumerLag.PartitionLag;
import io.tokensync.common.kafka.topics.TopicSet;

/** Receipts that no monitor has added up yet: as long as there are some, the session summaries are not those of now. */
final class Unreconciled {
    /** Beyond this nobody counts. */
    static final long MOST = 10_000;

    private Unreconciled() {}

    /** How many there are, at most {@link #MOST}; counted one by one, since an offset may be a mark of a transaction. */
    static long receipts(KafkaAccess access) throws InterruptedException {
        String topic = access.receiptsTopic();
        if (!TopicSet.missing(access.admin(), List.of(topic)).isEmpty()) {
            return 0;
        }
        List<PartitionLag> lags = new ConsumerLag(access.admin()).of(access.group(topic).orElseThrow(), List.of(topic));
        if (lags.stream().allMatch(lag -> lag.lag() == 0)) {
            return 0;
        }
        Map<Integer, Long> committed = lags.stream()
                .collect(Collectors.toMap(lag -> lag.partition().partition(), PartitionLag::committed));
        AtomicLong found = new AtomicLong();
        access.reader().visit(topic, committed, _ -> found.incrementAndGet() < MOST);
        return found.get();
    }
}
